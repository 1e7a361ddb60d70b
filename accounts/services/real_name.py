"""实名认证: binds 统一社会信用代码 and name to a 法人账户, or corrects the verified name (manual Q2, Q5).

Nothing but the account changes: the enterprise's own record takes the name over by 【实名信息同步】 or by a rename.
"""
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from stdnum.cn import uscc as uscc_rule

from accounts.enums import RequestState
from accounts.models import Enterprise, RealNameRecord, RealNameRequest, User
from accounts.services.access_log import address_of
from accounts.services.notices import notify
from accounts.services.requests import lock_request, settle, submit_request, telephone
from portal.tools.errors import Invalid, NotPermitted, Refused, WrongState
from portal.tools.text import narrow, tidy

#: The two ways of 实名认证, as RealNameRecord.way stores them.
LICENCE, MANUAL, UNIFIED = "licence", "manual", "unified"
WAYS = {LICENCE: "电子营业执照扫码认证", MANUAL: "人工实名认证", UNIFIED: "统一登录"}

ONLY_LEGAL = "实名认证：只有企业的法人账户可以在本平台办理实名认证。请退出后用企业的法人账户登录。"
TAKEN = (
    "统一社会信用代码：【统一社会信用代码已存在】，“{uscc}”已属于另一个账户。请尝试以统一社会信用代码作为登录名登录；"
    "忘记密码但知晓原绑定手机号的，在登录页点击【忘记密码】；都未知的，在登录页点击【手机号修改】，核验方式选择【人工核验】。"
    "也可以直接使用【电子营业执照扫码登录】。"
)
OTHER_CODE = (
    "统一社会信用代码：“{typed}”与本账户的企业“{name}”（{uscc}）不一致。已有企业信息的账户不能改为另一家企业，"
    "请核对后重新填写；另一家企业请用它自己的账户登录。"
)
PENDING = (
    "人工实名认证：您已有一件申请正在{authority}办理，不能重复提交。请等待办理结果，或撤销后重新提交。咨询电话：{telephone}。"
)


@transaction.atomic
def apply_verification(*, account, uscc, name, legal_representative, way):
    """Make 实名认证 take effect and return its RealNameRecord; ``way`` is a key of WAYS.

    Writes the account's 统一社会信用代码, verified name, time and 法定代表人, and tells the account. Raises NotPermitted
    for other kinds of account, Invalid for a wrong code or a blank name, Refused when another account holds the code
    (manual Q2) or when this account's enterprise has another one.
    """
    if way not in WAYS:
        raise ValueError(f"unknown way of verification {way!r}")
    account = User.objects.select_for_update(of=["self"]).get(pk=account.pk)
    uscc, name = _checked(account, uscc, name)
    before = account.verified_name
    account.uscc, account.verified_name = uscc, name
    account.legal_representative = tidy(legal_representative)
    account.real_name_verified_at = timezone.now()
    try:
        with transaction.atomic():
            account.save(update_fields=["uscc", "verified_name", "legal_representative", "real_name_verified_at"])
    except IntegrityError as error:  # another account has taken it since the check
        raise _taken(uscc) from error
    record = RealNameRecord.objects.create(
        account=account,
        way=way,
        uscc=uscc,
        name_before=before,
        name=name,
        legal_representative=account.legal_representative,
    )
    _tell_verified(record)
    return record


def check_code_is_free(*, account, uscc):
    """Raise what apply_verification would raise for this code, before a request is submitted."""
    holder = User.objects.filter(uscc=uscc).exclude(pk=account.pk).exists()
    if holder:
        raise _taken(uscc)
    enterprise = Enterprise.objects.filter(account=account).only("name", "uscc").first()
    if enterprise is not None and enterprise.uscc != uscc:
        raise Refused(OTHER_CODE.format(typed=uscc, name=enterprise.name, uscc=enterprise.uscc), code="other_code")


def _checked(account, uscc, name):
    if not account.is_legal_person:
        raise NotPermitted(ONLY_LEGAL)
    typed, uscc, name = uscc, uscc_rule.compact(narrow(uscc)), tidy(name)
    if not uscc_rule.is_valid(uscc):
        raise Invalid(f"统一社会信用代码：“{typed}”不是有效的 18 位统一社会信用代码，请对照营业执照核对。")
    if not name:
        raise Invalid("企业名称：不能为空，请对照营业执照填写。")
    check_code_is_free(account=account, uscc=uscc)
    return uscc, name


