"""The two readings of a jurisdiction: with what other areas sent to the officer's desk, and the officer's own area."""
import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Authority, User
from accounts.tests.factories import make_enterprise, make_natural_person, make_officer, make_operator
from reviews.enums import State
from reviews.models import Filing
from reviews.services.rerouting import merge_authority, reroute
from reviews.tests.factories import KIND, authority, decide, make_filing

pytestmark = pytest.mark.django_db

OUTSIDE_REVIEW = [state for state in State if state != State.IN_REVIEW]


def ids(rows):
    return sorted(rows.values_list("pk", flat=True))


def move(filing, code):
    filing.refresh_from_db()
    reroute(
        filing_id=filing.pk, user=make_officer("320000", "manager"), seen_version=filing.version,
        authority_id=authority(code).pk, comment="机构改革",
    )  # fmt: skip
    filing.refresh_from_db()
    return filing


@pytest.fixture
def world():
    """Filings of every state in five areas; some moved to another city, one county merged into its neighbour."""
    for state in State:
        make_filing(state=state, kind="test_update" if state == State.WITHDRAWN else KIND)
    for region in ("320106", "320508", "210202", "500103"):
        for state in (State.DRAFT, State.IN_REVIEW, State.RETURNED, State.RECOGNISED):
            make_filing(state=state, region=region)
    decide(decide(move(make_filing(state=State.IN_REVIEW), "320500")))
    move(make_filing(state=State.IN_REVIEW), "320500")
    merge_authority(
        user=make_officer("320000", "manager"), source_id=authority("320106").pk, target_id=authority("320102").pk,
        reason="苏编办〔2026〕1号",
    )  # fmt: skip


def test_outside_review_the_own_area_is_the_whole_jurisdiction_of_every_officer(world):
    seen = {}
    for row in Authority.objects.all():
        officer = make_officer(row.code)
        for state in OUTSIDE_REVIEW:
            expected = ids(Filing.objects.for_officer(officer).filter(state=state))
            assert ids(Filing.objects.in_area_of(officer).filter(state=state)) == expected, (row.code, state)
            seen[row.code] = seen.get(row.code, 0) + len(expected)
    # Of one region 6 were submitted and left review, and 2 of each other; the moved one belongs to 苏州市.
    assert seen == {
        "000000": 15, "320000": 11, "320100": 8, "320102": 9, "320106": 0, "320500": 3, "320508": 2, "210000": 0,
        "210200": 2, "210202": 2, "500000": 2, "500103": 2,
    }  # fmt: skip


def test_what_another_area_sent_to_the_desk_is_in_the_jurisdiction_and_not_in_the_own_area():
    filing = make_filing(state=State.IN_REVIEW)
    Filing.objects.filter(pk=filing.pk).update(desk=authority("210202"))
    officer = make_officer("210202")
    assert ids(Filing.objects.for_officer(officer)) == [filing.pk]
    assert ids(Filing.objects.in_area_of(officer)) == []


@pytest.mark.parametrize(
    "account",
    [
        AnonymousUser,
        make_operator,
        make_natural_person,
        lambda: make_enterprise().account,
        lambda: make_officer("320100", is_active=False),
        lambda: User(kind="officer", is_active=True),
    ],
    ids=["nobody", "operator", "person", "enterprise", "left", "without an authority"],
)
def test_who_is_no_officer_in_office_has_no_area(account):
    make_filing(state=State.RETURNED)
    user = account()
    assert ids(Filing.objects.in_area_of(user)) == ids(Filing.objects.for_officer(user)) == []
