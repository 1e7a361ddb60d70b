"""How conditions are put together, what their payload says, and which edition holds on which day."""
import json
from datetime import date
from decimal import Decimal

import pytest

from applications import standards
from applications.enums import Tier
from applications.standards.conditions import AllOf, AnyOf
from applications.standards.measures import Fact
from applications.standards.parts import Case, Claim, Listed, Picked, Threshold
from applications.tests.standard_facts import FACTS, YEARS, assess, condition

CODES = ["specialized_2022", "specialized_2026", "little_giant_2022", "little_giant_2026"]


def claim(name, **options):
    return Claim(fact=name, label=name, **options)


def state_of(rule, **facts):
    return rule.assess(Case(facts)).state


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (True, True, "met"),
        (True, False, "not_met"),
        (True, None, "missing"),
        (False, None, "not_met"),
        (None, False, "not_met"),
        (None, None, "missing"),
    ],
)
def test_of_parts_that_must_all_be_met_one_that_is_not_decides(first, second, state):
    assert state_of(AllOf((claim("a"), claim("b"))), a=first, b=second) == state


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (True, None, "met"),
        (False, True, "met"),
        (None, True, "met"),
        (False, False, "not_met"),
        (False, None, "not_met"),
        (None, False, "missing"),
        (None, None, "missing"),
    ],
)
def test_of_alternatives_one_suffices_and_only_the_usual_one_can_leave_it_open(first, second, state):
    assert state_of(AnyOf((claim("a"), claim("b"))), a=first, b=second) == state


def test_a_claim_left_to_judgement_suffices_but_is_not_counted_as_met():
    rule = AllOf((claim("a"), claim("b", human=True)))
    assert state_of(rule, a=True, b=True) == "human"
    assert state_of(rule, a=False, b=True) == "not_met"
    assert state_of(rule, a=True, b=False) == "not_met"
    assert state_of(rule, a=None, b=True) == "missing"


def test_a_claim_that_is_no_answer_is_refused():
    with pytest.raises(TypeError, match="own_brand"):
        state_of(claim("own_brand"), own_brand="yes")


def test_an_answer_that_is_no_option_is_refused():
    with pytest.raises(ValueError, match="x"):
        state_of(Listed(fact="f", label="f", options={"a": "甲"}), f=("a", "x"))
    with pytest.raises(ValueError, match="x"):
        state_of(Picked(fact="f", label="f", options={"a": "甲"}, accepted=("a",), words="甲"), f="x")


def test_nothing_ticked_is_an_answer_and_none_is_a_blank():
    rule = Listed(fact="f", label="f", options={"a": "甲", "b": "乙"}, accepted=("a",))
    assert [state_of(rule, f=ticked) for ticked in (None, (), ("b",), ["a", "b"])] == [
        "missing", "not_met", "not_met", "met",
    ]


def test_a_figure_that_need_not_exist_is_not_missing_when_it_is_blank():
    rule = Threshold(measure=Fact("f", "得分", "分"), at_least=Decimal(50), absent="无")
    result = rule.assess(Case({"f": None}))
    assert (result.state, result.value_shown, result.missing) == ("not_met", "无", ())


def test_a_figure_that_only_rounds_to_the_bound_is_below_it_and_not_shown_as_reaching_it():
    row = condition("specialized_2026", 3, revenue_y1="10000", rd_expense_y1="299.6").as_payload()["parts"][2]
    assert (row["state"], row["value_shown"]) == ("not_met", "2.996%")
    assert row["gap_shown"] == "还差 0.004 个百分点，约 0.4 万元（研发费用总额）"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("renewal", [False, True])
