"""专精特新“小巨人”企业认定标准 2026: 附件2 of 工信部企业〔2026〕2号 (domain.md §2.3), seven conditions, all to be met.

In force from 2026-04-01 for new filings. Renewals of 2026 still used the 2022 standard (117号, §0.4): for them it begins
on 2026-07-01.

Edge rules:
- a renewal is not asked for growth, and the score of either of the last two years suffices;
- growth is the compound one of two years, (R₀/R₋₂)^½ − 1 (✎);
- condition 4 counts Ⅰ类 of own application, among the first three holders, applied and earning (附件3);
- condition 6 is read as two ways (✎): a product of the 六基; or a product of one of the three directions that is a key
  link of its chain and makes the chain more resilient and secure, which the authority judges.
"""
from datetime import date
from decimal import Decimal

from applications.standards.base import Period, Standard
from applications.standards.conditions import AllOf, AnyOf, Condition, ForRenewal, computed, each_year
from applications.standards.measures import Computed, Fact
from applications.standards.parts import Claim, Picked, Threshold
from applications.standards.vocabulary import (
    DEVELOPMENT_NOTE,
    MARKET_SHARE_NOUN,
    SEGMENT_YEARS,
    STRATEGIC_FIELDS,
    development_score,
    development_score_last,
    market_standing,
)

_D = Decimal

CONDITIONS = (
    Condition(
        "base", "培育基础和专注时间",
        "已认定为专精特新中小企业（有效期内），截至上年末从事特定细分市场时间达到3年以上。",
        AllOf((
            Claim(fact="holds_specialized", label="已是专精特新中小企业（有效期内）"),
            Threshold(measure=SEGMENT_YEARS, at_least=_D(3)),
        )),
    ),
    Condition(
        "operation", "经营情况",
        "上年度营业收入5000万元以上；主营业务收入占营业收入比重90%以上；近两年营业收入复合增长率5%以上；上年末资产负债率75%以下。",
        AllOf((
            Threshold(measure=Fact("revenue_y1"), at_least=_D(5000)),
            Threshold(measure=Computed("main_ratio_y1"), at_least=_D(90)),
            ForRenewal(Threshold(measure=Computed("revenue_compound_growth"), at_least=_D(5))),
            Threshold(measure=Computed("debt_ratio_y1"), at_most=_D(75)),
        )),
        renewal_text="上年度营业收入5000万元以上；主营业务收入占营业收入比重90%以上；上年末资产负债率75%以下（复核不要求复合增长率）。",
    ),
    Condition(
        "rd", "研发投入",
        "近两年研发费用合计1200万元以上，且每年占营业收入比重均在3%以上。",
        AllOf((
            Threshold(measure=Computed("rd_total_2y"), at_least=_D(1200)), *each_year(computed("rd_ratio"), _D(3)),
        )),
    ),
    Condition(
        "ip", "知识产权",
        "拥有4项以上与主导产品相关的Ⅰ类知识产权，并实际应用、已产生经济效益；近三年获得国家级科技奖励（前三）的，不作要求。",
        AnyOf((
            Threshold(
                measure=Fact("ip_class1_effective", "已应用并产生经济效益的Ⅰ类知识产权", "项"), at_least=_D(4)
            ),
            Claim(fact="award_national_top3", label="近三年获得国家级科技奖励，排名前三", note="免于要求"),
        )),
    ),
    Condition(
        "market", "市场地位",
        "主导产品在国内或国际细分市场占有率10%以上，或位居国内前三名，具有较高的知名度和影响力。",
        AllOf((
            AnyOf(
                (
                    Threshold(measure=Fact("market_share", MARKET_SHARE_NOUN, "%"), at_least=_D(10)),
                    Threshold(
                        measure=Fact("market_rank", "国内细分市场名次", "名", "第 {} 名"), at_most=_D(3), words="国内前三名"
                    ),
                ),
                "占有率或名次，满足任一项即可",
            ),
            market_standing("具有较高的知名度和影响力"),
        )),
    ),
    Condition(
        "chain", "产业链和领域",
        "主导产品属于核心基础零部件、核心基础元器件、关键软件、先进基础工艺、关键基础材料、产业技术基础；或属于改造提升传统产业、"
        "培育壮大新兴产业、布局建设未来产业，位于产业链关键环节，对提升产业链供应链韧性和安全水平发挥作用。",
        AnyOf((
            Picked(
                fact="strategic_field", label="主导产品所属领域", options=STRATEGIC_FIELDS, accepted=("six_bases",),
                words="属于工业“六基”",
            ),
            AllOf(
                (
                    Picked(
                        fact="strategic_field", label="主导产品所属方向", options=STRATEGIC_FIELDS,
                        accepted=("traditional", "emerging", "future"), words="属于三个方向之一",
                    ),
                    Claim(
                        fact="chain_key_link", label="位于产业链关键环节，提升产业链供应链韧性和安全水平", human=True
                    ),
                ),
                "属于三个方向并位于产业链关键环节，各项均须满足",
            ),
        )),
    ),
    Condition(
        "development", "发展评价",
        "本年度专精特新发展评价得分60分以上。",
        ForRenewal(
            development_score(_D(60)),
            AnyOf((development_score(_D(60)), development_score_last(_D(60))), "任一年度得分达到即可"),
        ),
        note=DEVELOPMENT_NOTE,
        renewal_text="近两年中任一年度专精特新发展评价得分60分以上（复核）。",
    ),
)

STANDARD = Standard(
    code="little_giant_2026",
    tier="little_giant",
    tier_title="专精特新“小巨人”企业",
    title="专精特新“小巨人”企业认定标准（2026年）",
    source="《优质中小企业梯度培育管理办法》（工信部企业〔2026〕2号）附件2",
    periods=(Period(renewal=False, valid_from=date(2026, 4, 1)), Period(renewal=True, valid_from=date(2026, 7, 1))),
    conditions=CONDITIONS,
)
