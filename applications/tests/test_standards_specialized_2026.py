"""专精特新 2026 (domain.md §2.2): each condition on its bound, just below, just above; what a renewal changes."""
import pytest

from applications.tests.standard_facts import assess, condition, part

CODE = "specialized_2026"


def test_an_enterprise_that_meets_all_six_conditions_meets_the_standard_and_the_judged_one_is_named():
    assessment = assess(CODE)
    assert [result.state for result in assessment.conditions] == ["met", "met", "met", "met", "human", "met"]
    assert (assessment.verdict, assessment.passes) == ("meets", True)
    assert assessment.summary_shown == "6 项条件，已满足 5 项，1 项由审核部门判断"
    assert assessment.verdict_shown == (
        "6 项条件，已满足 5 项，1 项由审核部门判断。第 5 项“市场地位”没有量化标准，由审核部门判断。按填报内容，满足认定标准。"
    )


def test_nothing_is_scored():
    assessment = assess(CODE)
    assert (assessment.indicators, assessment.groups, assessment.directs) == ((), (), ())
    assert assessment.self_score is None


@pytest.mark.parametrize(
    ("number", "facts", "state"),
    [
        (1, {"segment_years": 2}, "not_met"),
        (1, {"segment_years": 3}, "met"),
        (1, {"segment_years": 4}, "met"),
        (1, {"holds_base_title": False}, "not_met"),
        (2, {"revenue_y1": "1499.99", "main_revenue_y1": "1400"}, "not_met"),
        (2, {"revenue_y1": "1500", "main_revenue_y1": "1400"}, "met"),
        (2, {"revenue_y1": "1500.01", "main_revenue_y1": "1400"}, "met"),
        (2, {"revenue_y1": "900", "main_revenue_y1": "900", "new_equity_2y": "1999.99"}, "not_met"),
        (2, {"revenue_y1": "900", "main_revenue_y1": "900", "new_equity_2y": "2000"}, "met"),
        (2, {"main_revenue_y1": "9599.99"}, "not_met"),
        (2, {"main_revenue_y1": "9600"}, "met"),
        (2, {"main_revenue_y1": "9600.01"}, "met"),
        (2, {"total_liabilities_y1": "7999.99"}, "met"),
        (2, {"total_liabilities_y1": "8000"}, "met"),
        (2, {"total_liabilities_y1": "8000.01"}, "not_met"),
        (3, {"revenue_y1": "2000", "rd_expense_y1": "99.99"}, "not_met"),
        (3, {"revenue_y1": "2000", "rd_expense_y1": "100"}, "met"),
        (3, {"revenue_y1": "2000", "rd_expense_y1": "100.01"}, "met"),
        (3, {"revenue_y2": "2000", "rd_expense_y2": "99.99"}, "not_met"),
        (3, {"revenue_y2": "2000", "rd_expense_y2": "100"}, "met"),
        (3, {"rd_expense_y1": "359.99"}, "not_met"),
        (3, {"rd_expense_y1": "360"}, "met"),
        (3, {"rd_expense_y1": "360.01"}, "met"),
        (3, {"rd_expense_y2": "329.99"}, "not_met"),
        (3, {"rd_expense_y2": "330"}, "met"),
        (4, {"ip_class1_effective": 0}, "not_met"),
        (4, {"ip_class1_effective": 1}, "met"),
        (4, {"ip_class1_effective": 0, "award_provincial_top3": True}, "met"),
        (4, {"ip_class1_effective": 0, "rd_body_provincial": True}, "met"),
        (5, {"market_standing": True}, "human"),
        (5, {"market_standing": False}, "not_met"),
        (6, {"development_score": "49.99"}, "not_met"),
        (6, {"development_score": "50"}, "met"),
        (6, {"development_score": "50.01"}, "met"),
    ],
)
def test_each_condition_holds_from_its_bound_on(number, facts, state):
    assert condition(CODE, number, **facts).state == state
    verdict = "not_yet" if state == "not_met" else "meets"
    assert assess(CODE, **facts).verdict == verdict


