"""Who sits at the desk is asked once more: password and code, with the same lock-out as the login."""
import pytest
from axes.middleware import AxesMiddleware
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.backends import LoginNameOrUsccBackend
from accounts.models import SignInLog
from accounts.services.lockout import seconds_locked
from accounts.services.reauthentication import confirm_identity
from accounts.services.second_factor import Throttled
from accounts.tests.factories import PASSWORD, make_authority_tree, make_officer
from portal.tools.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def device():
    make_authority_tree()
    return TOTPDevice.objects.create(user=make_officer("320100"), name="验证器")


@pytest.fixture
def request_of(rf, device):
    def make():
        request = rf.post("/", REMOTE_ADDR="192.0.2.7")
        request.user = LoginNameOrUsccBackend().get_user(device.user_id)
        request.session = SessionStore()
        return request

    return make


def code_of(device):
    return f"{totp(device.bin_key):06d}"


def test_password_and_code_together_pass_and_leave_the_session_as_it_is(request_of, device):
    request = request_of()
    confirm_identity(request=request, password=PASSWORD, code=code_of(device))
    assert list(request.session.keys()) == []


def test_a_code_is_taken_once(request_of, device):
    code = code_of(device)
    confirm_identity(request=request_of(), password=PASSWORD, code=code)
    with pytest.raises(Invalid) as refused:
        confirm_identity(request=request_of(), password=PASSWORD, code=code)
    assert refused.value.problems[0]["field"] == "code"


def test_a_wrong_password_is_named_and_the_code_is_not_used_up(request_of, device):
    code = code_of(device)
    with pytest.raises(Invalid) as refused:
        confirm_identity(request=request_of(), password="Falsch-2026-x", code=code)
    assert refused.value.problems[0]["field"] == "password"
    confirm_identity(request=request_of(), password=PASSWORD, code=code)


def test_a_wrong_code_makes_the_next_one_wait(request_of, device):
    with pytest.raises(Invalid):
        confirm_identity(request=request_of(), password=PASSWORD, code="000000")
    with pytest.raises(Throttled):
        confirm_identity(request=request_of(), password=PASSWORD, code=code_of(device))


def test_an_account_without_an_authenticator_is_asked_for_the_password_alone(request_of, device):
    device.delete()
    confirm_identity(request=request_of(), password=PASSWORD, code="")


def test_wrong_passwords_lock_the_account_and_the_page_stays(request_of, device):
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        with pytest.raises(Invalid):
            confirm_identity(request=request_of(), password="x", code="")
    request = request_of()
    with pytest.raises(Throttled, match="分钟后再试") as refused:
        confirm_identity(request=request, password="x", code="")
    assert refused.value.status == 429
    with pytest.raises(Throttled):
        confirm_identity(request=request_of(), password=PASSWORD, code=code_of(device))
    assert seconds_locked(login_name=device.user.login_name, address="192.0.2.7") > 0
    answer = AxesMiddleware(lambda _: HttpResponse("本页"))(request)
    assert answer.content.decode() == "本页", "the lock-out page would take what was typed away"


def test_every_attempt_is_in_the_sign_in_log(request_of, device):
    with pytest.raises(Invalid):
        confirm_identity(request=request_of(), password="x", code="")
    confirm_identity(request=request_of(), password=PASSWORD, code=code_of(device))
    assert list(SignInLog.objects.order_by("id").values_list("way", "result")) == [
        ("password", "wrong"), ("totp", "success"),
    ]  # fmt: skip
