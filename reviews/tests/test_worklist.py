"""The work list, as an officer with hundreds of filings uses it."""
import datetime

import pytest
from django.utils import timezone

from accounts.enums import OfficerRole
from accounts.tests.factories import make_enterprise, make_natural_person, make_officer, make_operator
from reviews.enums import State
from reviews.models import Filing
from reviews.tests.factories import make_filing

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/filing/"


def listed(response):
    return [row.filing.enterprise_name for row in response.context["rows"]]


def waiting_since(filing, days):
    Filing.objects.filter(pk=filing.pk).update(desk_since=timezone.now() - datetime.timedelta(days=days))


@pytest.fixture
def city(client):
    officer = make_officer("320100")
    client.force_login(officer)
    return officer


def test_the_list_opens_with_what_waits_for_me_oldest_first(client, city):
    newer, oldest = make_filing(state=State.IN_REVIEW), make_filing(state=State.IN_REVIEW)
    make_filing(state=State.IN_REVIEW, step=2)
    make_filing(state=State.RETURNED)
    waiting_since(newer, 1)
    waiting_since(oldest, 12)
    response = client.get(LIST)
    assert listed(response) == [oldest.enterprise_name, newer.enterprise_name]
    page = response.content.decode()
    assert "已等待 12 天" in page
    assert "共 2 条" in page


def test_each_scope_shows_its_own_state_and_drafts_are_never_shown(client, city):
    filings = {
        "returned": make_filing(state=State.RETURNED),
        "approved": make_filing(state=State.APPROVED),
        "rejected": make_filing(state=State.REJECTED),
        "mine": make_filing(state=State.IN_REVIEW),
    }
    make_filing(state=State.DRAFT)
    for scope, filing in filings.items():
        assert listed(client.get(LIST, {"scope": scope})) == [filing.enterprise_name]
    assert len(listed(client.get(LIST, {"scope": "all"}))) == 4
    for scope in ("publicised", "recognised"):
        assert listed(client.get(LIST, {"scope": scope})) == []


def test_publicised_and_recognised_filings_have_their_scopes(client, city):
    recognised = make_filing(state=State.RECOGNISED)
    publicised = make_filing(state=State.PUBLICISED)
    assert listed(client.get(LIST, {"scope": "recognised"})) == [recognised.enterprise_name]
    assert listed(client.get(LIST, {"scope": "publicised"})) == [publicised.enterprise_name]


def test_an_officer_sees_nothing_of_another_city(client, city):
    make_filing(state=State.IN_REVIEW, region="320508")
    for scope in ("mine", "all"):
        assert listed(client.get(LIST, {"scope": scope})) == []


def test_the_kind_filter_limits_the_list(client, city):
    application = make_filing(state=State.IN_REVIEW)
    update = make_filing(state=State.IN_REVIEW, kind="test_update")
    assert listed(client.get(LIST, {"kind": "test_update"})) == [update.enterprise_name]
    assert listed(client.get(LIST, {"kind": "test_application"})) == [application.enterprise_name]


def test_a_filing_is_found_by_code_number_and_name(client, city):
    wanted = make_filing(make_enterprise(name="南京云图软件技术有限公司"), state=State.IN_REVIEW)
    make_filing(make_enterprise(name="江宁新材料科技有限公司"), state=State.IN_REVIEW)
    uscc = wanted.enterprise.uscc
    for typed in (uscc, uscc.lower(), f" {uscc} ", wanted.number, "云图软件", "Ｃ" + wanted.number[1:]):
        assert listed(client.get(LIST, {"q": typed})) == [wanted.enterprise_name], typed
    assert len(listed(client.get(LIST, {"q": wanted.number[:6]}))) == 2


def test_a_search_without_result_offers_the_whole_jurisdiction(client, city):
    make_filing(make_enterprise(name="南京云图软件技术有限公司"), state=State.RETURNED)
    response = client.get(LIST, {"q": "云图"})
    assert listed(response) == []
    page = response.content.decode()
    assert "没有找到“云图”" in page
    assert 'href="?scope=all&amp;q=%E4%BA%91%E5%9B%BE"' in page
    assert len(listed(client.get(LIST, {"q": "云图", "scope": "all"}))) == 1


def test_nothing_can_be_added_deleted_or_chosen_for_an_action(client, city):
    filing = make_filing(state=State.IN_REVIEW)
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{filing.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "action-select" not in client.get(LIST).content.decode()
    assert Filing.objects.filter(pk=filing.pk).exists()


@pytest.mark.parametrize("role", OfficerRole.values)
def test_every_role_may_read_the_list(client, role):
    client.force_login(make_officer("320100", role))
    assert client.get(LIST).status_code == 200


def test_operators_enterprises_and_persons_see_no_filings(client):
    filing = make_filing(state=State.IN_REVIEW)
    for user in (make_operator(), filing.enterprise.account, make_natural_person()):
        client.force_login(user)
        assert client.get(LIST).status_code in (302, 403)
        assert client.get(f"{LIST}{filing.pk}/change/").status_code in (302, 403, 404)


#: session, account, authority, rows, holidays, capped count, areas and desks, colleagues, windows, 行业门类, saved
#: filters; then the session is saved (3).
QUERIES_OF_A_LIST = 14


@pytest.mark.parametrize("filings", [1, 3])
@pytest.mark.parametrize(
    ("scope", "state"),
    [
        ("mine", State.IN_REVIEW), ("all", State.IN_REVIEW), ("in_review", State.IN_REVIEW),
        ("returned", State.RETURNED), ("approved", State.APPROVED), ("publicised", State.PUBLICISED),
        ("recognised", State.RECOGNISED), ("rejected", State.REJECTED),
    ],
)  # fmt: skip
def test_every_list_takes_the_same_queries_for_one_and_for_three(
    client, django_assert_num_queries, scope, state, filings
):
    for _ in range(filings):
        make_filing(state=state, step=2)
    client.force_login(make_officer("320000"))
    with django_assert_num_queries(QUERIES_OF_A_LIST):
        response = client.get(LIST, {"scope": scope})
    assert len(listed(response)) == filings


def test_the_ministry_and_a_county_take_as_many(client, django_assert_num_queries):
    make_filing(state=State.RETURNED)
    client.force_login(make_officer("000000"))
    with django_assert_num_queries(QUERIES_OF_A_LIST):
        client.get(LIST, {"scope": "all"})
    client.force_login(make_officer("320102"))
    # Its city, for the windows of its province.
    with django_assert_num_queries(QUERIES_OF_A_LIST + 1):
        client.get(LIST, {"scope": "all"})


def test_the_count_stops_at_its_cap(client, city, monkeypatch):
    from accounts.admin import base

    for _ in range(3):
        make_filing(state=State.IN_REVIEW)
    monkeypatch.setattr(base, "COUNT_CAP", 1)
    assert client.get(LIST).context["count"] == 2
