"""Each of the 23 indicators and the bonus at the edges of its scale, with the shipped weights and means."""
from decimal import Decimal

import pytest

from applications.evaluation import estimate
from applications.evaluation.catalogue import BONUS, INDICATORS
from applications.tests.evaluation_world import changed, course, flat


def result(facts):
    return estimate(facts, industry_code="3511", year=2026)


def indicator(facts, code):
    return next(row for row in result(facts).indicators if row.code == code)


def growing(name, percent):
    """A figure that has grown by ``percent`` in both years."""
    factor = 1 + Decimal(percent) / 100
    return course(name, 100 * factor * factor, 100 * factor, 100)


EDGES = [
    ("segment_years", {"segment_years": 0}, "0.00"),
    ("segment_years", {"segment_years": 2}, "2.35"),
    ("segment_years", {"segment_years": 3}, "3.53"),
    ("segment_years", {"segment_years": 10}, "5.88"),
    ("segment_years", {"segment_years": 25}, "5.88"),
    ("invention_focus", {"inventions": 0, "inventions_main_class": 0}, "0.00"),
    ("invention_focus", {"inventions": 4, "inventions_main_class": 1}, "2.12"),
    ("invention_focus", {"inventions": 2, "inventions_main_class": 1}, "4.24"),
    ("invention_focus", {"inventions": 5, "inventions_main_class": 4}, "7.06"),
    ("standards", {"standards_joined": 0}, "0.00"),
    ("standards", {"standards_joined": 1}, "2.82"),
    ("standards", {"standards_lead_industry": 1, "standards_joined": 1}, "4.94"),
    ("standards", {"standards_lead_national": 2, "standards_joined": 0}, "7.06"),
    ("revenue_per_head", flat(revenue=3900), "0.00"),
    ("revenue_per_head", flat(revenue=4000), "0.00"),
    ("revenue_per_head", flat(revenue=6000), "1.20"),
    ("revenue_per_head", flat(revenue=8000), "2.40"),
    ("revenue_per_head", flat(revenue=12000), "4.00"),
    ("return_on_assets", flat(net_profit=-600), "0.00"),
    ("return_on_assets", flat(net_profit=400), "2.40"),
    ("return_on_assets", flat(net_profit=650), "3.20"),
    ("return_on_assets", flat(net_profit=900), "4.00"),
    ("cost_profit", flat(total_profit="-835.2"), "0.00"),
    ("cost_profit", flat(total_profit="556.8"), "2.40"),
    ("cost_profit", flat(total_profit="1252.8"), "4.00"),
    ("expense_ratio", flat(sales_expense=80, admin_expense=80), "4.00"),
    ("expense_ratio", flat(sales_expense=280, admin_expense=280), "3.20"),
    ("expense_ratio", flat(sales_expense=480, admin_expense=480), "2.40"),
    ("expense_ratio", flat(sales_expense=1080, admin_expense=1080), "0.00"),
    ("quality_system", {"quality_level": "national"}, "5.00"),
    ("quality_system", {"quality_level": "first"}, "4.00"),
    ("quality_system", {"quality_level": "second"}, "3.00"),
    ("quality_system", {"quality_level": "iso9001"}, "2.00"),
    ("quality_system", {"quality_level": "none"}, "0.00"),
    ("product_certificates", {"product_certificates": ("ul",)}, "3.00"),
    ("product_certificates", {"product_certificates": ()}, "0.00"),
    ("gross_margin", flat(main_cost=7600), "0.00"),
    ("gross_margin", flat(main_cost=6000), "3.60"),
    ("gross_margin", flat(main_cost=4800), "6.00"),
    ("digital", {"digital_score": Decimal(0)}, "0.00"),
    ("digital", {"digital_score": Decimal(40)}, "3.00"),
    ("digital", {"digital_score": Decimal(60)}, "4.50"),
    ("digital", {"digital_score": Decimal(80)}, "6.00"),
    ("digital", {"digital_score": Decimal(0), "integration": "level"}, "3.60"),
    ("digital", {"digital_score": Decimal(0), "integration": "standard"}, "4.80"),
    ("digital", {"digital_score": Decimal(0), "smart_titles": ("factory",)}, "6.00"),
    ("digital", {"digital_score": None, "smart_titles": None, "integration": "standard"}, "4.80"),
    ("green", {"green_titles": ("product",)}, "4.00"),
    ("green", {"green_titles": ()}, "0.00"),
    ("pct", {"pct_patents": 0}, "0.00"),
    ("pct", {"pct_patents": 1}, "1.20"),
    ("pct", {"pct_patents": 2}, "1.60"),
    ("pct", {"pct_patents": 3}, "2.00"),
    ("rd_input", flat(rd_expense=0), "0.00"),
    ("rd_input", flat(rd_expense=100, revenue=1000), "5.31"),
    ("rd_input", flat(rd_expense=300, revenue=10000), "4.55"),
    ("rd_input", flat(rd_expense=1200, revenue=12000), "7.59"),
    ("awards", {"award_best": "national"}, "3.25"),
    ("awards", {"award_best": "provincial"}, "2.28"),
    ("awards", {"award_best": "other"}, "1.30"),
    ("awards", {"award_best": "none"}, "0.00"),
    ("inventions", {"inventions": 0, "inventions_recent": 0}, "0.00"),
    ("inventions", {"inventions": 2, "inventions_recent": 0}, "2.60"),
    ("inventions", {"inventions": 1, "inventions_recent": 1}, "2.60"),
    ("inventions", {"inventions": 4, "inventions_recent": 4}, "5.20"),
    ("inventions", {"inventions": 10, "inventions_recent": 10}, "6.50"),
    ("rd_body", {"rd_body_level": "national"}, "4.33"),
    ("rd_body", {"rd_body_level": "provincial"}, "3.46"),
    ("rd_body", {"rd_body_level": "city"}, "2.17"),
    ("rd_body", {"rd_body_level": "below"}, "2.17"),
    ("rd_body", {"rd_body_level": "none"}, "0.00"),
    ("rd_staff", {"rd_staff_y1": 0}, "0.00"),
    ("rd_staff", {"rd_staff_y1": 5}, "1.30"),
    ("rd_staff", {"rd_staff_y1": 20}, "2.60"),
    ("rd_staff", {"rd_staff_y1": 60}, "4.33"),
    ("revenue_growth", growing("revenue", -15), "0.00"),
    ("revenue_growth", growing("revenue", 5), "3.60"),
    ("revenue_growth", growing("revenue", 20), "6.00"),
    ("profit_growth", growing("total_profit", -25), "0.00"),
    ("profit_growth", growing("total_profit", 5), "2.40"),
    ("profit_growth", growing("total_profit", 25), "4.00"),
    ("net_assets_growth", growing("net_assets", -14), "0.00"),
    ("net_assets_growth", growing("net_assets", 6), "1.20"),
    ("net_assets_growth", growing("net_assets", 21), "2.00"),
]