@pytest.mark.parametrize("facts", [FACTS, {}])
def test_the_payload_survives_json_unchanged_whatever_is_filled_in(code, renewal, facts):
    payload = standards.get(code).assess(facts, YEARS, renewal=renewal).as_payload()
    assert json.loads(json.dumps(payload, ensure_ascii=False)) == payload
    assert len(payload["conditions"]) == {"specialized_2022": 4, "specialized_2026": 6, "little_giant_2022": 6,
                                          "little_giant_2026": 7}[code]
    assert payload["summary_shown"].startswith(f"{len(payload['conditions'])} 项条件，已满足 ")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("renewal", [False, True])
def test_an_empty_form_meets_nothing_and_names_inputs_of_every_condition(code, renewal):
    assessment = standards.get(code).assess({}, YEARS, renewal=renewal)
    assert (assessment.verdict, assessment.passes) == ("incomplete", False)
    assert {result.state for result in assessment.conditions} == {"missing"}
    assert all(result.missing for result in assessment.conditions)
    assert len(assessment.missing) == len(set(assessment.missing))


def test_a_condition_describes_itself_in_the_payload():
    payload = assess("specialized_2026", holds_base_title=False).as_payload()["conditions"][0]
    assert payload == {
        "code": "base",
        "label": "培育基础和专注时间",
        "text": "已认定为科技和创新型中小企业，截至上年末从事特定细分市场时间达到3年以上。",
        "note": "",
        "state": "not_met",
        "state_shown": "未满足",
        "met": False,
        "direct": False,
        "lacking_shown": "已是科技和创新型中小企业：否",
        "missing": [],
        "joined": "all",
        "parts": [
            {
                "label": "已是科技和创新型中小企业", "state": "not_met", "state_shown": "未满足",
                "threshold_shown": "须符合", "value_shown": "否", "value": None, "gap_shown": "", "missing": [],
                "note": "", "joined": "", "depth": 0, "option": 0,
            },
            {
                "label": "从事特定细分市场时间（截至上年末）", "state": "met", "state_shown": "满足",
                "threshold_shown": "不低于 3 年", "value_shown": "8 年", "value": "8", "gap_shown": "", "missing": [],
                "note": "", "joined": "", "depth": 0, "option": 0,
            },
        ],
    }


def test_a_standard_without_conditions_has_none_in_its_payload():
    payload = standards.get("innovative_2022").assess({}).as_payload()
    assert (payload["conditions"], payload["summary_shown"]) == ([], "")


@pytest.mark.parametrize(
    ("tier", "renewal", "on", "code"),
    [
        ("specialized", False, date(2022, 8, 1), "specialized_2022"),
        ("specialized", False, date(2026, 3, 31), "specialized_2022"),
        ("specialized", False, date(2026, 4, 1), "specialized_2026"),
        ("specialized", True, date(2026, 3, 31), "specialized_2022"),
        ("specialized", True, date(2026, 4, 1), "specialized_2026"),
        ("little_giant", False, date(2026, 3, 31), "little_giant_2022"),
        ("little_giant", False, date(2026, 4, 1), "little_giant_2026"),
        ("little_giant", True, date(2026, 3, 31), "little_giant_2022"),
        ("little_giant", True, date(2026, 4, 1), "little_giant_2022"),
        ("little_giant", True, date(2026, 6, 30), "little_giant_2022"),
        ("little_giant", True, date(2026, 7, 1), "little_giant_2026"),
        ("little_giant", True, date(2030, 1, 1), "little_giant_2026"),
    ],
)
def test_the_edition_follows_tier_kind_of_filing_and_day(tier, renewal, on, code):
    assert standards.choose(tier, renewal, on).code == code


@pytest.mark.parametrize("tier", ["specialized", "little_giant"])
@pytest.mark.parametrize("renewal", [False, True])
def test_before_august_2022_there_is_no_standard(tier, renewal):
    with pytest.raises(standards.NoStandard):
        standards.choose(tier, renewal, date(2022, 7, 31))


@pytest.mark.parametrize("code", CODES)
def test_the_tier_is_called_as_everywhere(code):
    standard = standards.get(code)
    assert Tier(standard.tier).label == standard.tier_title