@pytest.mark.parametrize(
    ("number", "facts", "missing"),
    [
        (1, {"holds_base_title": None}, ("已是科技和创新型中小企业",)),
        (1, {"segment_years": None}, ("从事特定细分市场时间（截至上年末）",)),
        (2, {"revenue_y1": None}, ("2025年营业收入",)),
        (2, {"total_assets_y1": None}, ("2025年资产总额",)),
        (3, {"rd_expense_y2": None}, ("2024年研发费用总额",)),
        (4, {"ip_class1_effective": None}, ("已应用并产生经济效益的Ⅰ类知识产权",)),
        (5, {"market_standing": None}, ("占有率较为靠前，具有一定的知名度和影响力",)),
        (6, {"development_score": None}, ("本年度专精特新发展评价得分",)),
    ],
)
def test_a_blank_input_leaves_the_condition_open_and_is_named(number, facts, missing):
    result = condition(CODE, number, **facts)
    assert (result.state, result.missing) == ("missing", missing)
    assessment = assess(CODE, **facts)
    assert (assessment.verdict, assessment.passes, assessment.missing) == ("incomplete", False, missing)
    assert "缺少：" + "、".join(missing) in assessment.verdict_shown
    assert assessment.verdict_shown.endswith("补充后才能得出结论。")


def test_what_is_missing_is_told_in_percentage_points_and_in_money():
    result = condition(CODE, 3, revenue_y1="6000", rd_expense_y1="168")
    row = part(result, "2025年研发费用占营业收入比重")
    assert (row["value_shown"], row["threshold_shown"], row["state_shown"]) == ("2.80%", "不低于 3%", "未满足")
    assert row["gap_shown"] == "还差 0.2 个百分点，约 12 万元（研发费用总额）"
    assert result.rule.lacking() == (
        "2025年研发费用占营业收入比重 2.80%，还差 0.2 个百分点，约 12 万元（研发费用总额）"
    )


def test_a_debt_ratio_above_its_bound_is_told_as_an_excess():
    row = part(condition(CODE, 2, total_liabilities_y1="8150"), "2025年资产负债率")
    assert (row["value_shown"], row["gap_shown"]) == ("81.50%", "超出 1.5 个百分点，约 150 万元（负债总额）")


def test_equity_stands_in_for_revenue_and_the_revenue_is_then_not_asked_for():
    result = condition(CODE, 2, revenue_y1="900", main_revenue_y1="900", new_equity_2y="2000")
    assert part(result, "2025年营业收入")["state"] == "needless"
    assert part(result, "近2年新增股权融资总额")["state"] == "met"


def test_neither_revenue_nor_equity_names_both_ways():
    result = condition(CODE, 2, revenue_y1="900", main_revenue_y1="900", new_equity_2y="1500")
    assert result.rule.lacking() == (
        "2025年营业收入 900 万元，还差 600 万元，或近2年新增股权融资总额（合格机构投资者的实缴额） 1500 万元，还差 500 万元"
    )


def test_a_waiver_left_blank_counts_as_not_claimed():
    result = condition(CODE, 4, ip_class1_effective=0, award_provincial_top3=None, rd_body_provincial=None)
    assert (result.state, result.missing) == ("not_met", ())
    assert part(result, "近三年获得省部级以上科技奖励")["value_shown"] == "未填写"


def test_the_development_score_is_labelled_as_an_estimate_with_weights_that_are_not_official():
    assert condition(CODE, 6).note.startswith("预估（非官方权重）")
    assert condition(CODE, 6, renewal=True).note.startswith("预估（非官方权重）")


@pytest.mark.parametrize(
    ("this_year", "last_year", "state"),
    [
        ("49.99", "50", "met"),
        ("50", "10", "met"),
        ("49.99", "49.99", "not_met"),
        ("49.99", None, "not_met"),
        (None, "50", "met"),
        (None, None, "missing"),
    ],
)
def test_a_renewal_may_use_the_score_of_either_of_the_last_two_years(this_year, last_year, state):
    facts = {"development_score": this_year, "development_score_last": last_year}
    assert condition(CODE, 6, renewal=True, **facts).state == state


def test_an_application_may_not_use_last_years_score():
    assert condition(CODE, 6, development_score="49.99", development_score_last="80").state == "not_met"


def test_the_wording_of_a_renewal_is_shown_with_it():
    assert condition(CODE, 6).text == "本年度专精特新发展评价得分50分以上。"
    assert "任一年度" in condition(CODE, 6, renewal=True).text


def test_one_condition_not_met_decides_though_others_are_still_blank():
    assessment = assess(CODE, segment_years=1, rd_expense_y1=None)
    assert assessment.verdict == "not_yet"
    assert assessment.summary_shown == "6 项条件，已满足 3 项，1 项未满足，1 项待补充，1 项由审核部门判断"
    assert assessment.verdict_shown == (
        "6 项条件，已满足 3 项，1 项未满足，1 项待补充，1 项由审核部门判断。"
        "未满足：第 1 项“培育基础和专注时间”（从事特定细分市场时间（截至上年末） 1 年，还差 2 年）。"
        "待补充：第 3 项“研发投入”（缺少：2025年研发费用总额）。"
        "第 5 项“市场地位”没有量化标准，由审核部门判断。暂不满足认定标准。"
    )
