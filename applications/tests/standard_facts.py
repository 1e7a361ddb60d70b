"""Facts that meet every condition of the standards of 专精特新 and 小巨人, and the assessment of one changed fact."""
from decimal import Decimal

from applications import standards

YEARS = {"y1": "2025年", "y2": "2024年", "y3": "2023年"}

FACTS = {
    "segment_years": 8,
    "holds_base_title": True,
    "holds_specialized": True,
    "revenue_y1": Decimal(12000),
    "revenue_y2": Decimal(11000),
    "revenue_y3": Decimal(10000),
    "main_revenue_y1": Decimal(11400),
    "main_revenue_y2": Decimal(10400),
    "main_revenue_y3": Decimal(9500),
    "net_profit_y1": Decimal(1200),
    "total_assets_y1": Decimal(10000),
    "total_liabilities_y1": Decimal(4000),
    "rd_expense_y1": Decimal(900),
    "rd_expense_y2": Decimal(800),
    "employees_y1": 100,
    "rd_staff_y1": 30,
    "new_equity_2y": Decimal(0),
    "ip_class1_effective": 5,
    "ip_class1_effective_2022": 5,
    "ip_class1": 5,
    "ip_class1_high_value": 1,
    "ip_class1_self": 5,
    "ip_class2": 3,
    "award_national_top3": False,
    "award_national_top5": False,
    "award_provincial_top3": False,
    "maker_china_500": False,
    "maker_china_50": False,
    "has_rd_body": True,
    "rd_body_level": "provincial",
    "rd_body_provincial": False,
    "market_standing": True,
    "market_share": Decimal(15),
    "market_rank": 2,
    "own_brand": True,
    "governance": True,
    "core_systems": ("rd_design",),
    "management_certificates": ("iso9000",),
    "product_certificates": (),
    "chain_position": "A",
    "chain_key_link": True,
    "strategic_field": "six_bases",
    "domain_2022": True,
    "digital_level": 3,
    "quality_award": True,
    "standards_joined": 1,
    "standards_lead_national": 0,
    "standards_lead_industry": 0,
    "development_score": Decimal(70),
    "development_score_last": None,
}


def assess(code, *, renewal=False, region="", **changes):
    """The assessment of FACTS with changes; text stands for a Decimal where a figure is meant."""
    figures = {key: Decimal(value) if _is_figure(value) else value for key, value in changes.items()}
    return standards.get(code).assess(FACTS | figures, YEARS, renewal=renewal, region=region)


def condition(code, number, **changes):
    """The result of the condition with this number, counted from 1."""
    return assess(code, **changes).conditions[number - 1]


def indicator(code, name, **changes):
    """The result of the indicator with this code."""
    return next(result for result in assess(code, **changes).indicators if result.code == name)


def part(result, label):
    """The row of a condition's payload whose label begins so."""
    return next(row for row in result.as_payload()["parts"] if row["label"].startswith(label))


def _is_figure(value):
    return isinstance(value, str) and value.lstrip("-").replace(".", "", 1).isdigit()