def _taken(uscc):
    return Refused(
        TAKEN.format(uscc=uscc), code="uscc_taken", link=reverse("accounts:mobile_change"), link_label="手机号修改"
    )


def _tell_verified(record):
    """Say what has changed; a corrected name reaches the enterprise's record by 【实名信息同步】 only."""
    renamed = record.name_before and record.name_before != record.name
    if renamed:
        body = (
            f"实名认证名称已由“{record.name_before}”更正为“{record.name}”（{WAYS[record.way]}）。企业信息中的名称没有变："
            "未获得称号的企业请在【企业主页】点击【编辑】，再点击【实名信息同步】并【保存】；已获得称号的企业请办理【名称变更申请】。"
        )
    else:
        body = f"“{record.name}”（{record.uscc}）已通过实名认证（{WAYS[record.way]}），可以用统一社会信用代码登录并申报。"
    notify(
        recipient=record.account,
        key=f"real-name:{record.pk}",
        title="实名认证已通过",
        body=body,
        link=reverse("accounts:real_name"),
        sms=True,
    )


@transaction.atomic
def submit_real_name(*, account, facts, mobile, uploads, request):
    """【人工实名认证】: store the request for the city's authority and return it.

    ``facts`` has uscc, enterprise_name, legal_representative, document_type, document_number, region. Raises Refused
    (code held by another account, another request pending, evidence) and NotPermitted.
    """
    account = User.objects.select_for_update(of=["self"]).get(pk=account.pk)
    if not account.is_legal_person:
        raise NotPermitted(ONLY_LEGAL)
    check_code_is_free(account=account, uscc=facts["uscc"])
    row = submit_request(
        kind=RealNameRequest, prefix="SM", facts=facts, uploads=uploads, address=address_of(request),
        one_pending_by={"account": account}, pending_sentence=PENDING, account=account, mobile=mobile,
    )  # fmt: skip
    notify(
        recipient=account,
        key=f"real-name-request:{row.pk}",
        title="人工实名认证申请已受理",
        body=(
            f"受理编号 {row.receipt}，由{row.authority.name}办理，结果将以短信发送。咨询电话：{telephone(row.authority)}。"
            "如非本人操作，请登录后在【用户中心】撤销申请并修改密码。"
        ),
        link=reverse("accounts:real_name"),
        sms=True,
    )
    return row


@transaction.atomic
def cancel_real_name(*, account, request_id):
    """【撤销申请】: the account takes its own pending request back. Raises WrongState when it is not pending any more."""
    row = RealNameRequest.objects.select_for_update(of=["self"]).filter(pk=request_id, account=account).first()
    if row is None or row.state != RequestState.PENDING:
        raise WrongState("人工实名认证：这件申请已经办结或撤销，不能再撤销。请刷新页面查看结果。")
    row.state = RequestState.CANCELLED
    row.save(update_fields=["state"])
    return row


@transaction.atomic
def decide_real_name(*, officer, request_id, approve, comment, request=None):
    """Approve (then 实名认证 takes effect) or reject a 人工实名认证申请; the account is told. Returns the request.

    Raises what lock_request, settle and apply_verification raise; nothing is written then.
    """
    row = lock_request(kind=RealNameRequest, officer=officer, request_id=request_id)
    settle(row=row, officer=officer, approve=approve, comment=comment, request=request)
    if approve:
        apply_verification(
            account=row.account,
            uscc=row.uscc,
            name=row.enterprise_name,
            legal_representative=row.legal_representative,
            way=MANUAL,
        )
        User.objects.filter(pk=row.account_id).update(
            document_type=row.document_type,
            document_number=row.document_number,
        )
    else:
        notify(
            recipient=row.account,
            key=f"real-name-request:{row.pk}:decided",
            title="人工实名认证未通过",
            body=(
                f"受理编号 {row.receipt}：{row.authority.name}未通过您的人工实名认证申请。原因：{row.comment}"
                f" 请按原因改正后重新提交。咨询电话：{telephone(row.authority)}。"
            ),
            link=reverse("accounts:real_name"),
            sms=True,
            mobile=row.mobile,
        )
    return row
