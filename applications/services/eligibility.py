"""满足复核条件: set and withdrawn by the province, for every tier (manual §4); each row says who did it and when.

小巨人 too: the province verifies them for the ministry (domain.md §1.5), and the manual names it alone.
"""
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import AuthorityLevel
from accounts.models import Enterprise
from accounts.services.access_log import log_access
from accounts.services.notices import notify
from applications.enums import Tier
from applications.models import Recognition, RenewalEligibility
from portal.tools.errors import NotPermitted, Refused
from reviews.services.routes import authorities_of

NOTE_LIMIT = 200  # characters


@transaction.atomic
def set_eligible(*, user, enterprise_id, tier, note="", request=None):
    """Let an enterprise file a renewal of ``tier``; return the row. Setting it twice changes nothing.

    The operation log names it; ``request`` tells where from, when there is one.

    Raises NotPermitted unless ``user`` decides for the province of the enterprise's 企业注册地, Refused when the
    enterprise never held a title of the tier or ``note`` is too long.
    """
    enterprise = _of_province(user, enterprise_id)
    tier = _tier(tier)
    note = _short(note, "说明")
    existing = RenewalEligibility.objects.filter(enterprise=enterprise, tier=tier, withdrawn_at__isnull=True).first()
    if existing:
        return existing
    if not Recognition.objects.filter(enterprise=enterprise, tier=tier).exists():
        raise Refused(
            f"平台上没有“{enterprise.name}”被认定为{tier.label}的记录，不能设置为【满足复核条件】。请核对企业和梯度。",
            code="never_recognised", status=422,
        )
    row = RenewalEligibility.objects.create(
        enterprise=enterprise, tier=tier, authority=user.authority, granted_by=user, note=note
    )
    body = (
        f"{user.authority.name}已将贵企业调整为【满足复核条件】（{tier.label}）。"
        "请在复核开放时间内登录平台，进入【企业信息管理】-【企业复核管理】提交复核申请。"
    )
    _tell(row, "granted", "可以申请复核", body)
    log_access(actor=user, action="设置满足复核条件", subject=_subject(row, note), request=request)
    return row


@transaction.atomic
def withdraw_eligible(*, user, enterprise_id, tier, reason, request=None):
    """Take 满足复核条件 back with a reason that the enterprise reads; return the row.

    Withdrawing twice changes nothing; None when it never was set. Raises NotPermitted as set_eligible, Refused
    without a reason.
    """
    enterprise = _of_province(user, enterprise_id)
    tier = _tier(tier)
    reason = _short(reason, "撤销原因")
    if not reason:
        raise Refused("撤销原因：未填写。请写明撤销【满足复核条件】的原因，企业会看到。", code="reason_required", status=422)
    rows = RenewalEligibility.objects.filter(enterprise=enterprise, tier=tier)
    row = rows.filter(withdrawn_at__isnull=True).first()
    if row is None:
        return rows.first()
    _end(row, user, reason)
    body = (
        f"{user.authority.name}已撤销贵企业的【满足复核条件】（{tier.label}）。原因：{reason} "
        f"如有疑问，请联系该部门{_telephone(user.authority)}。"
    )
    _tell(row, "withdrawn", "不再满足复核条件", body)
    log_access(actor=user, action="撤销满足复核条件", subject=_subject(row, reason), request=request)
    return row


def use_up(*, enterprise, tier, user, number):
    """End 满足复核条件 when the renewal it allowed has led to the title ``number``; the next needs a new setting.

    Inside the announcement's transaction; the enterprise learns of the title itself. Returns the row or None.
    """
    rows = RenewalEligibility.objects.select_for_update().filter(enterprise=enterprise, tier=tier)
    row = rows.filter(withdrawn_at__isnull=True).first()
    if row is not None:
        _end(row, user, f"复核已通过，新的认定编号 {number}。")
    return row


def _end(row, user, reason):
    row.withdrawn_by = user
    row.withdrawn_at = timezone.now()
    row.withdrawn_reason = reason
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])


def _subject(row, words):
    return f"{row.enterprise.name} {row.enterprise.uscc} {Tier(row.tier).label}{f'：{words}' if words else ''}"


def may_set_eligible(user):
    """Tell whether an account sets 满足复核条件 for its province: officers of a province who decide."""
    return user.is_authenticated and user.may_decide and user.authority.level == AuthorityLevel.PROVINCE


def _of_province(user, enterprise_id):
    """Return the enterprise, locked, when ``user`` decides for its province; two settings at once wait here."""
    if not may_set_eligible(user):
        raise NotPermitted("【满足复核条件】由省级主管部门设置，且须具有“审核”或“审核与发布”角色。")
    enterprises = Enterprise.objects.select_for_update(of=("self",)).select_related("account")
    enterprise = enterprises.filter(pk=enterprise_id).first()
    province = None
    if enterprise is not None and enterprise.registered_region_id:
        province = authorities_of(enterprise.registered_region).get(AuthorityLevel.PROVINCE)
    if province is None or province.pk != user.authority_id:
        raise NotPermitted("该企业的企业注册地不在本省（自治区、直辖市、计划单列市、兵团）范围内，不能设置。")
    return enterprise


def _tier(value):
    try:
        return Tier(value)
    except ValueError as error:
        raise Refused(f"梯度：没有“{value}”这一梯度，请重新选择。", code="tier", status=422) from error


def _short(text, label):
    text = text.strip()
    if len(text) > NOTE_LIMIT:
        raise Refused(
            f"{label}：有 {len(text)} 个字，超过上限 {NOTE_LIMIT} 个字，请缩短后重试。", code="too_long", status=422
        )
    return text


def _telephone(authority):
    return f"，电话 {authority.telephone}" if authority.telephone else ""


def _tell(row, word, title, body):
    """Write 系统消息 and SMS; the key makes a second one impossible."""
    notify(
        recipient=row.enterprise.account, key=f"eligibility-{row.pk}-{word}", title=title, body=body,
        link=reverse("applications:renewals"), sms=True,
    )
