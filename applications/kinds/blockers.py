"""What keeps an enterprise from opening a filing: one function a reason, each with the link that fixes it."""
from django.urls import reverse
from django.utils import timezone

from applications.enums import Tier
from reviews.kinds import Blocker

#: Manual, 图10.
BASIC_INFO_MISSING = (
    "首次{what}需要先填写企业基本信息。点击【确定】将跳转至【企业信息管理】-【企业主页】，完善企业基本信息并【保存】后，"
    "会自动回到这里继续{what}。"
)
#: Manual, 图17.
ASSESSMENT_MISSING = (
    "温馨提示：{what}{tier}需要先完成【数字化水平评测】，贵企业还没有有效的评测记录。"
    "请点击【去自评】，两个阶段都完成、获得最终综合等级及得分后为有效评测，申请书会自动获取最新一次结果。"
)
#: Manual, Q15.
NOT_ELIGIBLE = "【该企业不满足复核条件】"


def index_of(kind):
    """Return the address of the page where filings of the kind are begun."""
    return reverse("applications:renewals" if kind.is_renewal else "applications:filings")


def word_of(kind):
    """Return 申报 or 复核."""
    return "复核" if kind.is_renewal else "申报"


def basic_info_missing(kind, enterprise):
    """Basic information first (manual §2)."""
    if enterprise is not None and enterprise.is_complete:
        return None
    link = f"{reverse('accounts:enterprise_edit')}?next={index_of(kind)}"
    return Blocker("basic_info_missing", BASIC_INFO_MISSING.format(what=word_of(kind)), link, "确定")


def already_recognised(kind, standing):
    """A valid title of the tier needs no new application: its way on is a renewal."""
    held = standing.title(kind.tier)
    if held is None:
        return None
    reason = (
        f"贵企业已是{kind.tier_title}（编号 {held.number}，有效期至 {held.valid_until.isoformat()}），不需要重复申报。"
        "有效期届满前，请在【企业复核管理】提交复核申请。"
    )
    return Blocker("already_recognised", reason, reverse("applications:renewals"), "企业复核管理")


def never_recognised(kind, standing):
    """A renewal renews a title that the portal knows of (manual Q15, steps 一 and 三)."""
    if standing.last_title(kind.tier) is not None:
        return None
    account = standing.enterprise.uscc
    reason = (
        f"{NOT_ELIGIBLE}平台上没有贵企业被认定为{kind.tier_title}的记录。请先在【企业主页】核对统一社会信用代码（当前账号为 {account}）；"
        f"代码有误的，请换用正确的账号登录；代码正确而认定资质有误的，请联系{_contact(standing.province)}确认复核资质。"
    )
    return Blocker("never_recognised", reason, reverse("applications:home"), "查看企业主页")


def not_eligible(kind, standing):
    """The province must have set 满足复核条件 (manual §4, Q15)."""
    if standing.eligibility(kind.tier) is not None:
        return None
    title, last = standing.last_title(kind.tier), standing.last_eligibility(kind.tier)
    if title.valid_from > standing.day:
        why = f"贵企业的复核已通过，{kind.tier_title}称号有效期已延续至 {title.valid_until.isoformat()}，目前不需要再次复核。"
    elif last is not None:
        day = timezone.localdate(last.withdrawn_at).isoformat()
        why = f"{last.authority.name}设置的【满足复核条件】已于 {day} 终止：{last.withdrawn_reason}"
    else:
        why = "省级主管部门将企业调整为【满足复核条件】后，方可提交复核申请，贵企业目前还没有被调整。"
    reason = (
        f"{NOT_ELIGIBLE}{why}请在【企业主页】核对统一社会信用代码和企业名称下方的资质；两项均正确的，"
        f"请联系{_contact(standing.province)}确认复核资质。"
    )
    return Blocker("not_eligible", reason, reverse("applications:home"), "查看企业主页")


def assessment_missing(kind, standing):
    """专精特新 and 小巨人 need a complete 数字化水平评测 (manual 图17)."""
    if not kind.asks_assessment or standing.assessment is not None:
        return None
    link = f"{reverse('applications:digital')}?next={index_of(kind)}"
    reason = ASSESSMENT_MISSING.format(what=word_of(kind), tier=kind.tier_title)
    return Blocker("assessment_missing", reason, link, "去自评")


#: The title that each tier asks for first (domain.md §1.4).
_LOWER = {Tier.SPECIALIZED: Tier.INNOVATIVE, Tier.LITTLE_GIANT: Tier.SPECIALIZED}


def order_warning(kind, standing):
    """Return the sentence that warns of a missing lower title, "" when there is nothing to warn of.

    The portal never refuses because of the order (manual §1, domain.md §1.4); the reviewer may.
    """
    lower = _LOWER.get(kind.tier)
    if kind.is_renewal or lower is None or standing.title(lower) is not None:
        return ""
    other = "；已是科技型中小企业的，请在申报表中填写" if lower == Tier.INNOVATIVE else ""
    return (
        f"认定标准要求企业已是{'科技和' if other else ''}{lower.label}，平台上没有贵企业有效的{lower.label}认定{other}。"
        "平台对申报顺序不做判断，仍可申报，但审核时可能不予通过，请按相关通知要求申报。"
    )


def _contact(authority):
    return f"{authority.name}（电话 {authority.telephone}）" if authority.telephone else authority.name
