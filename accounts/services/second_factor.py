"""Writing the second factor (动态口令) of officers and operators: binding, checking, recovery codes, reset.

Codes follow RFC 6238 through django-otp, which also refuses a code a second time and makes each wrong one wait
twice as long as the one before it.
"""
import math
import secrets
import time
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.enums import SignInResult, SignInWay, UserKind
from accounts.models import User
from accounts.queries.officers import is_operator, may_manage_officer
from accounts.second_factor import has_passed
from accounts.services.access_log import log_access
from accounts.services.devices import sign_out_elsewhere
from accounts.services.notices import notify
from accounts.services.sign_in import log_attempt
from portal.tools.crypto import blind_index
from portal.tools.errors import Invalid, NotPermitted, Refused, WrongState

RECOVERY_CODES = 10
#: Without letters and digits that are taken for one another on paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
#: How the keys of the notices about it begin.
NOTICE_KEY = "second-factor:"
#: Time steps of 30 seconds by which the clock of a telephone may be wrong.
TOLERANCE = 1

UNBOUND_SENTENCE = "该账户还没有绑定动态口令，请先绑定。"
WRONG_SENTENCE = "动态口令“{code}”不正确，或已经使用过。每个口令只能用一次，约 30 秒更换；请在 {wait}后输入验证器上最新的 6 位数字。"
WRONG_RECOVERY_SENTENCE = "恢复码“{code}”不正确，或已经使用过。每个恢复码只能用一次；请在 {wait}后换一个再试。"
WAIT_SENTENCE = "连续输入错误，暂时不能验证。请在 {wait}后再试；无法取得口令时，请联系上级主管部门或本部门管理人员重设。"
CANDIDATE_SENTENCE = "动态口令“{code}”与本页的二维码不符。请确认已扫描本页的二维码，手机时间为自动设置，再输入最新的 6 位数字。"
SCOPE_SENTENCE = "您只能重设本部门其他人员和下一级主管部门人员的动态口令。"


class Throttled(Refused):
    """Too many wrong codes: wait."""

    status = 429
    code = "throttled"


def candidate_key(*, session_key, account):
    """Return the secret (hex, 20 bytes) that the page of binding offers to this session.

    It is made from the session, so that showing the page writes nothing, and somebody who only knows the password
    cannot leave a secret of his own behind for the officer to confirm.
    """
    known = f"{session_key}:{account.pk}:{getattr(account, 'binding_id', None)}"
    return salted_hmac("accounts.second_factor", known, algorithm="sha256").hexdigest()[:40]


@transaction.atomic
def bind(*, request, code, password=None):
    """Bind the authenticator that shows ``code`` to the account of the request, and mark the session as passed.

    An account that has a binding may replace it only from a session that has passed it, and with its ``password``.
    Returns the new recovery codes in plain: they cannot be read again. Raises Invalid, NotPermitted.
    """
    account = User.objects.select_for_update().get(pk=request.user.pk)
    if not account.is_staff:
        raise NotPermitted("只有主管部门账户和运维账户使用动态口令。")
    if TOTPDevice.objects.filter(user=account).exists():
        if not has_passed(request):
            raise NotPermitted("该账户已绑定动态口令，请先输入动态口令；无法取得口令时，请联系管理人员重设。")
        if not account.check_password(password or ""):
            raise _invalid("password", "密码不正确。更换绑定前需要输入登录密码，请重新输入。")
    key = candidate_key(session_key=request.session.session_key, account=request.user)
    clock = TOTP(bytes.fromhex(key))
    clock.time = time.time()
    if not clock.verify(int(code), TOLERANCE):
        raise _invalid("code", CANDIDATE_SENTENCE.format(code=code))
    _unbind(account)
    device = TOTPDevice.objects.create(
        user=account, name="验证器", key=key, tolerance=TOLERANCE, last_t=clock.t(), drift=clock.drift,
        last_used_at=timezone.now(),
    )
    codes = _issue_recovery_codes(account)
    log_access(actor=account, action="绑定动态口令", subject=account.login_name, request=request)
    _tell(account, "已绑定动态口令", f"您的账户 {account.login_name} 已绑定新的动态口令验证器。如非本人操作，请立即联系管理人员。")
    mark_passed(request, device)
    return codes


def check_code(*, request, code):
    """Check a code of the account's authenticator and mark the session as passed. Raises as ``verify_code``."""
    mark_passed(request, verify_code(request=request, code=code))


def verify_code(*, request, code):
    """Check a code of the account's authenticator and return the device; the session stays as it is.

    Raises WrongState without a binding, Invalid for a wrong or used code, Throttled while one has to wait.
    """
    account = request.user
    with transaction.atomic():
        # The lock makes two requests with the same code one after the other: the second finds it used.
        device = TOTPDevice.objects.select_for_update().filter(user=account, confirmed=True).first()
        if device is None:
            raise WrongState(UNBOUND_SENTENCE)
        result = _verify(device, code, request)
    # Outside the transaction: the count of wrong codes must stay.
    if result == SignInResult.LOCKED:
        raise Throttled(WAIT_SENTENCE.format(wait=waiting_time(device)))
    if result == SignInResult.WRONG:
        raise _invalid("code", WRONG_SENTENCE.format(code=code, wait=waiting_time(device)))
    return device


