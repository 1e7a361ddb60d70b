"""创新型 2022: every band edge of domain.md §1.6, exactly on it, just below and just above, and the gap sentences."""
from decimal import Decimal

import pytest

from applications import standards

YEARS = {"y1": "2025年", "y2": "2024年", "y3": "2023年"}


def indicator(code, **facts):
    """The result of one indicator for facts given as text or int."""
    typed = {key: Decimal(value) if isinstance(value, str) and key.endswith(("y1", "y2")) else value
             for key, value in facts.items()}
    assessment = standards.get("innovative_2022").assess(typed, YEARS)
    return next(result for result in assessment.indicators if result.code == code)


def assert_band(result, letter, points):
    assert (result.band, result.points, result.complete, result.missing) == (letter, points, True, ())


@pytest.mark.parametrize(
    ("high_value", "own", "class1", "class2", "letter", "points"),
    [
        (1, 0, 1, 0, "A", 20),
        (2, 0, 2, 9, "A", 20),
        (0, 1, 1, 0, "B", 15),
        (0, 0, 1, 0, "C", 10),
        (0, 0, 0, 1, "D", 5),
        (0, 0, 0, 0, "E", 0),
        (True, False, 1, 0, "A", 20),
        (False, True, 1, 0, "B", 15),
    ],
)
def test_intellectual_property_scores_the_best_kind_of_which_there_is_at_least_one(
    high_value, own, class1, class2, letter, points
):
    result = indicator(
        "ip", ip_class1_high_value=high_value, ip_class1_self=own, ip_class1=class1, ip_class2=class2
    )
    assert_band(result, letter, points)
    assert result.max_points == 20


@pytest.mark.parametrize(
    ("expense", "letter", "points"),
    [
        ("600", "A", 20), ("500.01", "A", 20), ("500", "A", 20), ("499.99", "B", 15),
        ("300.01", "B", 15), ("300", "B", 15), ("299.99", "C", 10),
        ("200.01", "C", 10), ("200", "C", 10), ("199.99", "D", 5),
        ("100.01", "D", 5), ("100", "D", 5), ("99.99", "E", 0), ("0", "E", 0),
    ],
)
def test_rd_ratio_takes_the_higher_score_on_each_edge(expense, letter, points):
    assert_band(indicator("rd_ratio", rd_expense_y1=expense, revenue_y1="10000"), letter, points)


@pytest.mark.parametrize(
    ("main_revenue", "letter", "points"),
    [
        ("20000", "A", 20), ("11500.01", "A", 20), ("11500", "A", 20), ("11499.99", "B", 15),
        ("11000.01", "B", 15), ("11000", "B", 15), ("10999.99", "C", 10),
        ("10500.01", "C", 10), ("10500", "C", 10), ("10499.99", "D", 5),
        ("10000.01", "D", 5), ("10000", "D", 5), ("9999.99", "E", 0), ("0", "E", 0),
    ],
)
def test_main_growth_takes_the_higher_score_on_each_edge_and_nothing_when_negative(main_revenue, letter, points):
    assert_band(indicator("main_growth", main_revenue_y1=main_revenue, main_revenue_y2="10000"), letter, points)


@pytest.mark.parametrize(
    ("liabilities", "letter", "points"),
    [
        ("0", "A", 10), ("5499.99", "A", 10), ("5500", "A", 10), ("5500.01", "B", 5),
        ("7499.99", "B", 5), ("7500", "B", 5), ("7500.01", "D", 0), ("12000", "D", 0),
    ],
)
def test_debt_ratio_takes_the_higher_score_on_each_edge_with_the_official_letters(liabilities, letter, points):
    assert_band(indicator("debt_ratio", total_liabilities_y1=liabilities, total_assets_y1="10000"), letter, points)


@pytest.mark.parametrize(("answer", "letter", "points"), [("yes", "A", 10), ("no", "B", 5)])
def test_an_emerging_industry_brings_ten_points_and_any_other_five(answer, letter, points):
    assert_band(indicator("emerging_industry", emerging_industry=answer), letter, points)


@pytest.mark.parametrize(
    ("main_revenue", "letter", "points"),
    [
        ("10000", "A", 20), ("7000.01", "A", 20), ("7000", "A", 20), ("6999.99", "B", 15),
        ("6000.01", "B", 15), ("6000", "B", 15), ("5999.99", "C", 10),
        ("5500.01", "C", 10), ("5500", "C", 10), ("5499.99", "D", 5),
        ("5000.01", "D", 5), ("5000", "D", 5), ("4999.99", "E", 0), ("0", "E", 0),
    ],
)
def test_main_ratio_takes_the_higher_score_on_each_edge(main_revenue, letter, points):
    assert_band(indicator("main_ratio", main_revenue_y1=main_revenue, revenue_y1="10000"), letter, points)


def test_a_ratio_that_only_rounds_to_a_threshold_stays_below_it_and_is_not_shown_as_reaching_it():
    result = indicator("rd_ratio", rd_expense_y1="299.60", revenue_y1="10000")
    assert (result.band, result.value_shown) == ("C", "2.996%")
    assert result.gap_shown == (
        "研发费用占营业收入比重 2.996%，距“3%～5%”还差 0.004 个百分点，约 0.4 万元（研发费用总额）"
    )


def test_the_bands_are_told_in_the_official_words():
    assert indicator("debt_ratio").threshold_shown == "A. 55%以下（10分）；B. 55%～75%（5分）；D. 75%以上（0分）"
    assert indicator("ip").threshold_shown == (
        "A. Ⅰ类高价值知识产权1项以上（20分）；B. 自主研发的Ⅰ类知识产权1项以上（15分）；C. Ⅰ类知识产权1项以上（10分）；"
        "D. Ⅱ类知识产权1项以上（5分）；E. 无（0分）"
    )


