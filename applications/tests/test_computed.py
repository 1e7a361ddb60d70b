"""Computed fields: the right figure, the right words for a blank one, and a rounding that never flatters."""
from decimal import Decimal

import pytest

from applications.computed import FIELDS, compute_all, plain, show_percent

YEARS = {"y1": "2025年", "y2": "2024年", "y3": "2023年"}

FACTS = {
    "employees_y1": 80, "rd_staff_y1": 10,
    "employees_y2": 64, "rd_staff_y2": 16,
    "employees_y3": 50, "rd_staff_y3": 1,
    "revenue_y1": Decimal("6000"), "revenue_y2": Decimal("5000"), "revenue_y3": Decimal("4000"),
    "main_revenue_y1": Decimal("4500"), "main_revenue_y2": Decimal("3600"), "main_revenue_y3": Decimal("4000"),
    "net_profit_y1": Decimal("-30"), "net_profit_y2": Decimal("120"), "net_profit_y3": Decimal("100"),
    "total_assets_y1": Decimal("9000"), "total_assets_y2": Decimal("8000"), "total_assets_y3": Decimal("7000"),
    "total_liabilities_y1": Decimal("4500"), "total_liabilities_y2": Decimal("2000"),
    "total_liabilities_y3": Decimal("7700"),
    "rd_expense_y1": Decimal("168"), "rd_expense_y2": Decimal("250"), "rd_expense_y3": Decimal("0"),
}


@pytest.mark.parametrize(
    ("key", "label", "value", "shown"),
    [
        ("rd_ratio_y1", "2025年研发费用占营业收入比重", "2.8", "2.80%"),
        ("rd_ratio_y2", "2024年研发费用占营业收入比重", "5", "5.00%"),
        ("rd_ratio_y3", "2023年研发费用占营业收入比重", "0", "0.00%"),
        ("main_ratio_y1", "2025年主营业务收入占营业收入比重", "75", "75.00%"),
        ("main_ratio_y2", "2024年主营业务收入占营业收入比重", "72", "72.00%"),
        ("main_ratio_y3", "2023年主营业务收入占营业收入比重", "100", "100.00%"),
        ("main_growth_y1", "2025年主营业务收入增长率", "25", "25.00%"),
        ("main_growth_y2", "2024年主营业务收入增长率", "-10", "-10.00%"),
        ("net_profit_growth_y1", "2025年净利润增长率", "-125", "-125.00%"),
        ("net_profit_growth_y2", "2024年净利润增长率", "20", "20.00%"),
        ("debt_ratio_y1", "2025年资产负债率", "50", "50.00%"),
        ("debt_ratio_y2", "2024年资产负债率", "25", "25.00%"),
        ("debt_ratio_y3", "2023年资产负债率", "110", "110.00%"),
        ("rd_staff_ratio_y1", "2025年研发人员占比", "12.5", "12.50%"),
        ("rd_staff_ratio_y2", "2024年研发人员占比", "25", "25.00%"),
        ("rd_staff_ratio_y3", "2023年研发人员占比", "2", "2.00%"),
    ],
)
def test_each_field_is_computed_from_its_own_year_and_shown_with_its_label(key, label, value, shown):
    result = compute_all(FACTS, YEARS)[key]
    assert (result.label, result.value, result.shown) == (label, Decimal(value), shown)
    assert f"{result.figure}%" == shown
    assert (result.missing, result.reason) == ((), "")


def test_all_fields_are_there_in_the_order_of_the_form_each_with_its_unit():
    assert list(compute_all({})) == [
        "rd_ratio_y1", "rd_ratio_y2", "rd_ratio_y3", "main_ratio_y1", "main_ratio_y2", "main_ratio_y3",
        "revenue_growth_y1", "revenue_growth_y2", "main_growth_y1", "main_growth_y2",
        "gross_margin_y1", "gross_margin_y2", "gross_margin_y3", "net_margin_y1", "net_margin_y2", "net_margin_y3",
        "net_profit_growth_y1", "net_profit_growth_y2", "debt_ratio_y1", "debt_ratio_y2", "debt_ratio_y3",
        "rd_staff_ratio_y1", "rd_staff_ratio_y2", "rd_staff_ratio_y3",
        "revenue_per_head_y1", "revenue_per_head_y2", "revenue_per_head_y3",
        "main_growth_average", "revenue_compound_growth", "rd_total_2y", "rd_mean_2y",
    ]
    others = {key: field.unit for key, field in FIELDS.items() if field.unit != "%"}
    assert others == {
        "revenue_per_head_y1": "万元/人", "revenue_per_head_y2": "万元/人", "revenue_per_head_y3": "万元/人",
        "rd_total_2y": "万元", "rd_mean_2y": "万元",
    }


