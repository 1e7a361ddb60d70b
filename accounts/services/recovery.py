"""【忘记密码】: a new password for whoever holds the bound mobile. Enterprises and persons only.

Officers' passwords are set by the manager of their authority (accounts.services.officers).
"""
import uuid
from hmac import compare_digest

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from stdnum.cn import uscc as uscc_rule

from accounts.enums import UserKind
from accounts.models import Session, User
from accounts.services.lockout import forget_failures
from accounts.services.notices import notify
from portal.tools.errors import Invalid
from portal.tools.text import narrow

RECOVERABLE = (UserKind.LEGAL_PERSON, UserKind.NATURAL_PERSON)
RESET_TITLE = "登录密码已重新设置"
RESET_BODY = (
    "您的账户（登录名 {login_name}）于 {at:%Y年%m月%d日 %H:%M} 通过【忘记密码】重新设置了登录密码，"
    "各设备上的登录均已退出。如非本人操作，请立即通过【忘记密码】再次设置密码，并检查绑定手机号。"
)


def find_recoverable(*, typed, mobile):
    """Return the account in use with this login name or USCC and this bound mobile, or None.

    A USCC serves here before 实名认证 too: it proves nothing, the code to the mobile does.
    """
    typed = "".join(narrow(typed).split())
    by = {"uscc": uscc_rule.compact(typed)} if uscc_rule.is_valid(typed) else {"login_name": typed}
    account = User.objects.filter(kind__in=RECOVERABLE, is_active=True, **by).first()
    bound = account.mobile if account else ""
    return account if compare_digest(bound.encode(), mobile.encode()) else None


def reset_password(*, account, password):
    """Set a new password after the code was right: all sessions end, the lock-out ends, the owner is told.

    Raises Invalid when the password is easy to guess for somebody who knows the account.
    """
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error
    password_hash = make_password(password)  # slow on purpose: not while the row is locked
    with transaction.atomic():
        account = User.objects.select_for_update(of=["self"]).get(pk=account.pk)
        account.password = password_hash
        account.save(update_fields=["password"])
        # The new hash already makes the old cookies worthless; the rows go so that 用户中心 shows no ghosts.
        Session.objects.filter(account=account).delete()
        forget_failures(login_name=account.login_name)
        notify(
            recipient=account,
            key=f"password-reset:{account.pk}:{uuid.uuid4().hex}",
            title=RESET_TITLE,
            body=RESET_BODY.format(login_name=account.login_name, at=timezone.localtime()),
            sms=True,
        )
    return account