@pytest.mark.parametrize(("code", "facts", "points"), EDGES)
def test_an_indicator_brings_at_the_edge_of_its_scale_exactly_these_points(code, facts, points):
    assert f"{indicator(changed(**facts), code).points}" == points


def test_every_indicator_that_is_computed_has_its_edges_tested():
    assert {code for code, _, _ in EDGES} == {code for code, entry in INDICATORS.items() if entry.has_data}


def test_there_are_five_dimensions_sixteen_second_levels_and_23_indicators():
    assert len({entry.dimension for entry in INDICATORS.values()}) == 5
    assert len({(entry.dimension, entry.second) for entry in INDICATORS.values()}) == 16
    assert len(INDICATORS) == 23
    assert list(BONUS) == ["chain_work", "chain_honours", "entity_list"]


#: (indicator, what is blank, what the page says is missing)
BLANKS = [
    ("segment_years", ["segment_years"], ("从事特定细分市场时间",)),
    ("invention_focus", ["inventions_main_class"], ("主导产品主要技术类别的发明专利数量",)),
    ("standards", ["standards_joined"], ("参与制修订标准数量",)),
    ("revenue_per_head", ["revenue_y3", "employees_y1"], ("2023年营业收入", "2025年全职员工数量")),
    ("cost_profit", ["main_cost_y2"], ("2024年主营业务成本",)),
    ("quality_system", ["quality_level"], ("质量管理体系认证情况",)),
    ("product_certificates", ["product_certificates"], ("产品认证",)),
    ("digital", ["digital_score", "smart_titles", "integration"], ("数字化水平评测得分", "智能工厂等称号", "两化融合水平")),
    ("rd_input", ["rd_expense_y1"], ("2025年研发费用总额",)),
    ("rd_staff", ["rd_staff_y1"], ("2025年研发人员数量",)),
    ("revenue_growth", ["revenue_y3"], ("2023年营业收入",)),
    ("profit_growth", ["total_profit_y2"], ("2024年利润总额",)),
]