def check_recovery_code(*, request, code):
    """Use up one recovery code, mark the session as passed and return how many are left.

    Raises as ``check_code`` does.
    """
    account = request.user
    with transaction.atomic():
        device = TOTPDevice.objects.filter(user=account, confirmed=True).first()
        paper = StaticDevice.objects.select_for_update().filter(user=account, confirmed=True).first()
        if device is None or paper is None:
            raise WrongState(UNBOUND_SENTENCE)
        result = _verify(paper, _token(account, code), request)
        left = paper.token_set.count()
        if result == SignInResult.SUCCESS:
            log_access(actor=account, action="使用恢复码", subject=f"剩余 {left} 个", request=request)
    if result == SignInResult.LOCKED:
        raise Throttled(WAIT_SENTENCE.format(wait=waiting_time(paper)))
    if result == SignInResult.WRONG:
        raise _invalid("code", WRONG_RECOVERY_SENTENCE.format(code=code, wait=waiting_time(paper)))
    mark_passed(request, device)
    return left


@transaction.atomic
def reset_second_factor(*, actor, account, request=None):
    """Remove the binding and the recovery codes of an account, end its sessions, log it and tell its owner.

    For officers by a manager of the own authority or the one above, or an operator; for operators by another
    operator. Nobody resets his own. Raises NotPermitted, WrongState without a binding.
    """
    account = User.objects.select_for_update(of=["self"]).select_related("authority").get(pk=account.pk)
    if not may_reset(actor, account):
        raise NotPermitted(SCOPE_SENTENCE)
    _reset(account, by=actor, request=request)
    return account


@transaction.atomic
def reset_from_shell(*, account):
    """Do the same from the server's shell, for the operator whom nobody else can help; logged as his own doing."""
    account = User.objects.select_for_update(of=["self"]).get(pk=account.pk)
    _reset(account, by=account, request=None)
    return account


def may_reset(actor, account):
    """Tell whether ``actor`` may reset the second factor of ``account`` (with its authority loaded)."""
    if actor.pk == account.pk:
        return False
    if account.kind == UserKind.OPERATOR:
        return is_operator(actor)
    return may_manage_officer(actor, account)


def mark_passed(request, device):
    """Write into the session that it has passed with this binding; its key changes with the new standing."""
    request.session.cycle_key()
    request.session[DEVICE_ID_SESSION_KEY] = device.persistent_id


def waiting_time(device):
    """Return how long a device refuses codes, in words: "8 秒", "3 分钟"."""
    _, reason = device.verify_is_allowed()
    until = (reason or {}).get("locked_until")
    seconds = max(math.ceil((until - timezone.now()).total_seconds()), 1) if until else 1
    return f"{seconds} 秒" if seconds < 120 else f"{math.ceil(seconds / 60)} 分钟"


def _verify(device, token, request):
    allowed, _ = device.verify_is_allowed()
    result = SignInResult.LOCKED
    if allowed:
        result = SignInResult.SUCCESS if device.verify_token(token) else SignInResult.WRONG
    log_attempt(
        login_name=request.user.login_name, account=request.user, way=SignInWay.TOTP, result=result, request=request
    )
    return result


def _reset(account, *, by, request):
    if not TOTPDevice.objects.filter(user=account).exists():
        raise WrongState(f"“{account}”没有绑定动态口令，下次登录时会要求绑定，不需要重设。")
    _unbind(account)
    sign_out_elsewhere(account=account)
    log_access(actor=by, action="重设动态口令", subject=f"{account.login_name} {account}", request=request)
    _tell(
        account, "动态口令已重设",
        f"您的账户 {account.login_name} 的动态口令已由{by}重设，已登录的设备均已退出。请重新登录并绑定；如未申请重设，请立即联系管理人员。",
    )  # fmt: skip


def _unbind(account):
    TOTPDevice.objects.filter(user=account).delete()
    StaticDevice.objects.filter(user=account).delete()


def _issue_recovery_codes(account):
    paper = StaticDevice.objects.create(user=account, name="恢复码")
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(8)) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=paper, token=_token(account, code)) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def _token(account, code):
    """Return what is stored of a recovery code: 64 bits of a keyed hash, so that the table gives none away."""
    return blind_index(f"{account.pk}:{code.replace('-', '').lower()}")[:16]


def _tell(account, title, body):
    notify(recipient=account, key=f"{NOTICE_KEY}{account.pk}:{uuid.uuid4().hex}", title=title, body=body, sms=True)


def _invalid(field, sentence):
    return Invalid(sentence, [{"section": "", "field": field, "label": "", "message": sentence}])
