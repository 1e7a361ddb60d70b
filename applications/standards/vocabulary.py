"""Labels of facts and options that more than one standard of 专精特新 and 小巨人 names (domain.md §1.7 to §2.3)."""
from decimal import Decimal

from applications.standards.measures import Fact
from applications.standards.parts import Claim, Threshold

SEGMENT_YEARS = Fact("segment_years", "从事特定细分市场时间（截至上年末）", "年")
NEW_EQUITY_2Y = Fact("new_equity_2y", "近2年新增股权融资总额（合格机构投资者的实缴额）")
MARKET_SHARE_NOUN = "主导产品在细分市场的占有率"

#: The development score is the portal's estimate: official weights are not published (domain.md §3.2).
DEVELOPMENT_NOTE = "预估（非官方权重）：按平台默认权重测算，仅供参考，以主管部门公布的专精特新发展评价得分为准。"

STRATEGIC_FIELDS = {
    "six_bases": "工业“六基”",
    "key_industries": "制造强国战略十大重点产业领域",
    "network_power": "网络强国建设",
    "traditional": "改造提升传统产业",
    "emerging": "培育壮大新兴产业",
    "future": "布局建设未来产业",
    "none": "不属于以上领域",
}
CORE_SYSTEMS = {"rd_design": "研发设计", "manufacturing": "生产制造", "supply_chain": "供应链管理", "other": "其他"}
MANAGEMENT_CERTIFICATES = {
    "iso9000": "ISO9000 质量管理体系", "iso14000": "ISO14000 环境管理体系", "ohsas18000": "OHSAS18000 职业健康安全管理体系",
    "other": "其他管理体系",
}
PRODUCT_CERTIFICATES = {"ul": "UL", "csa": "CSA", "etl": "ETL", "gs": "GS", "other": "其他发达国家和地区产品认证"}


def development_score(at_least: Decimal) -> Threshold:
    """This year's score of the development evaluation (专精特新发展评价)."""
    measure = Fact("development_score", "本年度专精特新发展评价得分", "分")
    return Threshold(measure=measure, at_least=at_least)


def development_score_last(at_least: Decimal) -> Threshold:
    """Last year's score, which a renewal may use instead; an enterprise without one simply has none."""
    measure = Fact("development_score_last", "上年度专精特新发展评价得分", "分")
    return Threshold(measure=measure, at_least=at_least, absent="无")


def market_standing(label: str) -> Claim:
    """What has no number: 占有率靠前, 知名度, 影响力. The enterprise states it, the authority judges."""
    return Claim(fact="market_standing", label=label, human=True)
