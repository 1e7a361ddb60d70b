"""专精特新 2022: every band edge of the thirteen indicators of domain.md §1.7, and the 特色化 indicators of a province."""
import json
from decimal import Decimal

import pytest

from applications.standards import regional
from applications.standards.regional import ASSUMED, NOT_ENTERED, province_of, regional_indicators
from applications.tests.standard_facts import assess, indicator

CODE = "specialized_2022"


@pytest.mark.parametrize(
    ("main_revenue", "points"),
    [
        ("9600.01", 5), ("9600", 5), ("9599.99", 3), ("8400", 3), ("8399.99", 1), ("7200", 1), ("7199.99", 0), ("0", 0),
    ],
)
def test_share_of_main_revenue(main_revenue, points):
    assert indicator(CODE, "main_ratio", main_revenue_y1=main_revenue).points == points


@pytest.mark.parametrize(
    ("main_revenue", "points"),
    [
        ("12000.01", 10), ("12000", 10), ("11999.99", 8), ("11600", 8), ("11599.99", 6), ("11200", 6), ("11199.99", 4),
        ("10800", 4), ("10799.99", 2), ("10000", 2), ("9999.99", 0), ("1", 0),
    ],
)
def test_average_growth_of_main_revenue(main_revenue, points):
    figures = {"main_revenue_y2": "10000", "main_revenue_y3": "10000"}
    assert indicator(CODE, "main_growth", main_revenue_y1=main_revenue, **figures).points == points


@pytest.mark.parametrize(
    ("years", "points"),
    [
        (0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (7, 3), (8, 4), (9, 4), (10, 5), (11, 5), (12, 5),
        (40, 5),
    ],
)
def test_each_full_two_years_in_the_segment_bring_a_point_up_to_five(years, points):
    result = indicator(CODE, "segment_years", segment_years=years)
    assert (result.points, result.complete, result.max_points) == (points, True, 5)


def test_the_years_that_bring_the_next_point_are_told():
    assert indicator(CODE, "segment_years", segment_years=7).gap_shown == "再满 1 年，可得 4 分"
    assert indicator(CODE, "segment_years", segment_years=10).gap_shown == ""


@pytest.mark.parametrize(("option", "points"), [("A", 5), ("B", 3), ("C", 0)])
def test_field_of_the_main_product(option, points):
    assert indicator(CODE, "chain_position", chain_position=option).points == points


@pytest.mark.parametrize(("level", "points"), [(4, 5), (3, 5), (2, 3), (1, 0), (0, 0)])
def test_digital_level(level, points):
    assert indicator(CODE, "digital_level", digital_level=level).points == points


NO_QUALITY = {"quality_award": False, "management_certificates": (), "own_brand": False, "standards_joined": 0}


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({}, 0),
        ({"quality_award": True}, 3),
        ({"management_certificates": ("iso9000",)}, 3),
        ({"management_certificates": ("iso14000", "other")}, 0),
        ({"own_brand": True}, 3),
        ({"standards_joined": 1}, 3),
        ({"standards_lead_national": 1}, 3),
        ({"standards_lead_industry": 2}, 3),
        ({"standards_joined": 4, "standards_lead_national": 1}, 3),
        ({"quality_award": True, "own_brand": True}, 5),
        ({"quality_award": True, "own_brand": True, "management_certificates": ("iso9000",), "standards_joined": 1}, 5),
    ],
)
def test_quality_brings_three_points_a_subject_and_five_at_most(facts, points):
    result = indicator(CODE, "quality", **NO_QUALITY | facts)
    assert (result.points, result.complete, result.max_points) == (points, True, 5)


def test_a_blank_subject_of_quality_is_named_unless_the_cap_is_reached():
    open_one = indicator(CODE, "quality", **NO_QUALITY | {"own_brand": None, "quality_award": True})
    assert (open_one.complete, open_one.points, open_one.missing) == (False, 0, ("拥有自主品牌",))
    capped = {"own_brand": None, "quality_award": True, "standards_joined": 1}
    assert indicator(CODE, "quality", **NO_QUALITY | capped).points == 5


