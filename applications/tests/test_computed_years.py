"""Computed fields over several inputs or years: margins, per head, average and compound growth, two years of R&D."""
from decimal import Decimal

import pytest

from applications.computed import FIELDS, INPUT_LABELS, compute_all
from applications.standards.indicators import BandedIndicator
from applications.standards.registry import STANDARDS

YEARS = {"y1": "2025年", "y2": "2024年", "y3": "2023年"}

FACTS = {
    "employees_y1": 80, "employees_y2": 64, "employees_y3": 50,
    "revenue_y1": Decimal("6050"), "revenue_y2": Decimal("5000"), "revenue_y3": Decimal("5000"),
    "main_revenue_y1": Decimal("4500"), "main_revenue_y2": Decimal("3600"), "main_revenue_y3": Decimal("4000"),
    "main_cost_y1": Decimal("2700"), "main_cost_y2": Decimal("3600"), "main_cost_y3": Decimal("4100"),
    "net_profit_y1": Decimal("-60.5"), "net_profit_y2": Decimal("500"), "net_profit_y3": Decimal("0"),
    "rd_expense_y1": Decimal("168"), "rd_expense_y2": Decimal("250.01"),
}


@pytest.mark.parametrize(
    ("key", "label", "shown", "figure"),
    [
        ("revenue_growth_y1", "2025年营业收入增长率", "21.00%", "21.00"),
        ("revenue_growth_y2", "2024年营业收入增长率", "0.00%", "0.00"),
        ("gross_margin_y1", "2025年毛利率", "40.00%", "40.00"),
        ("gross_margin_y2", "2024年毛利率", "0.00%", "0.00"),
        ("gross_margin_y3", "2023年毛利率", "-2.50%", "-2.50"),
        ("net_margin_y1", "2025年净利润率", "-1.00%", "-1.00"),
        ("net_margin_y2", "2024年净利润率", "10.00%", "10.00"),
        ("net_margin_y3", "2023年净利润率", "0.00%", "0.00"),
        ("revenue_per_head_y1", "2025年人均营业收入", "75.63 万元/人", "75.63"),
        ("revenue_per_head_y2", "2024年人均营业收入", "78.13 万元/人", "78.13"),
        ("revenue_per_head_y3", "2023年人均营业收入", "100.00 万元/人", "100.00"),
        ("main_growth_average", "近2年主营业务收入平均增长率", "7.50%", "7.50"),
        ("revenue_compound_growth", "近两年营业收入复合增长率", "10.00%", "10.00"),
        ("rd_total_2y", "近两年研发费用合计", "418.01 万元", "418.01"),
        ("rd_mean_2y", "近两年研发费用总额均值", "209.005 万元", "209.005"),
    ],
)
def test_each_field_is_computed_and_shown_with_its_unit(key, label, shown, figure):
    result = compute_all(FACTS, YEARS)[key]
    assert (result.label, result.shown, result.figure, result.missing) == (label, shown, figure, ())


@pytest.mark.parametrize(
    ("key", "missing"),
    [
        ("gross_margin_y1", ("2025年主营业务收入", "2025年主营业务成本")),
        ("revenue_per_head_y1", ("2025年营业收入", "2025年全职员工数量")),
        ("main_growth_average", ("2025年主营业务收入", "2024年主营业务收入", "2023年主营业务收入")),
        ("revenue_compound_growth", ("2025年营业收入", "2023年营业收入")),
        ("rd_total_2y", ("2025年研发费用总额", "2024年研发费用总额")),
        ("rd_mean_2y", ("2025年研发费用总额", "2024年研发费用总额")),
    ],
)
def test_a_blank_result_names_every_missing_input(key, missing):
    result = compute_all({}, YEARS)[key]
    assert (result.value, result.shown, result.missing) == (None, "", missing)
    assert result.reason == "缺少：" + "、".join(missing)


