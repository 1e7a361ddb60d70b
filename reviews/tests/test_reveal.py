"""【显示】 on the page of a filing: by jurisdiction, logged, and of the version that is on the page."""
import pytest

from accounts.models import AccessLog
from accounts.tests.factories import make_enterprise, make_officer, make_operator
from reviews.enums import Action, State
from reviews.tests.factories import change_answers, decide, make_filing, officer_of, submit

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
FIRST, SECOND = "13812345678", "13900001111"


@pytest.fixture
def filing():
    return make_filing(make_enterprise(name="南京精密机械有限公司"), state=State.IN_REVIEW)


def address(filing, target="basic.contact_mobile"):
    return f"/filings/{filing.pk}/reveal/{target}/"


def page_of(filing):
    return f"/admin/reviews/filing/{filing.pk}/change/"


def test_an_officer_of_the_jurisdiction_sees_the_number_in_full_and_the_log_says_so(client, filing):
    for officer in (make_officer("320100", "viewer"), officer_of(filing.province), make_officer("000000")):
        client.force_login(officer)
        html = client.get(page_of(filing)).content.decode()
        assert FIRST not in html
        assert f'formaction="{address(filing)}"' in html
        answer = client.post(address(filing), headers=SCRIPT)
        assert answer.json()["value"] == FIRST
        row = AccessLog.objects.filter(action="显示个人信息").first()
        assert row.actor == officer
        assert filing.number in row.subject
        assert answer.json()["label"] in row.subject


def test_the_value_is_that_of_the_version_on_the_page(client, filing):
    decide(filing, Action.RETURN, comment="请更正联系人手机。")
    change_answers(filing, contact_mobile=SECOND)
    submit(filing)
    client.force_login(officer_of(filing.desk))
    assert client.post(address(filing), headers=SCRIPT).json()["value"] == SECOND
    first = filing.snapshots.order_by("number").first()
    html = client.get(page_of(filing), {"snapshot": first.number}).content.decode()
    assert f'name="snapshot" value="{first.number}"' in html
    assert client.post(address(filing), {"snapshot": first.number}, headers=SCRIPT).json()["value"] == FIRST
    for number in ("99", "9" * 30, "-1", "x"):
        assert client.post(address(filing), {"snapshot": number}, headers=SCRIPT).status_code == 404


@pytest.mark.parametrize("make", [lambda: make_officer("320500", "manager"), lambda: make_officer("500000", "manager")])
def test_an_officer_elsewhere_does_not_find_it(client, filing, make):
    client.force_login(make())
    assert client.post(address(filing), headers=SCRIPT).status_code == 404
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("make", [make_operator, lambda: make_enterprise().account])
def test_nobody_but_officers(client, filing, make):
    client.force_login(make())
    assert client.post(address(filing), headers=SCRIPT).status_code == 403


@pytest.mark.parametrize("target", ["basic.products", "basic.nothing", "nothing", "basic.contact_mobile.x"])
def test_what_is_not_personal_is_not_revealed(client, filing, target):
    client.force_login(officer_of(filing.desk))
    assert client.post(address(filing, target), headers=SCRIPT).status_code == 404
    assert not AccessLog.objects.exists()


def test_a_get_shows_nothing(client, filing):
    client.force_login(officer_of(filing.desk))
    assert client.get(address(filing)).status_code == 405