@pytest.mark.parametrize(
    ("profit", "points"),
    [
        ("1200.01", 10), ("1200", 10), ("1199.99", 8), ("960", 8), ("959.99", 6), ("720", 6), ("719.99", 4),
        ("480", 4), ("479.99", 2), ("240", 2), ("239.99", 0), ("-50", 0),
    ],
)
def test_net_margin(profit, points):
    assert indicator(CODE, "net_margin", net_profit_y1=profit).points == points


@pytest.mark.parametrize(
    ("liabilities", "points"),
    [("5000", 5), ("5000.01", 3), ("6000", 3), ("6000.01", 1), ("7000", 1), ("7000.01", 0)],
)
def test_debt_ratio(liabilities, points):
    assert indicator(CODE, "debt_ratio", total_liabilities_y1=liabilities).points == points


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({"ip_class1_high_value": 1}, 10),
        ({"ip_class1_high_value": 0, "ip_class1_self": 1}, 8),
        ({"ip_class1_high_value": 0, "ip_class1_self": 0, "ip_class1": 1}, 6),
        ({"ip_class1": 0, "ip_class1_high_value": 0, "ip_class1_self": 0, "ip_class2": 1}, 2),
        ({"ip_class1": 0, "ip_class1_high_value": 0, "ip_class1_self": 0, "ip_class2": 0}, 0),
    ],
)
def test_intellectual_property(facts, points):
    assert indicator(CODE, "ip", **facts).points == points


@pytest.mark.parametrize(
    ("expense", "points"),
    [
        ("500.01", 10), ("500", 10), ("499.99", 8), ("400", 8), ("399.99", 6), ("300", 6), ("299.99", 4), ("200", 4),
        ("199.99", 2), ("100", 2), ("99.99", 0), ("0", 0),
    ],
)
def test_rd_input_by_the_sum(expense, points):
    assert indicator(CODE, "rd_input", revenue_y1="100000", rd_expense_y1=expense).points == points


@pytest.mark.parametrize(
    ("expense", "points"),
    [
        ("10.01", 10), ("10", 10), ("9.99", 8), ("8", 8), ("7.99", 6), ("6", 6), ("5.99", 4), ("4", 4),
        ("3.99", 2), ("3", 2), ("2.99", 0),
    ],
)
def test_rd_input_by_the_share(expense, points):
    assert indicator(CODE, "rd_input", revenue_y1="100", rd_expense_y1=expense).points == points


def test_rd_input_takes_the_better_of_sum_and_share():
    result = indicator(CODE, "rd_input", revenue_y1="3000", rd_expense_y1="250")
    assert (result.points, result.value_shown) == (8, "250 万元（占比 8.33%）")
    assert result.gap_shown == (
        "距“研发费用总额500万元以上或占比10%以上”，按金额还差 250 万元，按占比还差约 50 万元（研发费用总额）"
    )
    assert indicator(CODE, "rd_input", revenue_y1="3000", rd_expense_y1="300").points == 10


def test_rd_input_with_a_blank_is_certain_only_in_the_best_band():
    assert indicator(CODE, "rd_input", revenue_y1=None, rd_expense_y1="500").points == 10
    result = indicator(CODE, "rd_input", revenue_y1=None, rd_expense_y1="499.99")
    assert (result.complete, result.points, result.missing) == (False, 0, ("2025年营业收入",))
    assert indicator(CODE, "rd_input", revenue_y1=None, rd_expense_y1=None).missing == (
        "2025年研发费用总额", "2025年营业收入",
    )


@pytest.mark.parametrize(
    ("staff", "points"), [(201, 5), (200, 5), (199, 3), (100, 3), (99, 1), (50, 1), (49, 0), (0, 0)]
)
def test_share_of_rd_staff(staff, points):
    assert indicator(CODE, "rd_staff", employees_y1=1000, rd_staff_y1=staff).points == points


