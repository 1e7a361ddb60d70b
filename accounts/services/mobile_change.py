"""手机号修改 (manual Q3): by codes to the old and the new number, or by an officer when the old one is unknown.

Nothing changes before the last step, and the old number is always told. To a stranger an account that does not exist
looks like one that does.
"""
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import CodePurpose, UserKind
from accounts.models import MobileChangeRequest, User
from accounts.services.access_log import address_of
from accounts.services.codes import ASK_AGAIN, WrongCode, check_code, send_code
from accounts.services.devices import sign_out_elsewhere
from accounts.services.look_ups import count_look_up
from accounts.services.notices import notify, send_text
from accounts.services.recovery import find_recoverable
from accounts.services.requests import lock_request, settle, submit_request, telephone
from portal.tools.crypto import mask
from portal.tools.errors import Refused, WrongState

SUPPORT = "技术支持电话 010-87901037、010-87901032"
SAME_NUMBER = "新手机号：“{mobile}”就是现在绑定的手机号，无需修改。如需更换，请填写另一个手机号。"
NO_MOBILE = "手机号修改：您的账户没有绑定手机号，不能用【手机核验】。请选择【人工核验】；主管部门人员请联系本部门的账户管理员。"
CHANGED_MEANWHILE = "手机号修改：核验期间该账户的绑定手机号已变更或账户已停用，本次没有修改。请从第一步重新开始。"
PENDING = (
    "统一社会信用代码：该代码已有一件手机号修改申请正在{authority}办理，不能重复提交。已提交申请的，请凭受理编号查询进度；"
    "不是贵单位提交的，请联系{authority}，电话：{telephone}。"
)
NO_ACCOUNT = "该统一社会信用代码在本平台没有账户，只能【不予通过】。请在办理意见中告知申请人核对代码，或先点击【注册】。"


def send_old_code(*, typed, mobile, request):
    """Send a code to the number stated as the bound one; return the account, or None when the two do not belong.

    ``typed`` is a login name or 统一社会信用代码. Raises TooManyLookUps, TooManyCodes: the same in both cases.
    """
    count_look_up(request=request)
    account = find_recoverable(typed=typed, mobile=mobile)
    send_code(
        purpose=CodePurpose.OLD_MOBILE, mobile=mobile, account=account, request=request, deliver=account is not None
    )
    return account


def send_bound_code(*, account, request):
    """Send a code to the number bound to the account that is signed in. Raises Refused without one, TooManyCodes."""
    if not account.mobile:
        raise Refused(NO_MOBILE, code="no_mobile")
    send_code(purpose=CodePurpose.OLD_MOBILE, mobile=account.mobile, account=account, request=request)


def check_old_code(*, account, mobile, code):
    """Accept the code of the old number. Raises WrongCode, always when ``account`` is None."""
    check_code(purpose=CodePurpose.OLD_MOBILE, mobile=mobile, code=code, account=account)
    if account is None:  # somebody has guessed a code that nobody was sent
        raise WrongCode(f"短信验证码：该验证码已失效。{ASK_AGAIN}")


def send_new_code(*, mobile, request, account=None):
    """Send a code to the number that shall be bound; ``account`` is None for 人工核验. Raises Refused, TooManyCodes."""
    if account is not None and account.mobile == mobile:
        raise Refused(SAME_NUMBER.format(mobile=mobile), code="same_number", status=422)
    send_code(purpose=CodePurpose.NEW_MOBILE, mobile=mobile, account=account, request=request)


def check_new_code(*, mobile, code, account=None):
    """Accept the code of the new number. Raises WrongCode."""
    check_code(purpose=CodePurpose.NEW_MOBILE, mobile=mobile, code=code, account=account)


def change_by_phone(*, account, old_mobile, new_mobile, code, keep=None):
    """Accept the new number's code, then bind the number and return the account.

    ``old_mobile`` is the number whose code was accepted before; ``keep`` the session that stays. Raises WrongCode, and
    WrongState when the account has changed since.
    """
    check_new_code(mobile=new_mobile, code=code, account=account)
    return _change_from(account=account, old_mobile=old_mobile, new_mobile=new_mobile, keep=keep)


@transaction.atomic
def _change_from(*, account, old_mobile, new_mobile, keep):
    account = User.objects.select_for_update(of=["self"]).get(pk=account.pk)
    if account.mobile != old_mobile or not account.is_active:
        raise WrongState(CHANGED_MEANWHILE)
    return _bind(account, new_mobile, keep=keep, key=f"mobile:{account.pk}:{timezone.now().timestamp()}")


