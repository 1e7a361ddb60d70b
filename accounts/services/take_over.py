"""An enterprise proves itself at an account that nobody has verified: the account becomes the enterprise's.

Anybody can register an account with a 统一社会信用代码 before the enterprise does. Whoever that was must not keep a way
into it once the enterprise (by 电子营业执照 or 统一登录) has proved to be its owner.
"""
from django.db import transaction

from accounts.enums import RequestState
from accounts.models import RealNameRequest
from accounts.services.devices import sign_out_elsewhere
from accounts.services.notices import notify
from accounts.services.real_name import WAYS, apply_verification

TITLE = "账户已完成实名认证，原密码已失效"
TAKEN_OVER = (
    "“{name}”（{uscc}）已完成实名认证。为防止他人此前用该统一社会信用代码注册，账户原来的密码和绑定手机号已失效，"
    "其他设备均已退出登录。请通过【手机号修改】绑定企业的手机号，再通过【忘记密码】设置新密码。"
)
SUPERSEDED = "实名认证已由企业以“{way}”完成，本申请自动撤销。"


@transaction.atomic
def take_over(*, account, uscc, name, legal_representative, way):
    """Verify the account, and end its password, bound mobile, sessions and pending 人工实名认证; return it.

    ``way`` is a key of real_name.WAYS. The old mobile is told. Raises what apply_verification raises.
    """
    notify(
        recipient=account, key=f"taken-over:{account.pk}", title=TITLE,
        body=TAKEN_OVER.format(name=name, uscc=uscc), sms=bool(account.mobile),
    )  # fmt: skip
    account.mobile = ""
    account.set_unusable_password()
    account.save(update_fields=["mobile", "password"])
    pending = RealNameRequest.objects.filter(account=account, state=RequestState.PENDING)
    pending.update(state=RequestState.CANCELLED, comment=SUPERSEDED.format(way=WAYS[way]))
    sign_out_elsewhere(account=account)
    apply_verification(
        account=account, uscc=uscc, name=name, legal_representative=legal_representative, way=way
    )
    account.refresh_from_db()
    return account
