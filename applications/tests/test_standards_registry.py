"""Which standard holds for a tier, a new application or a renewal, and a day."""
from dataclasses import replace
from datetime import date

import pytest

from applications import standards
from applications.enums import Tier
from applications.standards.base import Period
from applications.standards.registry import check
from portal.tools.errors import Refused

INNOVATIVE = standards.get("innovative_2022")


@pytest.mark.parametrize("renewal", [False, True])
@pytest.mark.parametrize("on", [date(2022, 8, 1), date(2026, 3, 31), date(2026, 4, 1), date(2030, 1, 1)])
def test_the_2022_standard_holds_for_new_and_renewed_innovative_enterprises_since_august_2022(renewal, on):
    assert standards.choose("innovative", renewal, on).code == "innovative_2022"


@pytest.mark.parametrize(("renewal", "word"), [(False, "申报"), (True, "复核")])
def test_before_august_2022_there_is_no_standard_and_the_refusal_says_so(renewal, word):
    with pytest.raises(Refused) as refusal:
        standards.choose("innovative", renewal, date(2022, 7, 31))
    assert refusal.value.message == (
        f"创新型中小企业{word}在2022年7月31日没有适用的标准，请以主管部门通知的申报时间为准，或联系主管部门。"
    )
    assert (refusal.value.code, refusal.value.status) == ("no_standard", 409)


def test_a_tier_without_a_standard_is_refused():
    with pytest.raises(standards.NoStandard):
        standards.choose("galactic", False, date(2026, 5, 1))


def test_an_unknown_code_is_refused_and_named():
    with pytest.raises(standards.NoStandard, match="innovative_1999"):
        standards.get("innovative_1999")


def test_a_period_includes_its_first_and_its_last_day():
    period = Period(renewal=True, valid_from=date(2026, 4, 1), valid_until=date(2026, 12, 31))
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [period.covers(renewal=True, on=day) for day in days] == [False, True, True, False]
    assert not period.covers(renewal=False, on=date(2026, 4, 1))


def test_an_edition_may_follow_another_when_the_periods_do_not_overlap():
    old = replace(INNOVATIVE, periods=(Period(False, date(2022, 8, 1), date(2026, 12, 31)),))
    new = replace(INNOVATIVE, code="innovative_2027", periods=(Period(False, date(2027, 1, 1)),))
    assert list(check((old, new))) == ["innovative_2022", "innovative_2027"]


def test_two_editions_in_force_on_the_same_day_do_not_load():
    old = replace(INNOVATIVE, periods=(Period(False, date(2022, 8, 1), date(2027, 1, 1)),))
    new = replace(INNOVATIVE, code="innovative_2027", periods=(Period(False, date(2027, 1, 1)),))
    with pytest.raises(ValueError, match="innovative_2022 and innovative_2027"):
        check((old, new))


def test_a_new_filing_and_a_renewal_may_follow_different_editions_on_the_same_day():
    old = replace(INNOVATIVE, periods=(Period(True, date(2022, 8, 1)),))
    new = replace(INNOVATIVE, code="innovative_2027", periods=(Period(False, date(2022, 8, 1)),))
    assert len(check((old, new))) == 2


def test_two_standards_with_the_same_code_do_not_load():
    with pytest.raises(ValueError, match="share a code"):
        check((INNOVATIVE, INNOVATIVE))


def test_the_standard_names_its_start_its_full_score_and_its_pass_rule():
    assert (INNOVATIVE.valid_from, INNOVATIVE.max_total, INNOVATIVE.pass_total) == (date(2022, 8, 1), 100, 60)
    assert Tier(INNOVATIVE.tier).label == INNOVATIVE.tier_title == "创新型中小企业"
    assert [(group.label, group.minimum) for group in INNOVATIVE.groups] == [
        ("创新能力", 20), ("成长性", 15), ("专业化", 15),
    ]
    assert [(indicator.code, indicator.max_points) for indicator in INNOVATIVE.indicators] == [
        ("ip", 20), ("rd_ratio", 20), ("main_growth", 20), ("debt_ratio", 10),
        ("emerging_industry", 10), ("main_ratio", 20),
    ]
