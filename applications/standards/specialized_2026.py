"""专精特新中小企业认定标准 2026: 附件1 of 工信部企业〔2026〕2号 (domain.md §2.2), six conditions, all to be met.

In force from 2026-04-01 for new filings and for renewals.

Edge rules:
- the score of the development evaluation (发展评价) is the portal's estimate, and says so; for a renewal either of the
  last two years suffices;
- condition 4 counts Ⅰ类知识产权 of the 主导产品 that is applied and earns, own application, among the first three
  holders (附件3); an award (省部级以上, 前三) or a research body (省部级以上) waives it;
- condition 5 has no number: the enterprise states it, the authority judges.
"""
from datetime import date
from decimal import Decimal
from typing import TypedDict

from applications.standards.base import Period, Standard
from applications.standards.conditions import AllOf, AnyOf, Condition, ForRenewal, computed, each_year, yearly
from applications.standards.measures import Computed, Fact
from applications.standards.parts import Claim, Threshold
from applications.standards.vocabulary import (
    DEVELOPMENT_NOTE,
    NEW_EQUITY_2Y,
    SEGMENT_YEARS,
    development_score,
    development_score_last,
    market_standing,
)


class Specialized2026Facts(TypedDict, total=False):
    """What the standard reads. Money in 万元; None or absent means not filled in.

    holds_base_title: 已是科技和创新型中小企业; new_equity_2y: 近两年新增股权融资 of 合格机构投资者, paid in;
    ip_class1_effective: Ⅰ类 that counts (see above); award_provincial_top3: 近三年省部级以上科技奖励, 前三;
    rd_body_provincial: 省部级以上研发机构; development_score and _last: of this and of last year, None without one.
    """

    holds_base_title: bool | None
    segment_years: int | None
    revenue_y1: Decimal | None
    revenue_y2: Decimal | None
    new_equity_2y: Decimal | None
    main_revenue_y1: Decimal | None
    total_assets_y1: Decimal | None
    total_liabilities_y1: Decimal | None
    rd_expense_y1: Decimal | None
    rd_expense_y2: Decimal | None
    ip_class1_effective: int | None
    award_provincial_top3: bool | None
    rd_body_provincial: bool | None
    market_standing: bool | None
    development_score: Decimal | None
    development_score_last: Decimal | None


_D = Decimal

CONDITIONS = (
    Condition(
        "base", "培育基础和专注时间",
        "已认定为科技和创新型中小企业，截至上年末从事特定细分市场时间达到3年以上。",
        AllOf((
            Claim(fact="holds_base_title", label="已是科技和创新型中小企业"),
            Threshold(measure=SEGMENT_YEARS, at_least=_D(3)),
        )),
    ),
    Condition(
        "operation", "经营情况",
        "上年度营业收入1500万元以上，或近两年新增股权投资总额（合格机构投资者的实缴额）2000万元以上；主营业务收入占营业收入比重80%以上；"
        "上年末资产负债率80%以下。",
        AllOf((
            AnyOf(
                (
                    Threshold(measure=Fact("revenue_y1"), at_least=_D(1500)),
                    Threshold(measure=NEW_EQUITY_2Y, at_least=_D(2000)),
                ),
                "营业收入或新增股权融资，满足任一项即可",
            ),
            Threshold(measure=Computed("main_ratio_y1"), at_least=_D(80)),
            Threshold(measure=Computed("debt_ratio_y1"), at_most=_D(80)),
        )),
    ),
    Condition(
        "rd", "研发投入",
        "近两年研发费用总额每年均在100万元以上，且占营业收入比重均在3%以上。",
        AllOf((*each_year(yearly("rd_expense"), _D(100)), *each_year(computed("rd_ratio"), _D(3)))),
    ),
    Condition(
        "ip", "知识产权",
        "拥有1项以上与主导产品相关的Ⅰ类知识产权，并实际应用、已产生经济效益；近三年获得省部级以上科技奖励（前三）的，或拥有省部级以上研发机构的，不作要求。",
        AnyOf((
            Threshold(
                measure=Fact("ip_class1_effective", "已应用并产生经济效益的Ⅰ类知识产权", "项"), at_least=_D(1)
            ),
            Claim(fact="award_provincial_top3", label="近三年获得省部级以上科技奖励，排名前三", note="免于要求"),
            Claim(fact="rd_body_provincial", label="拥有省部级以上研发机构", note="免于要求"),
        )),
    ),
    Condition(
        "market", "市场地位",
        "主导产品在国内或国际细分市场占有率较为靠前，具有一定的知名度和影响力。",
        market_standing("占有率较为靠前，具有一定的知名度和影响力"),
    ),
    Condition(
        "development", "发展评价",
        "本年度专精特新发展评价得分50分以上。",
        ForRenewal(
            development_score(_D(50)),
            AnyOf((development_score(_D(50)), development_score_last(_D(50))), "任一年度得分达到即可"),
        ),
        note=DEVELOPMENT_NOTE,
        renewal_text="近两年中任一年度专精特新发展评价得分50分以上（复核）。",
    ),
)

STANDARD = Standard(
    code="specialized_2026",
    tier="specialized",
    tier_title="专精特新中小企业",
    title="专精特新中小企业认定标准（2026年）",
    source="《优质中小企业梯度培育管理办法》（工信部企业〔2026〕2号）附件1",
    periods=(Period(renewal=False, valid_from=date(2026, 4, 1)), Period(renewal=True, valid_from=date(2026, 4, 1))),
    conditions=CONDITIONS,
)
