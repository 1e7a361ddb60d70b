"""小巨人 2026 (domain.md §2.3): each of the seven conditions on its bound, just below and just above; renewals."""
import pytest

from applications.tests.standard_facts import assess, condition, part

CODE = "little_giant_2026"


def test_all_seven_conditions_met_meet_the_standard():
    assessment = assess(CODE)
    assert [result.state for result in assessment.conditions] == ["met"] * 4 + ["human", "met", "met"]
    assert assessment.verdict == "meets"


@pytest.mark.parametrize(
    ("number", "facts", "state"),
    [
        (1, {"segment_years": 2}, "not_met"),
        (1, {"segment_years": 3}, "met"),
        (1, {"holds_specialized": False}, "not_met"),
        (2, {"revenue_y1": "4999.99", "revenue_y3": "4000", "main_revenue_y1": "4900"}, "not_met"),
        (2, {"revenue_y1": "5000", "revenue_y3": "4000", "main_revenue_y1": "4900"}, "met"),
        (2, {"revenue_y1": "5000.01", "revenue_y3": "4000", "main_revenue_y1": "4900"}, "met"),
        (2, {"main_revenue_y1": "10799.99"}, "not_met"),
        (2, {"main_revenue_y1": "10800"}, "met"),
        (2, {"main_revenue_y1": "10800.01"}, "met"),
        (2, {"revenue_y1": "11024.99", "main_revenue_y1": "11000"}, "not_met"),
        (2, {"revenue_y1": "11025", "main_revenue_y1": "11000"}, "met"),
        (2, {"revenue_y1": "11025.01", "main_revenue_y1": "11000"}, "met"),
        (2, {"total_liabilities_y1": "7499.99"}, "met"),
        (2, {"total_liabilities_y1": "7500"}, "met"),
        (2, {"total_liabilities_y1": "7500.01"}, "not_met"),
        (3, {"rd_expense_y1": "399.99"}, "not_met"),
        (3, {"rd_expense_y1": "400"}, "met"),
        (3, {"rd_expense_y1": "400.01"}, "met"),
        (3, {"rd_expense_y1": "359.99", "rd_expense_y2": "2000"}, "not_met"),
        (3, {"rd_expense_y1": "360", "rd_expense_y2": "2000"}, "met"),
        (3, {"rd_expense_y1": "2000", "rd_expense_y2": "329.99"}, "not_met"),
        (3, {"rd_expense_y1": "2000", "rd_expense_y2": "330"}, "met"),
        (4, {"ip_class1_effective": 3}, "not_met"),
        (4, {"ip_class1_effective": 4}, "met"),
        (4, {"ip_class1_effective": 5}, "met"),
        (4, {"ip_class1_effective": 0, "award_national_top3": True}, "met"),
        (4, {"ip_class1_effective": 3, "award_national_top5": True, "award_provincial_top3": True}, "not_met"),
        (5, {"market_share": "9.99", "market_rank": 4}, "not_met"),
        (5, {"market_share": "10", "market_rank": 4}, "human"),
        (5, {"market_share": "10.01", "market_rank": 4}, "human"),
        (5, {"market_share": "1", "market_rank": 3}, "human"),
        (5, {"market_share": "1", "market_rank": 2}, "human"),
        (5, {"market_share": None, "market_rank": 3}, "human"),
        (5, {"market_standing": False}, "not_met"),
        (6, {"strategic_field": "six_bases", "chain_key_link": False}, "met"),
        (6, {"strategic_field": "traditional"}, "human"),
        (6, {"strategic_field": "emerging"}, "human"),
        (6, {"strategic_field": "future"}, "human"),
        (6, {"strategic_field": "future", "chain_key_link": False}, "not_met"),
        (6, {"strategic_field": "none"}, "not_met"),
        (6, {"strategic_field": "key_industries"}, "not_met"),
        (7, {"development_score": "59.99"}, "not_met"),
        (7, {"development_score": "60"}, "met"),
        (7, {"development_score": "60.01"}, "met"),
    ],
)
def test_each_condition_holds_from_its_bound_on(number, facts, state):
    assert condition(CODE, number, **facts).state == state
    assert assess(CODE, **facts).verdict == ("not_yet" if state == "not_met" else "meets")


@pytest.mark.parametrize(
    ("number", "facts", "missing"),
    [
        (1, {"holds_specialized": None}, ("已是专精特新中小企业（有效期内）",)),
        (2, {"revenue_y3": None}, ("2023年营业收入",)),
        (3, {"rd_expense_y2": None}, ("2024年研发费用总额",)),
        (4, {"ip_class1_effective": None}, ("已应用并产生经济效益的Ⅰ类知识产权",)),
        (5, {"market_share": None, "market_rank": None}, ("主导产品在细分市场的占有率",)),
        (6, {"strategic_field": None}, ("主导产品所属领域",)),
        (6, {"strategic_field": ""}, ("主导产品所属领域",)),
        (7, {"development_score": None}, ("本年度专精特新发展评价得分",)),
    ],
)
def test_a_blank_input_leaves_the_condition_open_and_is_named(number, facts, missing):
    result = condition(CODE, number, **facts)
    assert (result.state, result.missing) == ("missing", missing)
    assert assess(CODE, **facts).verdict == "incomplete"


def test_the_compound_growth_that_is_missing_is_told_in_money_that_really_suffices():
    row = part(condition(CODE, 2, revenue_y1="10816", main_revenue_y1="10800"), "近两年营业收入复合增长率")
    assert (row["value_shown"], row["gap_shown"]) == ("4.00%", "还差 1 个百分点，约 209 万元（营业收入）")


def test_the_rank_is_told_as_a_rank():
    row = part(condition(CODE, 5, market_share="9", market_rank=5), "国内细分市场名次")
    assert (row["value_shown"], row["threshold_shown"], row["gap_shown"]) == ("第 5 名", "国内前三名", "超出 2 名")


def test_two_years_of_rd_that_are_too_little_name_the_sum():
    row = part(condition(CODE, 3, rd_expense_y1="399.5"), "近两年研发费用合计")
    assert (row["value_shown"], row["gap_shown"]) == ("1199.5 万元", "还差 0.5 万元")


def test_a_renewal_is_not_asked_for_growth_and_shows_it_nevertheless():
    shrinking = {"revenue_y1": "9000", "main_revenue_y1": "9000"}
    assert condition(CODE, 2, **shrinking).state == "not_met"
    result = condition(CODE, 2, renewal=True, **shrinking)
    row = part(result, "近两年营业收入复合增长率")
    assert (result.state, row["state_shown"], row["value_shown"]) == ("met", "不要求", "-5.13%")
    assert "复核不要求复合增长率" in result.text


def test_a_renewal_needs_no_figure_of_the_year_that_only_growth_asks_for():
    result = condition(CODE, 2, renewal=True, revenue_y3=None)
    assert (result.state, result.missing) == ("met", ())


@pytest.mark.parametrize(
    ("this_year", "last_year", "state"),
    [("59.99", "60", "met"), ("60", None, "met"), ("59.99", "59.99", "not_met"), (None, None, "missing")],
)
def test_a_renewal_may_use_the_score_of_either_of_the_last_two_years(this_year, last_year, state):
    facts = {"development_score": this_year, "development_score_last": last_year}
    assert condition(CODE, 7, renewal=True, **facts).state == state


def test_an_application_may_not_use_last_years_score():
    assert condition(CODE, 7, development_score="59", development_score_last="90").state == "not_met"


def test_an_unknown_field_is_refused():
    with pytest.raises(ValueError, match="galaxies"):
        assess(CODE, strategic_field="galaxies")