def test_a_blank_result_names_the_missing_input_with_its_year():
    result = compute_all({**FACTS, "revenue_y1": None}, YEARS)["rd_ratio_y1"]
    assert (result.value, result.shown, result.figure) == (None, "", "")
    assert result.missing == ("2025年营业收入",)
    assert result.reason == "缺少：2025年营业收入"


def test_a_blank_result_names_every_missing_input():
    result = compute_all({}, YEARS)["main_growth_y2"]
    assert result.missing == ("2024年主营业务收入", "2023年主营业务收入")
    assert result.reason == "缺少：2024年主营业务收入、2023年主营业务收入"


@pytest.mark.parametrize(
    ("key", "label", "missing"),
    [
        ("main_growth_y1", "上年度主营业务收入增长率", ("上年度主营业务收入", "上上年度主营业务收入")),
        ("debt_ratio_y3", "上上年度前一年资产负债率", ("上上年度前一年负债总额", "上上年度前一年资产总额")),
        ("rd_staff_ratio_y1", "上年度研发人员占比", ("上年度研发人员数量", "上年度全职员工数量")),
    ],
)
def test_without_calendar_years_the_labels_name_the_year_in_general_words(key, label, missing):
    result = compute_all({})[key]
    assert (result.label, result.missing) == (label, missing)


def test_a_zero_numerator_is_a_value_and_not_a_blank():
    assert compute_all({"rd_expense_y1": 0, "revenue_y1": 100})["rd_ratio_y1"].value == 0


@pytest.mark.parametrize(
    ("facts", "key", "reason"),
    [
        (
            {"main_revenue_y1": Decimal("10"), "main_revenue_y2": Decimal("0")}, "main_growth_y1",
            "2024年主营业务收入为 0，不是正数，无法计算2025年主营业务收入增长率；如填写有误，请更正",
        ),
        (
            {"net_profit_y1": Decimal("10"), "net_profit_y2": Decimal("-5.50")}, "net_profit_growth_y1",
            "2024年净利润总额为 -5.5，不是正数，无法计算2025年净利润增长率；如填写有误，请更正",
        ),
        (
            {"rd_expense_y2": Decimal("1"), "revenue_y2": Decimal("0.00")}, "rd_ratio_y2",
            "2024年营业收入为 0，不是正数，无法计算2024年研发费用占营业收入比重；如填写有误，请更正",
        ),
    ],
)
def test_a_base_that_is_not_positive_leaves_the_field_blank_and_says_why(facts, key, reason):
    result = compute_all(facts, YEARS)[key]
    assert (result.value, result.shown, result.missing) == (None, "", ())
    assert result.reason == reason


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("3", "3.00%"),
        ("2.9949", "2.99%"),
        ("2.995", "2.995%"),
        ("2.996", "2.996%"),
        ("2.99996", "2.99996%"),
        ("3.004", "3.004%"),
        ("55.004", "55.004%"),
        ("55.005", "55.01%"),
        ("12.345", "12.35%"),
        ("-12.345", "-12.35%"),
        ("-0.001", "-0.001%"),
        ("0.004", "0.004%"),
        ("-0", "0.00%"),
        ("1E+3", "1000.00%"),
        ("66.66666666666666666666666667", "66.67%"),
        ("12345678901234567890123456789", "12345678901234567890123456789.00%"),
    ],
)
def test_rounding_to_two_decimals_never_lands_on_a_whole_percent_that_was_not_reached(value, shown):
    assert show_percent(Decimal(value)) == shown


def test_the_value_stays_exact_when_the_display_is_rounded():
    result = compute_all({"rd_expense_y1": Decimal("299.6"), "revenue_y1": Decimal("10000")})["rd_ratio_y1"]
    assert (result.value, result.shown) == (Decimal("2.996"), "2.996%")


@pytest.mark.parametrize("wrong", [0.5, "12", True])
def test_a_fact_that_is_not_a_decimal_or_an_integer_is_refused(wrong):
    with pytest.raises(TypeError, match="rd_expense_y1"):
        compute_all({"rd_expense_y1": wrong, "revenue_y1": 1})


@pytest.mark.parametrize("wrong", ["NaN", "Infinity"])
def test_a_fact_that_is_no_finite_number_is_refused(wrong):
    with pytest.raises(ValueError, match="revenue_y1"):
        compute_all({"rd_expense_y1": 1, "revenue_y1": Decimal(wrong)})


def test_figures_of_twenty_digits_are_computed_and_shown_without_an_error():
    facts = {"main_revenue_y1": Decimal("99999999999999999999.99"), "main_revenue_y2": Decimal("0.01")}
    assert compute_all(facts)["main_growth_y1"].shown == "999999999999999999999800.00%"


@pytest.mark.parametrize(("value", "shown"), [("12.50", "12.5"), ("100", "100"), ("1E+3", "1000"), ("-0.00", "0")])
def test_a_plain_number_has_no_exponent_and_no_idle_zeros(value, shown):
    assert plain(Decimal(value)) == shown
