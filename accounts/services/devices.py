"""Devices that are signed in: leaving them, and the change of the password that makes others leave."""
import uuid

from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.devices import device_token
from accounts.models import Session, User
from accounts.services.notices import notify
from portal.tools.errors import Invalid

WRONG_OLD = "原密码：与当前登录密码不一致，请重新输入。忘记了原密码，请退出后在登录页点击【忘记密码】。"
PASSWORD_TITLE = "登录密码已修改"
PASSWORD_BODY = (
    "您的账户“{name}”于 {at:%Y年%m月%d日 %H:%M} 修改了登录密码，其他设备已退出登录。如非本人操作，请立即在登录页点击【忘记密码】重新设置密码。"
)


@transaction.atomic
def sign_out_elsewhere(*, account, keep=None):
    """End all sessions of the account but the one with the key ``keep``; return how many there were."""
    ended, _ = Session.objects.filter(account=account).exclude(session_key=keep).delete()
    return ended


@transaction.atomic
def sign_out_device(*, account, token, keep=None):
    """End the account's session named by ``token`` (device_token); return how many were: 0 when it is gone already.

    The session with the key ``keep``, from which the account asks, is left alone.
    """
    keys = Session.objects.filter(account=account).exclude(session_key=keep).values_list("session_key", flat=True)
    found = [key for key in keys if device_token(key) == token]
    ended, _ = Session.objects.filter(account=account, session_key__in=found).delete()
    return ended


def change_password(*, account, old, new, request):
    """Set a new password: this session stays, all others end, the owner is told by message and SMS.

    Raises Invalid, each problem with the field ``old`` or ``new``, for a wrong old password or a weak new one. Wrong
    old passwords count for the lock-out like those of a login, so this must be called outside any transaction.
    """
    if authenticate(request, username=account.login_name, password=old) is None:
        raise _invalid("old", WRONG_OLD)
    if old == new:
        raise _invalid("new", "新密码：与原密码相同，请换一个。")
    try:
        validate_password(new, account)
    except ValidationError as error:
        raise _invalid("new", f"新密码：{' '.join(error.messages)}") from error
    password_hash = make_password(new)  # slow on purpose: not while the row is locked
    with transaction.atomic():
        account = User.objects.select_for_update(of=["self"]).get(pk=account.pk)
        account.password = password_hash
        account.save(update_fields=["password"])
        update_session_auth_hash(request, account)
        sign_out_elsewhere(account=account, keep=request.session.session_key)
        notify(
            recipient=account,
            key=f"password:{account.pk}:{uuid.uuid4().hex}",
            title=PASSWORD_TITLE,
            body=PASSWORD_BODY.format(name=account.login_name, at=timezone.localtime()),
            sms=True,
        )
    return account


def _invalid(field, sentence):
    return Invalid(sentence, [{"section": "", "field": field, "label": "", "message": sentence}])
