"""Carrying out a row of the transition table: the only code that changes a filing's state."""
from django.db import transaction
from django.utils import timezone

from portal.tools.errors import NotPermitted, Refused, StaleVersion, WrongState
from reviews.enums import Action, SnapshotCause, State, StepOutcome
from reviews.kinds import get_kind
from reviews.models import Filing
from reviews.services import notices
from reviews.services.events import record_event
from reviews.services.parties import parties_of, transition_for
from reviews.services.snapshots import copy_snapshot, take_snapshot
from reviews.services.working_days import deadline
from reviews.transitions import rows_for

#: States that end the review; a filing in one of them has a date of decision.
_DECIDED = {State.APPROVED, State.PUBLICISED, State.RECOGNISED, State.REJECTED}
#: How the sentence for a page that saw an older version ends.
LOOK_AGAIN = "请查看最新内容后再决定；您填写的意见仍保留在本页。"
_OUTCOMES = {
    Action.APPROVE: StepOutcome.APPROVED,
    Action.RETURN: StepOutcome.RETURNED,
    Action.REJECT: StepOutcome.REJECTED,
    Action.WITHDRAW: StepOutcome.WITHDRAWN,
}


def lock_filing(filing_id):
    """Return the filing locked for this transaction, with what every rule needs. Raises Refused when it is gone."""
    try:
        return (
            Filing.objects.select_for_update(of=("self",))
            .select_related("enterprise__account", "province", "desk", "registered_region")
            .get(pk=filing_id)
        )
    except Filing.DoesNotExist as error:
        raise Refused("该申报件不存在或已被删除，请返回列表刷新后重试。", code="not_found", status=404) from error


@transaction.atomic
def apply_transition(*, filing_id, action, user, seen_version, comment="", note="", prepare=None, after=None):
    """Do ``action`` on a filing: lock, version, permission, state, event, snapshot, notices.

    ``prepare(filing)`` runs after the checks and before the state changes (submit sets route and number);
    ``after(filing, event)`` at the end of the same transaction. Doing the same thing twice from the same page (a
    double click) returns the filing as the first click left it. Raises StaleVersion when somebody else acted in
    between, WrongState, NotPermitted, Refused when the comment is missing.
    """
    filing = lock_filing(filing_id)
    if filing.version != seen_version:
        return _answer_to_a_late_click(filing, action, user, seen_version)
    row = transition_for(user, filing, action)
    if row is None:
        raise _refusal(user, filing, action)
    comment = comment.strip()
    if row.comment_required and not comment:
        raise Refused(
            f"【{Action(action).label}】须填写意见：企业要凭它知道改什么。请写明原因后重试。", code="comment_required", status=422
        )
    moment = timezone.now()
    if prepare is not None:
        prepare(filing, moment)
    from_state = filing.state
    _leave_step(filing, action, moment)
    filing.state = row.to_state
    if action == Action.APPROVE:
        _pass_on(filing, moment)
    elif action == Action.SUBMIT:
        _enter_step(filing, 1, moment)
    elif action == Action.REROUTE:
        _enter_step(filing, filing.step, moment)
    filing.decided_at = (filing.decided_at or moment) if filing.state in _DECIDED else None
    snapshot = _snapshot_for(filing, row, user, moment)
    event = record_event(
        filing=filing,
        action=action,
        party=row.party,
        user=user,
        from_state=from_state,
        seen_version=seen_version,
        comment=comment,
        note=note.strip(),
        snapshot=snapshot,
        moment=moment,
    )
    filing.version += 1
    filing.save()
    kind = get_kind(filing.kind)
    if action == Action.SUBMIT:
        kind.on_submitted(filing)
    if filing.state == State.APPROVED and not kind.is_publicised:
        kind.on_approved(filing)
    if after is not None:
        after(filing, event)
    notices.tell(filing, event)
    return filing