@pytest.mark.parametrize(("code", "blank", "missing"), BLANKS)
def test_a_blank_input_brings_no_points_and_is_named(code, blank, missing):
    row = indicator(changed(**dict.fromkeys(blank)), code)
    assert (row.points, row.missing) == (0, missing)


def test_without_any_fact_there_is_no_score_and_no_error():
    empty = result({})
    assert empty.total == 0
    assert "2025年营业收入" in empty.missing


@pytest.mark.parametrize(
    ("code", "facts", "note"),
    [
        ("return_on_assets", {"net_assets_y2": Decimal(-3)}, "2024年净资产为 -3，不是正数"),
        ("revenue_per_head", {"employees_y1": 0}, "2025年全职员工数量为 0，不是正数"),
        ("profit_growth", {"total_profit_y3": Decimal("-12.5")}, "2023年利润总额为 -12.5，不是正数"),
        ("cost_profit", flat(main_cost=0, sales_expense=0, admin_expense=0), "2025年成本费用合计为 0，不是正数"),
        ("gross_margin", {"main_revenue_y1": Decimal(0)}, "2025年主营业务收入为 0，不是正数"),
    ],
)
def test_a_base_that_is_not_positive_brings_no_points_and_a_sentence(code, facts, note):
    row = indicator(changed(**facts), code)
    assert row.points == 0
    assert note in row.note


@pytest.mark.parametrize(
    ("facts", "bonus"),
    [
        ({}, "0.00"),
        ({"chain_work": True}, "2.00"),
        ({"chain_honours": True}, "2.00"),
        ({"entity_list": True}, "1.00"),
        ({"chain_work": True, "chain_honours": True, "entity_list": True}, "5.00"),
        ({"chain_work": None}, "0.00"),
    ],
)
def test_the_bonus_of_the_supply_chain(facts, bonus):
    plain, with_bonus = result(changed()), result(changed(**facts))
    assert f"{with_bonus.bonus}" == bonus
    assert with_bonus.total == plain.total + with_bonus.bonus


def test_an_enterprise_at_the_means_that_does_not_grow_has_this_score():
    assert {row.code: f"{row.points}" for row in result(changed()).dimensions} == {
        "specialization": "10.59", "refinement": "11.60", "distinction": "6.60", "innovation": "11.70",
        "growth": "5.54",
    }  # fmt: skip


def test_the_best_enterprise_has_100_points_and_the_bonus_does_not_lead_above():
    best = changed(
        segment_years=10, inventions=10, inventions_main_class=10, inventions_recent=10, standards_lead_national=2,
        quality_level="national", product_certificates=("ul",), digital_score=Decimal(90), green_titles=("factory",),
        pct_patents=3, award_best="national", rd_body_level="national", rd_staff_y1=60, chain_work=True,
        **flat(employees=100, sales_expense=10, admin_expense=10, main_cost=1000, net_profit=5000),
        **course("revenue", 28800, 24000, 20000), **flat(main_revenue=20000, rd_expense=3000),
        **course("total_profit", 15625, 12500, 10000), **course("net_assets", 14641, 12100, 10000),
    )  # fmt: skip
    score = result(best)
    assert [f"{row.percent}" for row in score.dimensions] == ["100.00"] * 5
    assert (score.bonus, score.total) == (2, 100)


def test_the_figures_and_their_distance_from_the_mean_are_shown():
    facts = changed(**flat(revenue=6000, main_cost=5000))
    head, margin, costs = (indicator(facts, code) for code in ("revenue_per_head", "gross_margin", "expense_ratio"))
    assert (head.raw_shown, head.mean_shown, head.difference_shown) == ("60.00 万元/人", "80 万元/人", "−25.00%")
    assert (margin.raw_shown, margin.mean_shown, margin.difference_shown) == ("37.50%", "25.00%", "+12.50 个百分点")
    assert (costs.raw_shown, costs.difference_shown) == ("16.00%", "+4.00 个百分点")
    assert head.mean_source == "平台默认均值"


def test_a_mean_of_thirds_is_shown_with_two_decimals():
    facts = changed(**course("revenue", 110, "100", "90.909090909"))
    assert indicator(facts, "revenue_growth").raw_shown == "10.00%"


def test_an_answer_that_no_scale_knows_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="best"):
        result(changed(quality_level="best"))
