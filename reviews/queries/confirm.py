"""What the confirm page of a decision says before it is made: what will happen, what goes out, what is still open."""
from dataclasses import dataclass

from accounts.models import Authority
from reviews.enums import Action, State, Visibility, VisitResult
from reviews.kinds import get_kind
from reviews.models import FieldComment, SiteVisit
from reviews.queries.filing_page import Outcome, outcome_of

#: So many fields are named in the reason that is made of the field comments.
NAMED_FIELDS = 12
#: Decisions with which the 企业可见 comments at fields reach the enterprise.
TELLING = (Action.RETURN, Action.REJECT)


@dataclass(frozen=True)
class Reminder:
    """Something to think of before confirming; ``anchor`` is the place on the filing page that shows it."""

    text: str
    anchor: str = ""
    link: str = ""


@dataclass(frozen=True)
class ConfirmPage:
    """What the template of the confirm page reads. ``reason`` is a comment made of the field comments, or ""."""

    outcome: Outcome
    for_enterprise: list
    internal: list
    reaches_enterprise: bool
    reminders: list
    reason: str


def confirm_page(filing, user, action):
    """Return the ConfirmPage of a decision that the officer may make."""
    comments = list(
        FieldComment.objects.filter(filing=filing, round=filing.round)
        .select_related("authority", "event")
        .order_by("id")
    )
    going_out = [row for row in comments if row.event_id is None and row.authority_id == user.authority_id]
    for_enterprise = [row for row in going_out if row.visibility == Visibility.ENTERPRISE]
    return ConfirmPage(
        outcome=outcome_of(filing, action),
        for_enterprise=for_enterprise,
        internal=[row for row in going_out if row.visibility == Visibility.INTERNAL],
        reaches_enterprise=action in TELLING,
        reminders=_reminders(filing, user, action, comments, for_enterprise),
        reason=reason_of(for_enterprise) if action == Action.RETURN else "",
    )


def reason_of(comments):
    """Return the general reason that points at the field comments; "" without any."""
    if not comments:
        return ""
    labels = list(dict.fromkeys(row.label for row in comments))
    more = "等" if len(labels) > NAMED_FIELDS else ""
    return f"栏目意见 {len(comments)} 处，见各栏目：{'、'.join(labels[:NAMED_FIELDS])}{more}。请逐项修改后重新提交。"


def _reminders(filing, user, action, comments, for_enterprise):
    reminders = []
    if filing.state == State.IN_REVIEW and filing.desk_id != user.authority_id:
        reminders.append(
            Reminder(
                f"这件申报目前由{filing.desk.name}审核。{get_kind(filing.kind).tier_title or '这类申报'}在任一环节，企业所在地的省级"
                f"主管部门都可以【退回】；退回后它不再出现在{filing.desk.name}的待审列表中。"
            )
        )
    if action == Action.APPROVE:
        reminders += _before_approval(filing, for_enterprise)
    else:
        kept = [row for row in comments if row.visibility == Visibility.ENTERPRISE and _was_kept(row)]
        if kept:
            names = "、".join(dict.fromkeys(row.authority.name for row in kept))
            reminders.append(
                Reminder(
                    f"{names}通过时留存的 {len(kept)} 处“企业可见”批注不会发给企业。需要企业一并修改的，请写在意见里。",
                    "comments", "查看批注",
                )
            )
    if filing.warnings:
        reminders.append(
            Reminder(f"系统核验提示 {filing.warnings} 条，请确认已经核对。", "cross-checks", "查看核验提示")
        )
    if filing.handler_id and filing.handler_id != user.pk:
        reminders.append(Reminder(f"这件申报的经办人是{filing.handler}，不是您；确认后由您办理。"))
    return reminders


def _before_approval(filing, for_enterprise):
    reminders = []
    if for_enterprise:
        reminders.append(
            Reminder(
                f"您写了 {len(for_enterprise)} 处“企业可见”的栏目批注，【通过】后企业看不到，只随件留存供后面的部门查看。"
                "需要企业修改的，请改用【退回】。",
                "comments", "查看批注",
            )
        )
    assessment = filing.snapshot.payload.get("assessment") if filing.snapshot else None
    if assessment and not assessment.get("passes"):
        reminders.append(Reminder(f"自评结论：{assessment.get('verdict_shown') or '未达到标准'}", "assessment", "查看自评结论"))
    visits = SiteVisit.objects.filter(filing=filing).exclude(result=VisitResult.MATCHES).order_by("-id")
    latest = visits.first()
    if latest:
        reminders.append(
            Reminder(f"{latest.visited_on:%Y-%m-%d} 实地抽查的结果是“{latest.get_result_display()}”。", "records", "查看记录")
        )
    return reminders


def _was_kept(comment):
    return comment.event_id is not None and comment.event.action == Action.APPROVE


def what_moved(user, seen_authority):
    """Return the sentence that says how the officer came to another authority since his page was made; "" if not.

    ``seen_authority`` is the id that the page carries, None when it carries none.
    """
    if seen_authority in (None, user.authority_id):
        return ""
    before = Authority.objects.filter(pk=seen_authority).first()
    if before is None:
        return ""
    if before.merged_into_id == user.authority_id:
        return (
            f"您打开本页之后，{before.name}已并入{user.authority.name}，待审申报件和您的账户都已转入{user.authority.name}。"
        )
    return f"您打开本页之后，您的账户已从{before.name}转到{user.authority.name}。"
