"""The work list and the home page, as an officer with hundreds of filings uses them."""
import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import OfficerRole
from accounts.tests.factories import make_enterprise, make_natural_person, make_officer, make_operator
from reviews.enums import State
from reviews.models import Filing
from reviews.queries import desk
from reviews.tests.factories import authority, make_filing, officer_of

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/filing/"


def listed(response):
    return [filing.enterprise_name for filing in response.context_data["cl"].result_list]


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


def test_the_province_narrows_to_a_city_of_its_own_tree(client):
    client.force_login(make_officer("320000"))
    nanjing = make_filing(state=State.IN_REVIEW, step=2)
    suzhou = make_filing(state=State.IN_REVIEW, step=2, region="320508")
    response = client.get(LIST, {"area": authority("320500").pk})
    assert listed(response) == [suzhou.enterprise_name]
    offered = [spec for spec in response.context_data["selects"] if spec.parameter_name == "area"][0].lookup_choices
    assert [label for _, label in offered] == ["南京市", "苏州市"]
    # A value that was not offered filters nothing instead of failing.
    assert set(listed(client.get(LIST, {"area": authority("210202").pk}))) == {
        nanjing.enterprise_name, suzhou.enterprise_name,
    }  # fmt: skip
    assert listed(client.get(LIST, {"area": "x"})) != []


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
    assert "?scope=all&amp;q=%E4%BA%91%E5%9B%BE" in page
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


@pytest.mark.parametrize("filings", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(client, django_assert_num_queries, filings):
    for _ in range(filings):
        make_filing(state=State.IN_REVIEW, step=2)
    client.force_login(make_officer("320000"))
    # session, account, authority, areas of the filter, capped count, rows; then the session is saved (3).
    with django_assert_num_queries(9):
        response = client.get(LIST)
    assert len(listed(response)) == filings


def test_the_count_stops_at_its_cap(client, city, monkeypatch):
    from accounts.admin import base

    for _ in range(3):
        make_filing(state=State.IN_REVIEW)
    monkeypatch.setattr(base, "COUNT_CAP", 1)
    assert client.get(LIST).context_data["cl"].result_count == 2


def test_the_home_page_counts_by_kind_and_names_the_oldest(client, city):
    old = make_filing(make_enterprise(name="南京最早有限公司"), state=State.IN_REVIEW)
    make_filing(state=State.IN_REVIEW)
    make_filing(state=State.IN_REVIEW, kind="test_update")
    waiting_since(old, 9)
    home = desk.officer_home(city)
    assert {waiting.kind.code: waiting.shown for waiting in home.desk if waiting.shown != "0"} == {
        "test_application": "2", "test_update": "1",
    }  # fmt: skip
    page = client.get("/admin/").content.decode()
    assert "南京最早有限公司" in page
    assert reverse("admin:reviews_filing_change", args=[old.pk]) in page
    for label in ("申报件", "公示公告", "申报开放时间", "已认定企业"):
        assert label in page


def test_the_home_page_stops_counting(client, city, monkeypatch):
    for _ in range(3):
        make_filing(state=State.IN_REVIEW)
    monkeypatch.setattr(desk, "HOME_CAP", 2)
    assert desk.officer_home(city).desk_shown == "2+"


def test_a_publishing_province_is_told_what_waits_for_publicity(client):
    filing = make_filing(state=State.APPROVED)
    manager = officer_of(filing.province)
    client.force_login(manager)
    page = client.get("/admin/").content.decode()
    assert "审核通过待公示" in page
    assert "publicitylist/add/?kind=test_application" in page
    client.force_login(make_officer("320000", OfficerRole.REVIEWER))
    assert "publicitylist/add/" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("filings", [1, 3])
def test_the_home_page_takes_few_queries(client, django_assert_num_queries, filings):
    for _ in range(filings):
        make_filing(state=State.IN_REVIEW)
    client.force_login(make_officer("320100"))
    # session, account, authority, the desk, two counts of requests; then the session is saved (3).
    with django_assert_num_queries(9):
        client.get("/admin/")


def test_the_operators_home_has_no_work_list(client):
    client.force_login(make_operator())
    page = client.get("/admin/").content.decode()
    assert "待我审核" not in page
    assert LIST not in page
