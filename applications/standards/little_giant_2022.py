"""专精特新“小巨人”企业认定标准 2022: 附件3 of 工信部企业〔2022〕63号 (domain.md §1.8), six requirements, all to be met.

In use from 2022-08-01 to 2026-03-31 for new filings, to 2026-06-30 for renewals (117号, §0.4).

Edge rules:
- 创新能力 asks for three general conditions, or for one of two direct ways (创新直通);
- the first general condition depends on last year's revenue; 1亿元 and 5000万元 belong to the higher tier; below
  5000万元 the sums of equity and R&D and the share of R&D staff count, figures of the last year where none is named;
- a renewal is not asked for growth (190号 of 2025); that notice also takes no filings below 5000万元, which is shown as
  a remark, because the portal refuses nothing;
- Ⅰ类知识产权 counts unless transferred in less than a year ago (§1.9.3);
- 治理, 知名度 and the part in the chain have no number: the enterprise states them, the authority judges.
"""
from datetime import date
from decimal import Decimal

from applications.standards.base import Period, Standard
from applications.standards.conditions import (
    AllOf,
    AnyOf,
    Condition,
    ForRenewal,
    Tier,
    Tiers,
    computed,
    each_year,
)
from applications.standards.measures import Computed, Fact
from applications.standards.parts import Claim, Listed, Threshold
from applications.standards.vocabulary import (
    CORE_SYSTEMS,
    MANAGEMENT_CERTIFICATES,
    MARKET_SHARE_NOUN,
    NEW_EQUITY_2Y,
    PRODUCT_CERTIFICATES,
    SEGMENT_YEARS,
    market_standing,
)

_D = Decimal

_RD_BY_REVENUE = Tiers(
    Fact("revenue_y1"),
    (
        Tier("1亿元以上", _D(10000), AllOf(each_year(computed("rd_ratio"), _D(3)))),
        Tier("5000万元以上1亿元以下", _D(5000), AllOf(each_year(computed("rd_ratio"), _D(6)))),
        Tier(
            "5000万元以下", None,
            AllOf((
                Threshold(measure=NEW_EQUITY_2Y, at_least=_D(8000)),
                Threshold(measure=Fact("rd_expense_y1"), at_least=_D(3000)),
                Threshold(measure=Computed("rd_staff_ratio_y1"), at_least=_D(50)),
            )),
            note="2025年的申报通知不受理上年度营业收入5000万元以下企业的申报和复核，请留意当年通知。",
        ),
    ),
)

CONDITIONS = (
    Condition(
        "specialization", "专业化",
        "坚持专业化发展道路，截至上年末从事特定细分市场时间达到3年以上；主营业务收入总额占营业收入总额比重不低于70%，"
        "近2年主营业务收入平均增长率不低于5%。",
        AllOf((
            Threshold(measure=SEGMENT_YEARS, at_least=_D(3)),
            Threshold(measure=Computed("main_ratio_y1"), at_least=_D(70)),
            ForRenewal(
                Threshold(measure=Computed("main_growth_average"), at_least=_D(5)),
                reason="复核不要求（2025年申报通知）",
            ),
        )),
    ),
    Condition(
        "refinement", "精细化",
        "具有长期发展战略，公司治理规范、信誉良好、社会责任感强；在研发设计、生产制造、供应链管理等环节，至少1项核心业务采用信息系统支撑；"
        "取得相关管理体系认证，或产品通过发达国家和地区产品认证；截至上年末，企业资产负债率不高于70%。",
        AllOf((
            Claim(fact="governance", label="发展战略、公司治理、信誉和社会责任符合要求", human=True),
            Listed(fact="core_systems", label="采用信息系统支撑的核心业务", options=CORE_SYSTEMS),
            AnyOf(
                (
                    Listed(
                        fact="management_certificates", label="管理体系认证", options=MANAGEMENT_CERTIFICATES
                    ),
                    Listed(
                        fact="product_certificates", label="发达国家和地区产品认证", options=PRODUCT_CERTIFICATES
                    ),
                ),
                "管理体系认证或产品认证，满足任一项即可",
            ),
            Threshold(measure=Computed("debt_ratio_y1"), at_most=_D(70)),
        )),
    ),
    Condition(
        "feature", "特色化",
        "主导产品在全国细分市场占有率达到10%以上，且享有较高知名度和影响力；拥有直接面向市场并具有竞争优势的自主品牌。",
        AllOf((
            Threshold(measure=Fact("market_share", MARKET_SHARE_NOUN, "%"), at_least=_D(10)),
            market_standing("享有较高的知名度和影响力"),
            Claim(fact="own_brand", label="拥有直接面向市场并具有竞争优势的自主品牌"),
        )),
    ),
    Condition(
        "innovation", "创新能力", "满足一般性条件（三项）或创新直通条件（任一项）。",
        AnyOf((
            AllOf(
                (
                    _RD_BY_REVENUE,
                    Claim(fact="has_rd_body", label="自建或与高等院校、科研机构联合建立研发机构"),
                    Threshold(
                        measure=Fact(
                            "ip_class1_effective_2022", "与主导产品相关、实际应用并已产生经济效益的Ⅰ类知识产权", "项"
                        ),
                        at_least=_D(2),
                    ),
                ),
                "一般性条件，三项均须满足",
            ),
            Claim(
                fact="award_national_top3", label="近三年获得国家级科技奖励，并在获奖单位中排名前三", note="创新直通", direct=True
            ),
            Claim(
                fact="maker_china_50", label="近三年进入“创客中国”中小企业创新创业大赛全国50强企业组名单", note="创新直通",
                direct=True,
            ),
        )),
    ),
    Condition(
        "chain", "产业链配套",
        "位于产业链关键环节，围绕重点产业链实现关键基础技术和产品的产业化应用，发挥“补短板”“锻长板”“填空白”等重要作用。",
        Claim(
            fact="chain_key_link", label="位于产业链关键环节，发挥“补短板”“锻长板”“填空白”等重要作用", human=True
        ),
    ),
    Condition(
        "field", "主导产品所属领域",
        "主导产品原则上属于制造业核心基础零部件、元器件、关键软件、先进基础工艺、关键基础材料和产业技术基础；或符合制造强国战略十大重点产业领域；"
        "或属于网络强国建设的信息基础设施、关键核心技术、网络安全、数据安全领域等产品。",
        Claim(fact="domain_2022", label="主导产品属于上述领域", note="原则上要求"),
    ),
)

STANDARD = Standard(
    code="little_giant_2022",
    tier="little_giant",
    tier_title="专精特新“小巨人”企业",
    title="专精特新“小巨人”企业认定标准（2022年）",
    source="《优质中小企业梯度培育管理暂行办法》（工信部企业〔2022〕63号）附件3",
    periods=(
        Period(renewal=False, valid_from=date(2022, 8, 1), valid_until=date(2026, 3, 31)),
        Period(renewal=True, valid_from=date(2022, 8, 1), valid_until=date(2026, 6, 30)),
    ),
    conditions=CONDITIONS,
)