@pytest.mark.parametrize("blank", ["main_revenue_y1", "main_revenue_y2", "main_revenue_y3"])
def test_one_blank_year_is_enough_to_leave_the_average_growth_blank(blank):
    assert compute_all(FACTS | {blank: None}, YEARS)["main_growth_average"].missing == (
        YEARS[blank[-2:]] + "主营业务收入",
    )


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        ({"employees_y1": 0}, "revenue_per_head_y1", "2025年全职员工数量为 0，不是正数，无法计算2025年人均营业收入"),
        ({"main_revenue_y2": 0}, "main_growth_average", "2024年主营业务收入为 0，不是正数，无法计算近2年主营业务收入平均增长率"),
        ({"main_revenue_y3": 0}, "main_growth_average", "2023年主营业务收入为 0，不是正数，无法计算近2年主营业务收入平均增长率"),
        ({"revenue_y3": 0}, "revenue_compound_growth", "2023年营业收入为 0，不是正数，无法计算近两年营业收入复合增长率"),
        ({"main_revenue_y1": 0}, "gross_margin_y1", "2025年主营业务收入为 0，不是正数，无法计算2025年毛利率"),
    ],
)
def test_a_base_of_zero_leaves_the_field_blank_and_says_why(change, key, reason):
    result = compute_all(FACTS | change, YEARS)[key]
    assert (result.value, result.missing) == (None, ())
    assert result.reason == reason + "；如填写有误，请更正"


def test_a_sum_of_zero_is_a_value():
    assert compute_all({"rd_expense_y1": 0, "rd_expense_y2": 0})["rd_total_2y"].shown == "0 万元"


@pytest.mark.parametrize(
    ("last", "before", "three", "value"),
    [
        ("31", "30", "28.125", "5"),
        ("110", "100", "100", "5"),
        ("109.99", "100", "100", "4.995"),
        ("99", "90", "100", "0"),
        ("6", "3", "6", "25"),
    ],
)
def test_the_average_growth_is_exact_though_its_two_rates_are_endless_fractions(last, before, three, value):
    facts = {"main_revenue_y1": Decimal(last), "main_revenue_y2": Decimal(before), "main_revenue_y3": Decimal(three)}
    assert compute_all(facts)["main_growth_average"].value == Decimal(value)


@pytest.mark.parametrize(
    ("last", "first", "reached"),
    [
        ("1102.5", "1000", True),
        ("1102.49", "1000", False),
        ("1102.51", "1000", True),
        ("3.3075", "3", True),
        ("11024999999999.99", "10000000000000", False),
        ("11025000000000", "10000000000000", True),
    ],
)
def test_the_compound_growth_reaches_five_percent_exactly_at_its_bound(last, first, reached):
    facts = {"revenue_y1": Decimal(last), "revenue_y3": Decimal(first)}
    assert (compute_all(facts)["revenue_compound_growth"].value >= 5) is reached


@pytest.mark.parametrize("key", [key for key, field in FIELDS.items() if field.inverse])
def test_the_inverse_of_every_field_gives_back_its_first_input(key):
    field = FIELDS[key]
    given = [Decimal(value) for value in (120, 100, 80)][: len(field.inputs)]
    value = field.function(*given)
    assert field.inverse(value, *given[1:]) == pytest.approx(given[0])


def test_every_input_of_a_field_has_a_label():
    names = {key.rpartition("_")[0] for field in FIELDS.values() for key in field.inputs}
    assert names <= set(INPUT_LABELS)


def test_every_threshold_in_percent_is_a_whole_number_as_the_display_relies_on():
    indicators = [
        indicator for standard in STANDARDS for indicator in standard.indicators_of("510000")
        if isinstance(indicator, BandedIndicator)
    ]
    bounds = [
        bound
        for indicator in indicators
        for band in indicator.bands
        for bound in (band.at_least, band.at_most, getattr(band, "share_at_least", None))
        if bound is not None
    ]
    assert len(bounds) >= 50
    assert [bound for bound in bounds if bound != int(bound)] == []


def test_every_threshold_of_a_condition_is_told_as_a_whole_number():
    shown = [
        row["threshold_shown"]
        for standard in STANDARDS
        for renewal in (False, True)
        for condition in standard.assess({}, renewal=renewal).as_payload()["conditions"]
        for row in condition["parts"]
    ]
    assert sum("%" in words for words in shown) >= 15
    assert not [words for words in shown if "." in words]