def test_people_who_are_missing_are_counted_in_whole_heads():
    result = indicator(CODE, "rd_staff", employees_y1=121, rd_staff_y1=20)
    assert result.gap_shown == "研发人员占比 16.53%，距“20%以上”还差 3.47 个百分点，约 5 人（研发人员数量）"


@pytest.mark.parametrize(
    ("level", "points"), [("national", 10), ("provincial", 8), ("city", 4), ("below", 2), ("none", 0)]
)
def test_level_of_the_research_body(level, points):
    assert indicator(CODE, "rd_body", rd_body_level=level).points == points


def test_the_groups_have_no_minimum_and_make_up_a_hundred_points():
    groups = assess(CODE).groups
    assert [(group.label, group.max_points, group.minimum) for group in groups] == [
        ("专业化", 25, 0), ("精细化", 25, 0), ("特色化", 15, 0), ("创新能力", 35, 0),
    ]


@pytest.mark.parametrize(
    ("answers", "points"),
    [(("yes", "yes", "yes"), 15), (("yes", "no", "no"), 8), (("no", "yes", "no"), 4), (("no", "no", "yes"), 3),
     (("no", "no", "no"), 0)],
)
def test_sichuan_has_three_indicators_of_its_own(answers, points):
    facts = dict(zip(("regional_1", "regional_2", "regional_3"), answers, strict=True))
    feature = assess(CODE, region="510104", **facts).groups[2]
    assert (feature.points, feature.max_points) == (points, 15)


def test_an_indicator_of_the_province_that_is_blank_is_named():
    result = indicator(CODE, "regional_2", region="510104", regional_1="yes", regional_3="no")
    assert (result.complete, result.missing) == (False, ("非遗、地标、首台套（首版次、首批次）情况",))


def test_points_that_the_portal_assumes_say_so_and_confirmed_ones_do_not():
    facts = {"regional_1": "field", "regional_2": "green", "regional_3": "none"}
    assert ASSUMED in indicator(CODE, "regional_1", region="440106", **facts).threshold_shown
    facts = {"regional_1": "yes", "regional_2": "no", "regional_3": "no"}
    assert ASSUMED not in indicator(CODE, "regional_1", region="510104", **facts).threshold_shown


@pytest.mark.parametrize("region", ["", "520100", "440305"])
def test_a_province_without_data_scores_nothing_says_so_and_leaves_nothing_open(region):
    result = indicator(CODE, "regional", region=region)
    assert (result.points, result.max_points, result.complete, result.gap_shown) == (0, 15, True, NOT_ENTERED)
    assert assess(CODE, region=region).max_total == 100


@pytest.mark.parametrize(
    ("region", "province"),
    [("510104", "510000"), ("510000", "510000"), ("440106", "440000"), ("440305", "440300"), ("440300", "440300"),
     ("370212", "370200"), ("370102", "370000"), ("", "")],
)
def test_a_separate_planning_city_has_indicators_of_its_own(region, province):
    assert province_of(region) == province


def test_the_questions_of_a_form_come_from_the_same_data():
    first = regional_indicators("510104")[0]
    assert first.fact == "regional_1"
    assert [(band.option, band.points) for band in first.bands] == [("yes", 8), ("no", 0)]


def test_indicators_that_do_not_make_up_fifteen_points_do_not_load(tmp_path, monkeypatch):
    entry = {"fact": "regional_1", "label": "一", "certainty": "default",
             "options": [{"option": "yes", "label": "是", "points": 14}]}
    data = tmp_path / "wrong.json"
    data.write_text(json.dumps({"provinces": {"520000": {"title": "贵州省", "indicators": [entry]}}}), encoding="utf-8")
    monkeypatch.setattr(regional, "_FILE", data)
    with pytest.raises(ValueError, match="520000 make up 14 points"):
        regional._load.__wrapped__()


def test_the_total_is_a_decimal_sum():
    assert isinstance(assess(CODE).total, Decimal)
