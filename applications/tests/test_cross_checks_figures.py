"""核验 of figures: each finds what does not fit, is silent at its limit, and says both values."""
import pytest

from applications.cross_checks import balance, earlier, growth
from applications.tests.checked import found, payload

REVENUE = ("5600", "4800", "4100")


def test_a_filing_without_an_earlier_one_is_compared_with_nothing():
    assert found(earlier.figures_of_the_same_years, payload(revenue=REVENUE)) == []


def test_figures_of_the_same_calendar_years_are_compared_across_two_filings():
    before = payload(period=2025, revenue=("4000", "4100", "3600"))
    (odd,) = found(earlier.figures_of_the_same_years, payload(revenue=REVENUE), before=before)
    assert (odd.section, odd.field, odd.severity) == ("economy", "revenue", "warn")
    assert "2024年本次为“4,800”万元，上次为“4,000”万元，相差 20%" in odd.message
    assert "2025年" not in odd.message
    assert "2023年" not in odd.message
    assert "CX202500000001" in odd.message
    assert odd.message.endswith("请对照审计报告核实以哪次为准，必要时退回企业说明调整原因。")


@pytest.mark.parametrize(
    ("now", "then", "severity"),
    [
        ("4800", "4800", None),
        ("4848", "4800", None),  # exactly 1 %
        ("4848.01", "4800", "notice"),
        ("5280", "4800", "notice"),  # exactly 10 %
        ("5280.01", "4800", "warn"),
        ("4319.99", "4800", "warn"),
        ("11", "10", None),  # 1 万元, though 10 %
        ("11.01", "10", "warn"),
        ("50", "0", "warn"),
        ("-50", "-20", "warn"),
        ("", "4800", None),
        ("4800", "", None),
    ],
)
def test_the_tolerance_of_the_same_year_is_one_percent_and_ten_thousand_yuan(now, then, severity):
    odds = found(
        earlier.figures_of_the_same_years, payload(net_profit=("1", now, "")),
        before=payload(period=2025, net_profit=(then, "", "")),
    )  # fmt: skip
    assert [odd.severity for odd in odds] == ([severity] if severity else [])


def test_a_row_that_the_earlier_form_did_not_ask_is_passed_over():
    before = payload(period=2025, employees=("100", "90", "80"))
    assert found(earlier.figures_of_the_same_years, payload(revenue=REVENUE), before=before) == []


def test_fast_growth_is_told_with_both_years_and_doubled_is_to_be_verified():
    (odd,) = found(growth.fast_growth, payload(revenue=("2500", "1000", "1000")))
    assert "2025年“2,500”万元比 2024 年“1,000”万元增长 150%" in odd.message
    assert odd.severity == "notice"
    (odd,) = found(growth.fast_growth, payload(revenue=("3100", "1000", "1000")))
    assert odd.severity == "warn"


@pytest.mark.parametrize(
    ("key", "now", "base", "is_told"),
    [
        ("revenue", "1000", "500", False),  # exactly 100 %
        ("revenue", "1000.01", "500", True),
        ("revenue", "5000", "499.99", False),  # from a small base
        ("employees", "41", "20", True),
        ("employees", "80", "19", False),
        ("rd_staff", "21", "10", True),
        ("main_revenue", "1001", "500", True),
        ("net_profit", "400", "100", False),
        ("net_profit", "401", "100", True),
        ("net_profit", "400", "-100", False),
        ("total_assets", "1500.01", "500", True),
        ("rd_expense", "125.01", "50", True),
        ("rd_expense", "125", "50", False),
        ("exports", "5000", "500", False),
    ],
)
def test_growth_is_told_beyond_its_limit_only(key, now, base, is_told):
    assert bool(found(growth.fast_growth, payload(**{key: (now, base, "")}))) is is_told


def test_growth_that_the_enterprise_was_asked_about_is_not_told_twice():
    asked = {"section": "economy", "field": "revenue_y1", "label": "", "message": ""}
    assert found(growth.fast_growth, payload(revenue=("9000", "1000", "1000"), warnings=[asked])) == []
    other_year = asked | {"field": "revenue_y2"}
    assert found(growth.fast_growth, payload(revenue=("9000", "1000", "1000"), warnings=[other_year]))


@pytest.mark.parametrize(
    ("staff", "severity"),
    [
        (("89", "100"), None),
        (("90", "100"), "notice"),
        (("100", "100"), "notice"),
        (("101", "100"), "warn"),
        (("9", "9"), None),
    ],
)
def test_research_staff_near_or_above_all_staff(staff, severity):
    odds = found(balance.rd_staff, payload(rd_staff=(staff[0], "", ""), employees=(staff[1], "", "")))
    assert [odd.severity for odd in odds] == ([severity] if severity else [])
    for odd in odds:
        assert f"“{staff[0]}”人，占全职员工数量“{staff[1]}”人的" in odd.message
        assert odd.field == "rd_staff"


@pytest.mark.parametrize(
    ("expense", "revenue", "severity"),
    [
        ("499.99", "1000", None),
        ("500", "1000", "notice"),
        ("1000.01", "1000", "warn"),
        ("500", "0", None),
        ("500", "", None),
    ],
)
def test_research_expense_near_or_above_revenue(expense, revenue, severity):
    odds = found(balance.rd_expense, payload(rd_expense=(expense, "", ""), revenue=(revenue, "", "")))
    assert [odd.severity for odd in odds] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("check", "part", "whole", "severity"),
    [
        (balance.main_revenue, "main_revenue", "revenue", "warn"),
        (balance.exports, "exports", "revenue", "warn"),
        (balance.profit_above_revenue, "net_profit", "revenue", "notice"),
        (balance.profit_above_revenue, "total_profit", "revenue", "notice"),
        (balance.net_above_total, "net_profit", "total_profit", "notice"),
        (balance.debts_above_assets, "total_liabilities", "total_assets", "notice"),
    ],
)
def test_a_part_above_its_whole_is_told_with_both_figures(check, part, whole, severity):
    (odd,) = found(check, payload(**{part: ("1", "1200.5", "1"), whole: ("1", "1200", "1")}))
    assert (odd.field, odd.severity) == (part, severity)
    assert "2024年“1,200.5”万元大于" in odd.message
    assert "“1,200”万元" in odd.message
    assert found(check, payload(**{part: ("1", "1200", "1"), whole: ("1", "1200", "1")})) == []
    assert found(check, payload(**{part: ("5", "", ""), whole: ("", "5", "")})) == []
    assert found(check, payload(**{part: ("5", "", ""), whole: ("0", "", "")})) == []
    assert found(check, payload(**{whole: ("1", "2", "3")})) == []


def test_products_above_the_main_revenue_are_told_and_equal_ones_are_not():
    products = {"specialization.products": [{"name": "甲", "revenue": "3,000"}, {"name": "乙", "revenue": "2,000.01"}]}
    (odd,) = found(balance.products_above_main_revenue, payload(main_revenue=("5000", "", ""), lists=products))
    assert "2025 年销售收入合计“5,000.01”万元，大于主营业务收入“5,000”万元" in odd.message
    assert (odd.section, odd.field) == ("specialization", "products")
    assert found(balance.products_above_main_revenue, payload(main_revenue=("5000.01", "", ""), lists=products)) == []
    assert found(balance.products_above_main_revenue, payload(main_revenue=("5000", "", ""))) == []