def _leave_step(filing, action, moment):
    """Close the present step of the route, if the filing is at one, and clear the desk."""
    if filing.state == State.IN_REVIEW and action in _OUTCOMES:
        filing.steps.filter(round=filing.round, position=filing.step).update(
            decided_at=moment, outcome=_OUTCOMES[action]
        )
    filing.desk = None
    filing.desk_since = None
    filing.handler = None
    filing.due_at = None


def _enter_step(filing, position, moment):
    """Put the filing on the desk of the step at ``position``."""
    step = filing.steps.select_related("authority").get(round=filing.round, position=position)
    _follow_merger(filing, step)
    step.arrived_at = moment
    step.save(update_fields=["arrived_at", "authority"])
    filing.state = State.IN_REVIEW
    filing.step = position
    filing.desk = step.authority
    filing.desk_since = moment
    filing.due_at = deadline(moment, step.authority.review_days)


def _follow_merger(filing, step):
    """Take the authority that this one went into while the route was being written: nobody sits at the old desk."""
    while step.authority.merged_into_id:
        gone, step.authority = step.authority, step.authority.merged_into
        for column in ("city", "county"):
            if getattr(filing, f"{column}_id") == gone.pk:
                setattr(filing, column, step.authority)


def _pass_on(filing, moment):
    """After an approval: to the next desk, or to APPROVED (set by the table) when this was the last."""
    if filing.steps.filter(round=filing.round, position=filing.step + 1).exists():
        _enter_step(filing, filing.step + 1, moment)


def _snapshot_for(filing, row, user, moment):
    """Take the snapshot that the row asks for and make it the filing's present one."""
    if not row.makes_snapshot:
        return filing.snapshot
    if row.action == Action.SUBMIT:
        filing.snapshot = take_snapshot(filing=filing, cause=SnapshotCause.SUBMIT, user=user, moment=moment)
    else:
        filing.snapshot = copy_snapshot(
            snapshot=filing.snapshot, filing=filing, cause=SnapshotCause.DECISION, user=user, moment=moment
        )
    return filing.snapshot


def _answer_to_a_late_click(filing, action, user, seen_version):
    """Answer a request that saw an older version: done already by the same person, or somebody was faster."""
    event = filing.events.filter(seen_version=seen_version).select_related("authority").first()
    if event and event.action == action and event.actor_id == user.pk:
        return filing
    if not parties_of(user, filing) and not (event and event.actor_id == user.pk):
        # Say nothing of a filing that this user has no part in any more.
        visible = Filing.objects.for_officer(user).filter(pk=filing.pk).exists()
        if not visible:
            raise NotPermitted("该申报件已不在您的管辖范围内，请返回列表刷新。")
    latest = filing.events.select_related("authority").order_by("-sequence").first()
    if latest and latest.seen_version >= seen_version:
        at = timezone.localtime(latest.at).strftime("%m月%d日 %H:%M")
        who = f"{latest.authority.name} {latest.actor_name}" if latest.authority_id else "申报企业"
        raise StaleVersion(
            f"{who}已于 {at} 【{latest.get_action_display()}】这件申报，它现在的状态是“{filing.get_state_display()}”，"
            f"您这次的操作没有生效。{LOOK_AGAIN}",
            current=filing,
        )
    raise StaleVersion(
        "这件申报的内容刚刚在另一个窗口保存过，您这次的操作没有生效。请刷新查看最新内容后重试。", current=filing
    )


def _refusal(user, filing, action):
    """Return the exception that says why nothing in the table fits."""
    label = Action(action).label
    if not any(row.party in parties_of(user, filing) for row in rows_for(action)):
        if filing.state == State.IN_REVIEW and user.is_authenticated and user.is_officer:
            return NotPermitted(f"这件申报目前由{filing.desk.name}审核，您所在部门不能【{label}】。")
        return NotPermitted(f"您没有对这件申报【{label}】的权限。")
    return WrongState(f"这件申报的状态是“{filing.get_state_display()}”，不能【{label}】。请刷新页面查看最新进度。")
