"""专精特新中小企业认定标准 2022: 附件2 of 工信部企业〔2022〕63号 (domain.md §1.7), four conditions and thirteen indicators.

In use from 2022-08-01 to 2026-03-31, for new filings and for renewals.

Edge rules:
- condition 4 asks for 60 of 100 points or for one of four direct ways, of which the equity and the mean are computed;
- 地方特色指标 (15 points) are those of the province of 企业注册地 (regional.py);
- 质量管理水平 counts 3 points for each of four subjects, at most 5;
- 从事年限 gives 1 point for each full 2 years, at most 5;
- 研发费用投入 takes the better of the sum and its share; the last-but-one band of the share begins at 3%.
"""
from datetime import date
from decimal import Decimal

from applications.standards.base import Group, Period, Standard
from applications.standards.combined_indicators import BetterOfTwoIndicator, PairBand, StepIndicator, SumIndicator
from applications.standards.conditions import AllOf, AnyOf, Condition
from applications.standards.indicators import (
    Band,
    ChoiceBand,
    ChoiceIndicator,
    CountBand,
    CountIndicator,
    MeasuredIndicator,
)
from applications.standards.measures import Computed, Fact
from applications.standards.parts import Claim, Listed, Score, Threshold
from applications.standards.regional import FULL_POINTS, GROUP
from applications.standards.vocabulary import MANAGEMENT_CERTIFICATES, NEW_EQUITY_2Y, SEGMENT_YEARS

_D = Decimal

_SPECIALIZATION = (
    MeasuredIndicator(
        "main_ratio", "上年度主营业务收入总额占营业收入总额比重", "specialization",
        (
            Band("A", "80%以上", _D(5), _D(80)),
            Band("B", "70%～80%", _D(3), _D(70)),
            Band("C", "60%～70%", _D(1), _D(60)),
            Band("D", "60%以下", _D(0)),
        ),
        field="main_ratio_y1",
    ),
    MeasuredIndicator(
        "main_growth", "近2年主营业务收入平均增长率", "specialization",
        (
            Band("A", "10%以上", _D(10), _D(10)),
            Band("B", "8%～10%", _D(8), _D(8)),
            Band("C", "6%～8%", _D(6), _D(6)),
            Band("D", "4%～6%", _D(4), _D(4)),
            Band("E", "0%～4%", _D(2), _D(0)),
            Band("F", "0%以下", _D(0)),
        ),
        field="main_growth_average",
    ),
    StepIndicator(
        "segment_years", "从事特定细分市场年限", "specialization",
        fact="segment_years", noun="从事特定细分市场时间（截至上年末）", years=2, cap=_D(5),
    ),
    ChoiceIndicator(
        "chain_position", "主导产品所属领域情况", "specialization",
        (
            ChoiceBand("A", "在产业链供应链关键环节及关键领域“补短板”“锻长板”“填空白”取得实际成效", _D(5), option="A"),
            ChoiceBand(
                "B", "属于工业“六基”领域、中华老字号名录或企业主导产品服务关键产业链重点龙头企业", _D(3), option="B"
            ),
            ChoiceBand("C", "不属于以上情况", _D(0), option="C"),
        ),
        fact="chain_position",
    ),
)

_REFINEMENT = (
    CountIndicator(
        "digital_level", "数字化水平", "refinement",
        (
            CountBand("A", "三级以上", _D(5), _D(3), fact="digital_level", noun="数字化水平评测结果"),
            CountBand("B", "二级", _D(3), _D(2), fact="digital_level", noun="数字化水平评测结果"),
            Band("C", "一级", _D(0)),
        ),
        unit="级", counted="",
    ),
    SumIndicator(
        "quality", "质量管理水平", "refinement",
        parts=(
            Claim(fact="quality_award", label="获得省级以上质量奖荣誉"),
            Listed(
                fact="management_certificates", label="建立质量管理体系，获得ISO9001等质量管理体系认证证书",
                options=MANAGEMENT_CERTIFICATES, accepted=("iso9000",),
            ),
            Claim(fact="own_brand", label="拥有自主品牌"),
            AnyOf(
                (
                    Threshold(measure=Fact("standards_joined", "参与制修订标准数", "项"), at_least=_D(1)),
                    Threshold(measure=Fact("standards_lead_national", "主持制修订国际、国家标准数", "项"), at_least=_D(1)),
                    Threshold(measure=Fact("standards_lead_industry", "主持制修订行业标准数", "项"), at_least=_D(1)),
                ),
                "参与制修订标准",
            ),
        ),
        points_each=_D(3), cap=_D(5),
    ),
    MeasuredIndicator(
        "net_margin", "上年度净利润率", "refinement",
        (
            Band("A", "10%以上", _D(10), _D(10)),
            Band("B", "8%～10%", _D(8), _D(8)),
            Band("C", "6%～8%", _D(6), _D(6)),
            Band("D", "4%～6%", _D(4), _D(4)),
            Band("E", "2%～4%", _D(2), _D(2)),
            Band("F", "2%以下", _D(0)),
        ),
        field="net_margin_y1",
    ),
    MeasuredIndicator(
        "debt_ratio", "上年度资产负债率", "refinement",
        (
            Band("A", "50%以下", _D(5), at_most=_D(50)),
            Band("B", "50%～60%", _D(3), at_most=_D(60)),
            Band("C", "60%～70%", _D(1), at_most=_D(70)),
            Band("D", "70%以上", _D(0)),
        ),
        field="debt_ratio_y1",
    ),
)