@pytest.mark.parametrize(
    ("code", "facts", "gap"),
    [
        (
            "rd_ratio", {"rd_expense_y1": "168", "revenue_y1": "6000"},
            "研发费用占营业收入比重 2.80%，距“3%～5%”还差 0.20 个百分点，约 12 万元（研发费用总额）",
        ),
        (
            "main_growth", {"main_revenue_y1": "950", "main_revenue_y2": "1000"},
            "主营业务收入增长率 -5.00%，距“0%～5%”还差 5.00 个百分点，约 50 万元（主营业务收入）",
        ),
        (
            "main_ratio", {"main_revenue_y1": "1000", "revenue_y1": "1515"},
            "主营业务收入占营业收入比重 66.01%，距“70%以上”还差 3.99 个百分点，约 60.5 万元（主营业务收入）",
        ),
        (
            "debt_ratio", {"total_liabilities_y1": "560", "total_assets_y1": "1000"},
            "资产负债率 56.00%，比“55%以下”高 1.00 个百分点，约 10 万元（负债总额）",
        ),
        (
            "debt_ratio", {"total_liabilities_y1": "800", "total_assets_y1": "1000"},
            "资产负债率 80.00%，比“55%～75%”高 5.00 个百分点，约 50 万元（负债总额）",
        ),
        ("emerging_industry", {"emerging_industry": "no"}, "目前为“属于其他领域”；“属于《战略性新兴产业分类》”得 10 分"),
        (
            "ip", {"ip_class1": 0, "ip_class2": 0},
            "目前为“无”，距“Ⅱ类知识产权1项以上”还差 1 项",
        ),
        (
            "ip", {"ip_class1_high_value": 0, "ip_class1_self": 0, "ip_class1": 2},
            "目前为“Ⅰ类知识产权1项以上”，距“自主研发的Ⅰ类知识产权1项以上”还差 1 项",
        ),
    ],
)
def test_the_gap_sentence_says_what_is_missing_to_the_next_better_band(code, facts, gap):
    assert indicator(code, **facts).gap_shown == gap


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("ip", {"ip_class1_high_value": 1}),
        ("rd_ratio", {"rd_expense_y1": "5", "revenue_y1": "100"}),
        ("main_growth", {"main_revenue_y1": "115", "main_revenue_y2": "100"}),
        ("debt_ratio", {"total_liabilities_y1": "55", "total_assets_y1": "100"}),
        ("emerging_industry", {"emerging_industry": "yes"}),
        ("main_ratio", {"main_revenue_y1": "70", "revenue_y1": "100"}),
    ],
)
def test_there_is_no_gap_at_the_best_band(code, facts):
    result = indicator(code, **facts)
    assert (result.band, result.gap_shown) == ("A", "")


def test_spending_the_sum_of_the_gap_sentence_reaches_the_band():
    before = indicator("rd_ratio", rd_expense_y1="10", revenue_y1="777.77")
    assert before.gap_shown.endswith("约 5.56 万元（研发费用总额）")
    assert indicator("rd_ratio", rd_expense_y1="15.55", revenue_y1="777.77").band == "D"
    assert indicator("rd_ratio", rd_expense_y1="15.56", revenue_y1="777.77").band == "C"


@pytest.mark.parametrize(
    ("code", "facts", "missing"),
    [
        ("ip", {}, ("Ⅰ类高价值知识产权数量", "自主研发的Ⅰ类知识产权数量", "Ⅰ类知识产权数量", "Ⅱ类知识产权数量")),
        ("ip", {"ip_class1_self": 3}, ("Ⅰ类高价值知识产权数量",)),
        ("ip", {"ip_class1": 0}, ("Ⅱ类知识产权数量",)),
        ("rd_ratio", {"rd_expense_y1": "5"}, ("2025年营业收入",)),
        ("main_growth", {"main_revenue_y1": "5"}, ("2024年主营业务收入",)),
        ("debt_ratio", {}, ("2025年负债总额", "2025年资产总额")),
        ("emerging_industry", {}, ("主导产品所属领域情况",)),
        ("emerging_industry", {"emerging_industry": ""}, ("主导产品所属领域情况",)),
        ("main_ratio", {"revenue_y1": "5"}, ("2025年主营业务收入",)),
    ],
)
def test_a_blank_input_gives_no_points_and_is_named(code, facts, missing):
    result = indicator(code, **facts)
    assert (result.complete, result.band, result.points, result.missing) == (False, "", 0, missing)
    assert (result.reason, result.gap_shown) == ("缺少：" + "、".join(missing), "")


def test_growth_over_a_year_without_income_is_explained_instead_of_scored():
    result = indicator("main_growth", main_revenue_y1="500", main_revenue_y2="0")
    assert (result.complete, result.points, result.missing) == (False, 0, ())
    assert result.reason == "2024年主营业务收入为 0，不是正数，无法计算2025年主营业务收入增长率；如填写有误，请更正"


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"ip_class1_high_value": 0, "ip_class1_self": 2, "ip_class1": 3}, "自主研发的Ⅰ类知识产权 2 项"),
        ({"ip_class1": 0, "ip_class2": 0}, "无"),
    ],
)
def test_the_value_of_intellectual_property_is_the_count_that_decided(facts, shown):
    assert indicator("ip", **facts).value_shown == shown


def test_an_option_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="maybe"):
        indicator("emerging_industry", emerging_industry="maybe")
