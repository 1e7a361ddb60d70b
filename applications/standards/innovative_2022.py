"""创新型中小企业评价标准 2022: 附件1 of 工信部企业〔2022〕63号 (domain.md §1.6), in use since 2022-08-01.

It still holds under 工信部企业〔2026〕2号, until a merged 科技和创新型 standard appears (domain.md §0.3), and for renewals
as for new filings (§1.4: at expiry the enterprise assesses itself again).

Edge rules:
- a claim of intellectual property (知识产权) needs a count of at least 1;
- letters of 资产负债率 are A, B, D: the official text has no C;
- 主营业务收入增长率 of exactly 0% is still band D, below 0% it is band E with 0 points;
- no growth rate without a positive 上上年度 figure: the indicator then has no score and says why;
- 股权融资 counts what 合格机构投资者 have really paid in (§1.9.8, §1.9.9).
"""
from datetime import date
from decimal import Decimal
from typing import TypedDict

from applications.standards.base import Group, Period, Standard
from applications.standards.indicators import (
    Band,
    ChoiceBand,
    ChoiceIndicator,
    CountBand,
    CountIndicator,
    DirectCondition,
    MeasuredIndicator,
)


class InnovativeFacts(TypedDict, total=False):
    """What the standard reads. Money in 万元; None or absent means not filled in.

    ip_class1_high_value: 符合Ⅰ类高价值知识产权 count; ip_class1_self: 自主研发的Ⅰ类 count; ip_class1: all Ⅰ类, count;
    ip_class2: Ⅱ类 count (all related to the 主导产品 and valid; True counts as 1).
    emerging_industry: whether the 主导产品 belongs to 《战略性新兴产业分类》, "yes" or "no".
    new_equity_3y: 近三年新增股权融资总额, from which the fourth direct condition is computed; the other three are claims.
    """

    ip_class1_high_value: int | None
    ip_class1_self: int | None
    ip_class1: int | None
    ip_class2: int | None
    rd_expense_y1: Decimal | None
    revenue_y1: Decimal | None
    main_revenue_y1: Decimal | None
    main_revenue_y2: Decimal | None
    total_assets_y1: Decimal | None
    total_liabilities_y1: Decimal | None
    emerging_industry: str | None
    direct_award: bool | None
    direct_honour: bool | None
    direct_rd_body: bool | None
    new_equity_3y: Decimal | None


_D = Decimal

_INNOVATION = (
    CountIndicator(
        "ip", "与企业主导产品相关的有效知识产权数量", "innovation",
        (
            CountBand("A", "Ⅰ类高价值知识产权1项以上", _D(20), _D(1),
                      fact="ip_class1_high_value", noun="Ⅰ类高价值知识产权", part_of="ip_class1"),
            CountBand("B", "自主研发的Ⅰ类知识产权1项以上", _D(15), _D(1),
                      fact="ip_class1_self", noun="自主研发的Ⅰ类知识产权", part_of="ip_class1"),
            CountBand("C", "Ⅰ类知识产权1项以上", _D(10), _D(1), fact="ip_class1", noun="Ⅰ类知识产权"),
            CountBand("D", "Ⅱ类知识产权1项以上", _D(5), _D(1), fact="ip_class2", noun="Ⅱ类知识产权"),
            Band("E", "无", _D(0)),
        ),
    ),
    MeasuredIndicator(
        "rd_ratio", "上年度研发费用总额占营业收入总额比重", "innovation",
        (
            Band("A", "5%以上", _D(20), _D(5)),
            Band("B", "3%～5%", _D(15), _D(3)),
            Band("C", "2%～3%", _D(10), _D(2)),
            Band("D", "1%～2%", _D(5), _D(1)),
            Band("E", "1%以下", _D(0)),
        ),
        field="rd_ratio_y1",
    ),
)

_GROWTH = (
    MeasuredIndicator(
        "main_growth", "上年度主营业务收入增长率", "growth",
        (
            Band("A", "15%以上", _D(20), _D(15)),
            Band("B", "10%～15%", _D(15), _D(10)),
            Band("C", "5%～10%", _D(10), _D(5)),
            Band("D", "0%～5%", _D(5), _D(0)),
            Band("E", "0%以下", _D(0)),
        ),
        field="main_growth_y1",
    ),
    MeasuredIndicator(
        "debt_ratio", "上年度资产负债率", "growth",
        (
            Band("A", "55%以下", _D(10), at_most=_D(55)),
            Band("B", "55%～75%", _D(5), at_most=_D(75)),
            Band("D", "75%以上", _D(0)),
        ),
        field="debt_ratio_y1",
    ),
)

_SPECIALIZATION = (
    ChoiceIndicator(
        "emerging_industry", "主导产品所属领域情况", "specialization",
        (
            ChoiceBand("A", "属于《战略性新兴产业分类》", _D(10), option="yes"),
            ChoiceBand("B", "属于其他领域", _D(5), option="no"),
        ),
        fact="emerging_industry",
    ),
    MeasuredIndicator(
        "main_ratio", "上年度主营业务收入总额占营业收入总额比重", "specialization",
        (
            Band("A", "70%以上", _D(20), _D(70)),
            Band("B", "60%～70%", _D(15), _D(60)),
            Band("C", "55%～60%", _D(10), _D(55)),
            Band("D", "50%～55%", _D(5), _D(50)),
            Band("E", "50%以下", _D(0)),
        ),
        field="main_ratio_y1",
    ),
)

STANDARD = Standard(
    code="innovative_2022",
    tier="innovative",
    tier_title="创新型中小企业",
    title="创新型中小企业评价标准",
    source="《优质中小企业梯度培育管理暂行办法》（工信部企业〔2022〕63号）附件1",
    periods=(Period(renewal=False, valid_from=date(2022, 8, 1)), Period(renewal=True, valid_from=date(2022, 8, 1))),
    pass_total=_D(60),
    groups=(
        Group("innovation", "创新能力", _D(20)),
        Group("growth", "成长性", _D(15)),
        Group("specialization", "专业化", _D(15)),
    ),
    indicators=(*_INNOVATION, *_GROWTH, *_SPECIALIZATION),
    directs=(
        DirectCondition("direct_award", "近三年内获得过国家级、省级科技奖励", fact="direct_award"),
        DirectCondition(
            "direct_honour",
            "获得高新技术企业、国家级技术创新示范企业、知识产权优势企业和知识产权示范企业等荣誉（均为有效期内）",
            fact="direct_honour",
        ),
        DirectCondition("direct_rd_body", "拥有经认定的省部级以上研发机构", fact="direct_rd_body"),
        DirectCondition(
            "direct_equity",
            "近三年新增股权融资总额（合格机构投资者的实缴额）500万元以上",
            fact="new_equity_3y",
            noun="近三年新增股权融资总额（合格机构投资者的实缴额）",
            at_least=_D(500),
        ),
    ),
)