_INNOVATION = (
    CountIndicator(
        "ip", "与企业主导产品相关的有效知识产权数量", "innovation",
        (
            CountBand("A", "Ⅰ类高价值知识产权1项以上", _D(10), _D(1),
                      fact="ip_class1_high_value", noun="Ⅰ类高价值知识产权", part_of="ip_class1"),
            CountBand("B", "自主研发Ⅰ类知识产权1项以上", _D(8), _D(1),
                      fact="ip_class1_self", noun="自主研发的Ⅰ类知识产权", part_of="ip_class1"),
            CountBand("C", "Ⅰ类知识产权1项以上", _D(6), _D(1), fact="ip_class1", noun="Ⅰ类知识产权"),
            CountBand("D", "Ⅱ类知识产权1项以上", _D(2), _D(1), fact="ip_class2", noun="Ⅱ类知识产权"),
            Band("E", "无", _D(0)),
        ),
    ),
    BetterOfTwoIndicator(
        "rd_input", "上年度研发费用投入", "innovation",
        (
            PairBand("A", "研发费用总额500万元以上或占比10%以上", _D(10), _D(500), share_at_least=_D(10)),
            PairBand("B", "研发费用总额400～500万元或占比8%～10%", _D(8), _D(400), share_at_least=_D(8)),
            PairBand("C", "研发费用总额300～400万元或占比6%～8%", _D(6), _D(300), share_at_least=_D(6)),
            PairBand("D", "研发费用总额200～300万元或占比4%～6%", _D(4), _D(200), share_at_least=_D(4)),
            PairBand("E", "研发费用总额100～200万元或占比3%～4%", _D(2), _D(100), share_at_least=_D(3)),
            PairBand("F", "不属于以上情况", _D(0)),
        ),
        fact="rd_expense_y1", field="rd_ratio_y1",
    ),
    MeasuredIndicator(
        "rd_staff", "上年度研发人员占比", "innovation",
        (
            Band("A", "20%以上", _D(5), _D(20)),
            Band("B", "10%～20%", _D(3), _D(10)),
            Band("C", "5%～10%", _D(1), _D(5)),
            Band("D", "5%以下", _D(0)),
        ),
        field="rd_staff_ratio_y1",
    ),
    ChoiceIndicator(
        "rd_body", "建立研发机构级别", "innovation",
        (
            ChoiceBand("A", "国家级", _D(10), option="national"),
            ChoiceBand("B", "省级", _D(8), option="provincial"),
            ChoiceBand("C", "市级", _D(4), option="city"),
            ChoiceBand("D", "市级以下", _D(2), option="below"),
            ChoiceBand("E", "未建立研发机构", _D(0), option="none"),
        ),
        fact="rd_body_level",
    ),
)

CONDITIONS = (
    Condition(
        "segment", "专注时间", "从事特定细分市场时间达到2年以上。", Threshold(measure=SEGMENT_YEARS, at_least=_D(2)),
    ),
    Condition(
        "rd", "研发投入", "上年度研发费用总额不低于100万元，且占营业收入总额比重不低于3%。",
        AllOf((
            Threshold(measure=Fact("rd_expense_y1"), at_least=_D(100)),
            Threshold(measure=Computed("rd_ratio_y1"), at_least=_D(3)),
        )),
    ),
    Condition(
        "revenue", "营业收入",
        "上年度营业收入总额在1000万元以上，或上年度营业收入总额在1000万元以下，但近2年新增股权融资总额（合格机构投资者的实缴额）达到2000万元以上。",
        AnyOf((
            Threshold(measure=Fact("revenue_y1"), at_least=_D(1000)),
            Threshold(measure=NEW_EQUITY_2Y, at_least=_D(2000)),
        )),
    ),
    Condition(
        "score", "评价得分或直通条件", "评价得分达到60分以上，或符合直通条件之一。",
        AnyOf((
            Score(at_least=_D(60), label="评价得分"),
            Claim(
                fact="award_provincial_top3", label="近三年获得过省级以上科技奖励，获奖单位排名前三", note="直通", direct=True
            ),
            Claim(fact="award_national_top5", label="近三年获得过国家级科技奖励，获奖单位排名前五", note="直通", direct=True),
            Threshold(measure=Computed("rd_mean_2y"), at_least=_D(1000), note="直通", direct=True),
            Threshold(measure=NEW_EQUITY_2Y, at_least=_D(6000), note="直通", direct=True),
            Claim(
                fact="maker_china_500", label="近三年进入“创客中国”中小企业创新创业大赛全国500强企业组名单", note="直通",
                direct=True,
            ),
        )),
    ),
)

STANDARD = Standard(
    code="specialized_2022",
    tier="specialized",
    tier_title="专精特新中小企业",
    title="专精特新中小企业认定标准（2022年）",
    source="《优质中小企业梯度培育管理暂行办法》（工信部企业〔2022〕63号）附件2",
    periods=(
        Period(renewal=False, valid_from=date(2022, 8, 1), valid_until=date(2026, 3, 31)),
        Period(renewal=True, valid_from=date(2022, 8, 1), valid_until=date(2026, 3, 31)),
    ),
    pass_total=_D(60),
    groups=(
        Group("specialization", "专业化"),
        Group("refinement", "精细化"),
        Group(GROUP, "特色化"),
        Group("innovation", "创新能力"),
    ),
    indicators=(*_SPECIALIZATION, *_REFINEMENT, *_INNOVATION),
    conditions=CONDITIONS,
    regional_group=GROUP,
    regional_points=FULL_POINTS,
)
