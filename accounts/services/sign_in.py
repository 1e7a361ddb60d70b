"""Signing an account in, whatever the way: session lifetime by kind, device and address beside it, one log row.

Every way in (password, 电子营业执照, 统一登录, 注册) ends here, so that none can forget the log or the lifetime.
"""
from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.utils import timezone

from accounts.enums import SignInResult
from accounts.models import Session, SignInLog
from accounts.services.access_log import address_of
from accounts.sessions import ADDRESS, DEVICE, SIGNED_IN_AT
from portal.tools.errors import NotPermitted

#: django.contrib.auth needs to know which backend answers for the user of a session.
BACKEND = "accounts.backends.LoginNameOrUsccBackend"
INACTIVE_SENTENCE = "该账户已停用，不能登录。企业请联系所在地主管部门，主管部门人员请联系本部门或上级的账户管理员。"


def sign_in(request, user, *, way):
    """Open a session for ``user`` and log it; ``way`` is a SignInWay. The failures counted against it are forgotten.

    The session lasts settings.SESSION_SECONDS after the last request for kinds named there, else
    settings.SESSION_COOKIE_AGE. Raises NotPermitted for an account out of use, which is logged too.
    """
    if not user.is_active:
        log_attempt(
            login_name=user.login_name, account=user, way=way, result=SignInResult.INACTIVE, request=request
        )
        raise NotPermitted(INACTIVE_SENTENCE, code="inactive")
    login(request, user, backend=BACKEND)
    session = request.session
    session.set_expiry(settings.SESSION_SECONDS.get(user.kind))
    session[ADDRESS] = address_of(request)
    session[DEVICE] = device_of(request)[: Session._meta.get_field("device").max_length]
    session[SIGNED_IN_AT] = timezone.now().isoformat()
    log_attempt(login_name=user.login_name, account=user, way=way, result=SignInResult.SUCCESS, request=request)


@transaction.atomic
def log_attempt(*, login_name, account, way, result, request):
    """Add one row to the sign-in log and return it; texts are cut to their columns.

    ``login_name`` is what was typed, or the name of the account for a way without typing. ``account`` may be None.
    """
    return SignInLog.objects.create(
        login_name=login_name[: SignInLog._meta.get_field("login_name").max_length],
        account=account,
        way=way,
        result=result,
        address=address_of(request),
        device=device_of(request)[: SignInLog._meta.get_field("device").max_length],
    )


def device_of(request):
    """Return what the browser says about itself (User-Agent), without characters that a database refuses."""
    return "".join(char for char in request.headers.get("User-Agent", "") if char.isprintable())
