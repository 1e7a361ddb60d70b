"""What 手机号修改 by 人工核验 and 人工实名认证 share: receipt, desk, evidence, and one decision by one officer."""
import errno
import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import AuthorityLevel, RequestState
from accounts.evidence import check_evidence, gather
from accounts.models import User
from accounts.queries.requests import may_decide
from accounts.services.access_log import log_access
from portal.tools.errors import Invalid, NotPermitted, Refused, WrongState

#: Without 0, 1, I, L, O: a receipt is read out on the telephone.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_RANDOM = 8
COMMENT_MAX = 300
DISK_FULL = "平台的存储空间不足，申请没有提交。请稍后重试；多次失败请拨打技术支持电话。"
NOT_FOUND = "没有这件申请。"


def desk_of(region):
    """Return the authority that decides requests from a region: the city's, else the lowest there is.

    A county's authority hands up to its city; a place without a city above it is decided by its own authority.
    """
    authority = region.authority
    while authority.level == AuthorityLevel.COUNTY:
        authority = authority.parent
    return authority


def submit_request(*, kind, prefix, facts, uploads, address, one_pending_by, pending_sentence, **columns):
    """Store a request of the model ``kind`` and return it. Must run inside a transaction of the caller.

    ``facts`` are the stated data by column, ``prefix`` begins the 受理编号, ``address`` is the visitor's. Of the rows
    with the columns ``one_pending_by`` one may be 待办理. Raises Refused for the evidence, and with
    ``pending_sentence`` ({authority}, {telephone}) while another request is 待办理.
    """
    check_evidence(uploads)
    others = kind.objects.filter(**one_pending_by, state=RequestState.PENDING).select_related("authority")
    _refuse_second(others, pending_sentence)
    content, name = gather(uploads, f"{facts['enterprise_name'][:40]}证明材料.zip")
    row = kind(
        receipt=_receipt(prefix), authority=desk_of(facts["region"]), evidence_name=name, address=address,
        **facts, **columns,
    )  # fmt: skip
    _store(row, content)
    try:
        with transaction.atomic():
            row.save()
    except BaseException as error:
        row.evidence.delete(save=False)
        if isinstance(error, IntegrityError):  # another was submitted in the same instant
            _refuse_second(others.all(), pending_sentence)
        raise
    return row


def _refuse_second(others, sentence):
    other = others.first()
    if other is not None:
        words = {"authority": other.authority.name, "telephone": telephone(other.authority)}
        raise Refused(sentence.format(**words), code="pending")


def _store(row, content):
    """Write the evidence; a full disk is said as such."""
    try:
        row.evidence.save(row.evidence_name, content, save=False)
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise Refused(DISK_FULL, code="disk_full", status=507) from error


def _receipt(prefix):
    return f"{prefix}{timezone.localdate():%Y%m%d}{''.join(secrets.choice(_ALPHABET) for _ in range(_RANDOM))}"


def telephone(authority):
    """Return the authority's 咨询电话 in words, also when none is known."""
    return authority.telephone or "见平台首页底部联系方式"


def lock_request(*, kind, officer, request_id):
    """Return the request locked for its decision.

    Raises NotPermitted (404: it is not said that it exists) for an officer of another authority, NotPermitted for one
    who may only read, WrongState when it is decided already.
    """
    found = kind.objects.filter(pk=request_id, authority=officer.authority_id).values_list("account_id").first()
    if found is None:
        raise NotPermitted(NOT_FOUND, status=404)
    # The account first: whatever else writes an account and its requests takes the two locks in this order.
    User.objects.select_for_update(of=["self"]).filter(pk=found[0]).first()
    row = kind.objects.select_for_update(of=["self"]).select_related("authority", "account").get(pk=request_id)
    if not may_decide(officer, row):
        raise NotPermitted("您的角色是“查阅”，不能办理申请。请由本部门角色为“审核”或“审核与发布”的人员办理。")
    if row.state != RequestState.PENDING:
        who = f"，由{row.decided_by}于 {timezone.localtime(row.decided_at):%Y-%m-%d %H:%M} 办理" if row.decided_at else ""
        raise WrongState(f"受理编号 {row.receipt} 的申请已是“{row.get_state_display()}”{who}，不能重复办理。")
    return row


def settle(*, row, officer, approve, comment, request=None):
    """Write the decision on a locked request and log it. Raises Invalid for a rejection without a reason."""
    comment = comment.strip()
    if not approve and not comment:
        raise Invalid("办理意见：不予通过必须写明原因，申请人会收到该原因。请填写后再确认。")
    if len(comment) > COMMENT_MAX:
        raise Invalid(f"办理意见：共 {len(comment)} 个字，超过上限 {COMMENT_MAX} 个字，请缩短。")
    row.state = RequestState.APPROVED if approve else RequestState.REJECTED
    row.decided_by, row.decided_at, row.comment = officer, timezone.now(), comment
    row.save(update_fields=["state", "decided_by", "decided_at", "comment"])
    log_access(
        actor=officer,
        action=f"{row._meta.verbose_name}：{row.get_state_display()}",
        subject=str(row),
        request=request,
    )
    return row
