"""【重设动态口令】: by whom, what it ends, who is told."""
import pytest
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import AccessLog, Notice, Session
from accounts.services.second_factor import _issue_recovery_codes, may_reset, reset_second_factor
from accounts.tests.factories import make_enterprise, make_natural_person, make_officer, make_operator
from accounts.tests.second_factor import bound
from portal.tools.errors import NotPermitted, WrongState

pytestmark = pytest.mark.django_db
CODES = ("000000", "320000", "320100", "320500", "320102", "320508", "500103")

#: Whose officers each account may reset; nobody else's, and never the own account.
MATRIX = [
    (make_operator, set(CODES)),
    (lambda: make_officer("000000", "manager"), {"000000", "320000"}),
    (lambda: make_officer("320000", "manager"), {"320000", "320100", "320500"}),
    (lambda: make_officer("320100", "manager"), {"320100", "320102"}),
    (lambda: make_officer("320102", "manager"), {"320102"}),
    (lambda: make_officer("320000", "reviewer"), set()),
    (lambda: make_officer("320000", "manager", is_active=False), set()),
    (lambda: make_enterprise().account, set()),
    (make_natural_person, set()),
]


def address(account):
    return f"/admin/accounts/user/{account.pk}/second-factor/"


@pytest.mark.parametrize(("make", "scope"), MATRIX, ids=[
    "operator", "ministry", "province", "city", "county", "reviewer", "out of use", "enterprise", "person",
])  # fmt: skip
def test_a_superior_resets_the_own_officers_and_those_one_level_below(make, scope):
    targets = {code: make_officer(code) for code in CODES}
    for officer in targets.values():
        bound(officer)
    actor = make()
    done = set()
    for code, officer in targets.items():
        try:
            reset_second_factor(actor=actor, account=officer)
            done.add(code)
        except NotPermitted:
            assert TOTPDevice.objects.filter(user=officer).exists()
    assert done == scope
    assert set(TOTPDevice.objects.values_list("user__authority__code", flat=True)) == set(CODES) - scope


def test_nobody_resets_his_own_and_operators_are_reset_by_operators_only():
    manager, operator, other = make_officer("320000", "manager"), make_operator(), make_operator()
    assert not may_reset(manager, manager)
    assert not may_reset(operator, operator)
    assert not may_reset(manager, operator)
    assert may_reset(other, operator)


def test_a_reset_ends_the_sessions_is_logged_and_told_by_message_and_sms(client):
    officer, manager = make_officer("320100", person_name="王五"), make_officer("320000", "manager", person_name="赵六")
    device = type(client)()
    device.force_login(officer)
    _issue_recovery_codes(officer)
    assert device.get("/admin/").status_code == 200
    client.force_login(manager)
    page = client.get(address(officer)).content.decode()
    for text in ("重设动态口令：王五", officer.login_name, "在所有设备上退出登录", "核实本人身份"):
        assert text in page
    assert client.get(f"/admin/accounts/user/{officer.pk}/change/").content.decode().count(address(officer)) == 1
    assert TOTPDevice.objects.filter(user=officer).exists()
    answer = client.post(address(officer), follow=True)
    assert "已重设“王五”的动态口令" in answer.content.decode()
    assert not TOTPDevice.objects.filter(user=officer).exists()
    assert not StaticToken.objects.exists()
    assert device.get("/admin/")["Location"].startswith("/admin/login/")
    row = AccessLog.objects.get(action="重设动态口令")
    assert (row.actor, row.address) == (manager, "127.0.0.1")
    assert officer.login_name in row.subject
    notices = Notice.objects.filter(recipient=officer)
    assert {notice.channel for notice in notices} == {"message", "sms"}
    assert all("已由赵六重设" in notice.body for notice in notices)
    device.force_login(officer)
    TOTPDevice.objects.all().delete()
    assert "已由赵六重设" in device.get("/accounts/second-factor/bind/").content.decode()


def test_a_session_that_was_saved_before_the_reset_does_not_open_the_desk_after_it(client):
    officer = make_officer("320100")
    client.force_login(officer)
    kept = {field: getattr(Session.objects.get(), field) for field in ("session_key", "session_data", "expire_date")}
    reset_second_factor(actor=make_operator(), account=officer)
    Session.objects.create(account=officer, **kept)
    assert client.get("/admin/")["Location"].startswith("/accounts/second-factor/bind/")


@pytest.mark.parametrize("make", [
    lambda: make_officer("320500", "manager"), lambda: make_officer("320100", "reviewer"),
    lambda: make_officer("000000", "manager"),
])  # fmt: skip
def test_others_do_not_even_find_the_page(client, make):
    officer = make_officer("320100")
    bound(officer)
    client.force_login(make())
    assert client.get(address(officer)).status_code == 404
    assert client.post(address(officer)).status_code == 404
    assert TOTPDevice.objects.filter(user=officer).exists()


def test_the_own_page_leads_to_binding_again_instead(client):
    manager = make_officer("320000", "manager")
    client.force_login(manager)
    assert client.get(address(manager)).status_code == 403
    assert client.post(address(manager)).status_code == 403
    page = client.get(f"/admin/accounts/user/{manager.pk}/change/").content.decode()
    assert address(manager) not in page
    assert 'href="/accounts/second-factor/"' in page
    assert TOTPDevice.objects.filter(user=manager).exists()


def test_without_a_binding_there_is_nothing_to_reset(client):
    officer = make_officer("320100")
    client.force_login(make_officer("320000", "manager"))
    assert "不需要重设" in client.get(address(officer)).content.decode()
    assert "没有绑定动态口令" in client.post(address(officer), follow=True).content.decode()
    with pytest.raises(WrongState):
        reset_second_factor(actor=make_operator(), account=officer)


def test_the_shell_resets_the_last_operator():
    operator = make_operator()
    bound(operator)
    call_command("reset_second_factor", operator.login_name)
    assert not TOTPDevice.objects.exists()
    assert AccessLog.objects.get().actor == operator
    for name in (operator.login_name, "nobody-here"):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", name)


def test_the_secrets_are_on_no_page_of_the_admin(client):
    client.force_login(make_operator())
    for model in ("otp_totp/totpdevice", "otp_static/staticdevice"):
        assert client.get(f"/admin/{model}/").status_code == 404
