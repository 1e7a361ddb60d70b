"""Asking once more who sits at the desk, before something that reaches many: the password, and the code if bound."""
from django.conf import settings
from django.contrib.auth import authenticate

from accounts.enums import SignInResult, SignInWay
from accounts.second_factor import is_bound
from accounts.services.access_log import address_of
from accounts.services.lockout import seconds_locked
from accounts.services.second_factor import Throttled, verify_code
from accounts.services.sign_in import log_attempt
from portal.tools.errors import Invalid

WRONG_PASSWORD = "登录密码不正确，请重新输入。连续输错 {limit} 次会暂停验证。"
LOCKED = "登录密码已连续输错 {limit} 次，请 {minutes} 分钟后再试。您填写的内容仍保留在本页，可以先复制。"


def confirm_identity(*, request, password, code):
    """Check the password of the account of the request, and the code of its authenticator when it has one.

    Wrong passwords are counted together with those of the login page and lock the same way; wrong codes make the
    next one wait. Raises Invalid (its problem names the field "password" or "code"), Throttled while one has to wait.
    """
    account = request.user
    found = authenticate(request, username=account.login_name, password=password)
    # The middleware of django-axes would put the login page in the place of ours, and what was typed would be gone.
    locked = bool(getattr(request, "axes_locked_out", False))
    request.axes_locked_out = False
    if found is None or found.pk != account.pk:
        _log(request, SignInResult.LOCKED if locked else SignInResult.WRONG)
        if locked:
            seconds = seconds_locked(login_name=account.login_name, address=address_of(request))
            raise Throttled(LOCKED.format(limit=settings.AXES_FAILURE_LIMIT, minutes=max(-(-seconds // 60), 1)))
        raise _invalid("password", WRONG_PASSWORD.format(limit=settings.AXES_FAILURE_LIMIT))
    if is_bound(account):
        verify_code(request=request, code=code)


def _log(request, result):
    account = request.user
    log_attempt(
        login_name=account.login_name, account=account, way=SignInWay.PASSWORD, result=result, request=request
    )


def _invalid(field, sentence):
    return Invalid(sentence, [{"section": "", "field": field, "label": "", "message": sentence}])
