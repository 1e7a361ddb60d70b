"""已认定企业 at the desk: officers read the titles of their own area."""
import pytest

from accounts.tests.factories import make_enterprise, make_officer, make_operator
from applications.enums import Tier
from applications.services.recognitions import recognise
from reviews import kinds
from reviews.enums import State
from reviews.tests.factories import make_filing
from reviews.tests.kinds import ApplicationKind

pytestmark = pytest.mark.django_db

LIST = "/admin/applications/recognition/"


@pytest.fixture(autouse=True)
def small_kind(monkeypatch):
    kind = ApplicationKind()
    monkeypatch.setattr(kinds, "_kinds", kinds._kinds | {kind.code: kind})


def recognised(name, region="320102"):
    filing = make_filing(make_enterprise(name=name, region=region), state=State.RECOGNISED)
    announcement = filing.publicity_entries.get().publicity
    return recognise(filing=filing, announcement=announcement, tier=Tier.INNOVATIVE)


def listed(response):
    return [row.number for row in response.context_data["cl"].result_list]


def test_an_officer_reads_the_titles_of_the_own_area(client):
    nanjing = recognised("南京认定测试有限公司")
    suzhou = recognised("苏州认定测试有限公司", region="320508")
    client.force_login(make_officer("320100", "viewer"))
    response = client.get(LIST)
    assert listed(response) == [nanjing.number]
    assert "有效" in response.content.decode()
    assert client.get(f"{LIST}{nanjing.pk}/change/").status_code == 200
    assert client.get(f"{LIST}{suzhou.pk}/change/").status_code == 302
    client.force_login(make_officer("320000"))
    assert listed(client.get(LIST)) == [suzhou.number, nanjing.number]


def test_a_title_is_found_by_code_number_and_name(client):
    wanted = recognised("南京认定测试有限公司")
    recognised("江宁另外有限公司")
    client.force_login(make_officer("320000"))
    for typed in (wanted.number, wanted.enterprise.uscc.lower(), "认定测试"):
        assert listed(client.get(LIST, {"q": typed})) == [wanted.number], typed


def test_nothing_can_be_changed_and_operators_read_none(client):
    title = recognised("南京认定测试有限公司")
    client.force_login(make_officer("320000", "manager"))
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{title.pk}/change/", {"number": "X"}).status_code == 403
    client.force_login(make_operator())
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("titles", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(client, django_assert_num_queries, titles):
    for n in range(titles):
        recognised(f"南京认定{n}号有限公司")
    client.force_login(make_officer("320000"))
    # session, account, authority, capped count, rows; then the session is saved (3).
    with django_assert_num_queries(8):
        response = client.get(LIST)
    assert len(listed(response)) == titles
