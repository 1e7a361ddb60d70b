"""专精特新 2022 (domain.md §1.7): the four conditions, the sixty points and the direct ways."""
import pytest

from applications.tests.standard_facts import assess, condition, part

CODE = "specialized_2022"
#: 46 of 100 points without a province.
WEAK = {"digital_level": 0, "quality_award": False, "management_certificates": (), "standards_joined": 0,
        "chain_position": "C", "ip_class1_high_value": 0, "ip_class1_self": 0, "ip_class1": 0, "ip_class2": 1,
        "rd_body_level": "none", "total_liabilities_y1": "6500", "rd_staff_y1": 10}


def test_eighty_points_and_three_conditions_meet_the_standard():
    assessment = assess(CODE)
    assert (assessment.total, assessment.max_total, assessment.self_score) == (80, 100, 80)
    assert (assessment.verdict, assessment.summary_shown) == ("meets", "4 项条件，已满足 4 项")
    assert assessment.verdict_shown == "4 项条件，已满足 4 项。按填报内容，满足认定标准。"


@pytest.mark.parametrize(
    ("number", "facts", "state"),
    [
        (1, {"segment_years": 1}, "not_met"),
        (1, {"segment_years": 2}, "met"),
        (1, {"segment_years": 3}, "met"),
        (2, {"revenue_y1": "2000", "rd_expense_y1": "99.99"}, "not_met"),
        (2, {"revenue_y1": "2000", "rd_expense_y1": "100"}, "met"),
        (2, {"revenue_y1": "2000", "rd_expense_y1": "100.01"}, "met"),
        (2, {"rd_expense_y1": "359.99"}, "not_met"),
        (2, {"rd_expense_y1": "360"}, "met"),
        (2, {"rd_expense_y2": "0"}, "met"),
        (3, {"revenue_y1": "999.99", "new_equity_2y": "1999.99"}, "not_met"),
        (3, {"revenue_y1": "1000", "new_equity_2y": "0"}, "met"),
        (3, {"revenue_y1": "1000.01", "new_equity_2y": "0"}, "met"),
        (3, {"revenue_y1": "999.99", "new_equity_2y": "2000"}, "met"),
    ],
)
def test_each_condition_holds_from_its_bound_on(number, facts, state):
    assert condition(CODE, number, **facts).state == state


@pytest.mark.parametrize(
    ("facts", "total", "state", "verdict"),
    [
        ({"region": "510100", "regional_1": "yes", "regional_2": "no", "regional_3": "no"}, 54, "not_met", "not_yet"),
        ({"region": "510100", "regional_1": "yes", "regional_2": "no", "regional_3": "yes"}, 57, "not_met", "not_yet"),
        ({"region": "510100", "regional_1": "yes", "regional_2": "yes", "regional_3": "no"}, 58, "not_met", "not_yet"),
        ({"region": "510100", "regional_1": "yes", "regional_2": "yes", "regional_3": "yes"}, 61, "met", "meets"),
        ({"region": "440100", "regional_1": "field", "regional_2": "first_set", "regional_3": "provincial"},
         60, "met", "meets"),
        ({"region": "440100", "regional_1": "field", "regional_2": "first_set", "regional_3": "city"},
         59, "not_met", "not_yet"),
    ],
)
def test_fifty_nine_points_fail_and_sixty_suffice(facts, total, state, verdict):
    assessment = assess(CODE, **WEAK, **facts)
    assert (assessment.total, assessment.conditions[3].state, assessment.verdict) == (total, state, verdict)


@pytest.mark.parametrize(
    ("facts", "met"),
    [
        ({"award_provincial_top3": True}, True),
        ({"award_national_top5": True}, True),
        ({"award_national_top3": True}, False),
        ({"rd_expense_y2": "1099.99"}, False),
        ({"rd_expense_y2": "1100"}, True),
        ({"rd_expense_y2": "1100.01"}, True),
        ({"new_equity_2y": "5999.99"}, False),
        ({"new_equity_2y": "6000"}, True),
        ({"new_equity_2y": "6000.01"}, True),
        ({"maker_china_500": True}, True),
        ({"maker_china_50": True}, False),
    ],
)
def test_a_direct_way_stands_in_for_the_score(facts, met):
    assessment = assess(CODE, **WEAK, **facts)
    assert assessment.total < 60
    assert assessment.verdict == ("meets_direct" if met else "not_yet")
    assert assessment.conditions[3].direct is met


def test_a_score_that_suffices_is_no_direct_way_even_when_one_is_open_too():
    assert assess(CODE, award_provincial_top3=True).verdict == "meets"


def test_a_direct_way_does_not_stand_in_for_the_other_conditions():
    assert assess(CODE, segment_years=1, award_provincial_top3=True).verdict == "not_yet"


def test_a_blank_indicator_leaves_the_score_open_while_it_does_not_suffice():
    assessment = assess(CODE, **WEAK | {"digital_level": None})
    assert (assessment.conditions[3].state, assessment.verdict) == ("missing", "incomplete")
    assert assessment.missing == ("数字化水平评测结果",)
    row = part(assessment.conditions[3], "评价得分")
    assert (row["value_shown"], row["gap_shown"]) == ("46 分", "目前还差 14 分，尚有指标未填写完整")


def test_a_blank_indicator_does_not_matter_when_the_score_suffices_without_it():
    assessment = assess(CODE, digital_level=None)
    assert (assessment.total, assessment.verdict) == (75, "meets")


def test_the_conditions_hold_for_a_renewal_just_as_for_an_application():
    assert assess(CODE, renewal=True).verdict_shown == assess(CODE).verdict_shown


def test_the_alternatives_are_numbered_and_the_direct_ones_marked():
    rows = condition(CODE, 4).as_payload()["parts"]
    assert [row["option"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row["note"] for row in rows] == ["", "直通", "直通", "直通", "直通", "直通"]