def _bind(account, mobile, *, key, keep=None, receipt=""):
    """Bind the number to the locked account, end its other sessions, tell the old number and the new one."""
    old, account.mobile = account.mobile, mobile
    account.save(update_fields=["mobile"])
    sign_out_elsewhere(account=account, keep=keep)
    at = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    head = f"受理编号 {receipt}：" if receipt else ""
    if old and old != mobile:
        send_text(
            mobile=old,
            key=f"{key}:old",
            title="绑定手机号已修改",
            body=(
                f"{head}账户“{account.login_name}”的绑定手机号已于 {at} 由本号码改为 {mask(mobile)}。"
                f"如非本人操作，请立即联系{SUPPORT}。"
            ),
            recipient=account,
        )
    notify(
        recipient=account,
        key=key,
        title="绑定手机号已修改",
        body=(
            f"{head}账户“{account.login_name}”的绑定手机号已于 {at} 改为 {mask(mobile)}，其他设备已退出登录。"
            "忘记密码的，请在登录页点击【忘记密码】重新设置。"
        ),
        link=reverse("accounts:centre"),
        sms=True,
        mobile=mobile,
    )
    return account


@transaction.atomic
def submit_mobile_change(*, facts, new_mobile, uploads, request):
    """【人工核验】: store the request for the city's authority and return it; no account needs to exist.

    ``facts`` has uscc, enterprise_name, legal_representative, document_type, document_number, region; the code of
    ``new_mobile`` was accepted before. The old number of the account, if there is one, is told. Raises Refused.
    """
    account = User.objects.filter(uscc=facts["uscc"], kind=UserKind.LEGAL_PERSON).first()
    row = submit_request(
        kind=MobileChangeRequest, prefix="SJ", facts=facts, uploads=uploads, address=address_of(request),
        one_pending_by={"uscc": facts["uscc"]}, pending_sentence=PENDING, account=account, new_mobile=new_mobile,
    )  # fmt: skip
    contact = f"{row.authority.name} {telephone(row.authority)}"
    send_text(
        mobile=new_mobile,
        key=f"mobile-request:{row.pk}",
        title="手机号修改申请已受理",
        body=f"受理编号 {row.receipt}。办理结果将以短信发送到本号码，也可在登录页【手机号修改】-【进度查询】查询。咨询：{contact}。",
    )
    if account is not None:
        _warn(account, row, contact)
    return row


def _warn(account, row, contact):
    """Tell the account and its old number that somebody asked, so that a theft is noticed before it happens."""
    notify(
        recipient=account,
        key=f"mobile-request:{row.pk}:warning",
        title="有人申请修改绑定手机号",
        body=(
            f"{timezone.localtime():%Y-%m-%d %H:%M} 有人为账户“{account.login_name}”申请将绑定手机号改为"
            f" {mask(row.new_mobile)}（人工核验，受理编号 {row.receipt}），审核通过前不会修改。"
            f"如非贵单位申请，请立即致电 {contact} 说明情况，并修改登录密码。"
        ),
        link=reverse("accounts:centre"),
        sms=True,
    )


@transaction.atomic
def decide_mobile_change(*, officer, request_id, approve, comment, request=None):
    """Approve (then the number changes) or reject; the answer goes to the new number. Returns the request.

    Raises what lock_request and settle raise, and Refused for an approval without an account; nothing is written then.
    """
    row = lock_request(kind=MobileChangeRequest, officer=officer, request_id=request_id)
    if approve and row.account_id is None:
        raise Refused(NO_ACCOUNT, code="no_account")
    settle(row=row, officer=officer, approve=approve, comment=comment, request=request)
    if approve:
        account = User.objects.select_for_update(of=["self"]).get(pk=row.account_id)
        if not account.real_name_verified_at:
            # Anybody may have registered the code first; who that was must not keep a way in.
            account.set_unusable_password()
            account.save(update_fields=["password"])
        _bind(account, row.new_mobile, key=f"mobile-request:{row.pk}:decided", receipt=row.receipt)
        return row
    send_text(
        mobile=row.new_mobile,
        key=f"mobile-request:{row.pk}:decided",
        title="手机号修改申请未通过",
        body=(
            f"受理编号 {row.receipt}：{row.authority.name}未通过手机号修改申请。原因：{row.comment}"
            f" 请按原因改正后重新申请。咨询电话：{telephone(row.authority)}。"
        ),
    )
    return row
