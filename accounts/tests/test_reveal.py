"""【显示】: personal numbers are masked on every page of the desk; showing one is permitted by scope, logged, limited."""
import pytest

from accounts.models import AccessLog
from accounts.services import reveal as service
from accounts.tests.factories import PASSWORD, make_enterprise, make_natural_person, make_officer, make_operator

pytestmark = pytest.mark.django_db
MOBILE = "13812345678"
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def officer():
    return make_officer("320100", mobile=MOBILE)


def address(account, field="mobile", what="account"):
    return f"/accounts/reveal/{what}/{account.pk}/{field}/"


def page_of(account):
    return f"/admin/accounts/user/{account.pk}/change/"


def test_the_number_is_masked_on_the_page_and_in_its_field(client, officer):
    client.force_login(make_officer("320000", "manager"))
    html = client.get(page_of(officer)).content.decode()
    assert MOBILE not in html
    assert 'value="138****5678"' in html
    assert f'formaction="{address(officer)}"' in html


def test_saving_the_page_keeps_the_number_and_a_new_one_replaces_it(client, officer):
    client.force_login(make_officer("320000", "manager"))
    sent = {"authority": officer.authority_id, "role": "viewer", "person_name": "王五", "is_active": "on"}
    assert client.post(page_of(officer), sent | {"mobile": "138****5678"}).status_code == 302
    officer.refresh_from_db()
    assert (officer.mobile, officer.role) == (MOBILE, "viewer")
    page = client.post(page_of(officer), sent | {"mobile": "139****5678"})
    assert page.status_code == 422
    assert "手机号应为 11 位数字" in page.content.decode()
    assert client.post(page_of(officer), sent | {"mobile": "13900000001"}).status_code == 302
    officer.refresh_from_db()
    assert officer.mobile == "13900000001"


def test_a_manager_sees_the_number_and_the_log_says_so(client, officer):
    manager = make_officer("320000", "manager")
    client.force_login(manager)
    answer = client.post(address(officer), headers=SCRIPT)
    assert answer.json() == {"label": "绑定手机号", "value": MOBILE}
    assert "no-store" in answer["Cache-Control"]
    row = AccessLog.objects.get(action="显示个人信息")
    assert (row.actor, row.address) == (manager, "127.0.0.1")
    assert row.subject == f"账户 {officer.login_name} 绑定手机号"
    assert MOBILE not in row.subject


def test_without_scripts_the_value_is_a_page_with_the_way_back(client, officer):
    client.force_login(make_officer("320000", "manager"))
    html = client.post(address(officer), {"next": page_of(officer)}).content.decode()
    assert MOBILE in html
    assert f'href="{page_of(officer)}"' in html
    assert "https://example.org" not in client.post(address(officer), {"next": "https://example.org/"}).content.decode()


@pytest.mark.parametrize("make", [
    lambda: make_officer("320500", "manager"), lambda: make_officer("000000", "manager"),
    lambda: make_officer("320100", "reviewer"), lambda: make_officer("320000", "viewer"),
    lambda: make_enterprise().account, make_natural_person,
])  # fmt: skip
def test_others_see_nothing_and_nothing_is_logged(client, officer, make):
    client.force_login(make())
    answer = client.post(address(officer), headers=SCRIPT)
    assert answer.status_code == 403
    assert MOBILE not in answer.content.decode()
    assert not AccessLog.objects.exists()


def test_an_operator_sees_what_an_enterprise_registered(client):
    account = make_enterprise().account
    account.mobile, account.document_number = MOBILE, "110101199001010015"
    account.save()
    client.force_login(make_operator())
    html = client.get(page_of(account)).content.decode()
    assert "1101***********0015" not in html
    assert "110***********0015" in html
    assert "110101199001010015" not in html
    assert client.post(address(account, "document_number"), headers=SCRIPT).json()["value"] == "110101199001010015"


@pytest.mark.parametrize(("what", "field"), [
    ("account", "password"), ("account", "login_name"), ("session", "mobile"), ("mobile-change", "new_mobile"),
])  # fmt: skip
def test_nothing_else_can_be_asked_for(client, officer, what, field):
    client.force_login(make_operator())
    answer = client.post(address(officer, field, what), headers=SCRIPT)
    assert answer.status_code == 403
    assert PASSWORD not in answer.content.decode()


def test_a_get_shows_nothing(client, officer):
    client.force_login(make_operator())
    assert client.get(address(officer)).status_code == 405


def test_an_hour_has_a_limit_and_what_is_older_does_not_count(client, officer, monkeypatch):
    monkeypatch.setattr(service, "REVEALS_PER_HOUR", 3)
    client.force_login(make_officer("320000", "manager"))
    for _ in range(3):
        assert client.post(address(officer), headers=SCRIPT).status_code == 200
    answer = client.post(address(officer), headers=SCRIPT)
    assert answer.status_code == 429
    assert "已达到上限" in answer.json()["message"]
    assert AccessLog.objects.count() == 3
    monkeypatch.setattr(service, "HOUR", service.HOUR * 0)
    assert client.post(address(officer), headers=SCRIPT).status_code == 200
