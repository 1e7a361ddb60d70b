"""Everything that the page of one filing shows, in a fixed number of queries."""
import datetime
from dataclasses import dataclass, field

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from reviews.enums import Action, SnapshotCause, State, StepOutcome
from reviews.kinds import get_kind
from reviews.models import FieldComment, Filing, ReviewEvent, Snapshot
from reviews.queries.answered import answers_to
from reviews.queries.content import sections_of, target_of_warning, targets_of
from reviews.queries.desk import days_since
from reviews.queries.difference import changes_between
from reviews.queries.page_index import index_of
from reviews.queries.verdict import verdict_of
from reviews.services.parties import transition_for

DECISIONS = (Action.APPROVE, Action.RETURN, Action.REJECT)


@dataclass
class FilingPage:
    """What the template of the filing page reads."""

    filing: Filing
    kind: object
    snapshot: Snapshot
    payload: dict
    is_present: bool
    sections: list
    loose_files: list
    changes: list
    previous: Snapshot | None
    snapshots: list
    events: list
    steps: list
    comments: list
    buttons: list
    reason: str
    may_comment: bool
    waiting_days: int | None
    due_days: int | None
    verdict: object
    answers: list
    warnings: list
    checks: list | None
    panels: list
    targets: dict = field(default_factory=dict)
    index: list = field(default_factory=list)

    @property
    def typed_changes(self):
        """The changes that the enterprise made itself."""
        return [change for change in self.changes if not change.is_computed]

    @property
    def computed_changes(self):
        """The changes of computed fields, which follow from the others."""
        return [change for change in self.changes if change.is_computed]


def filing_for(user, filing_id):
    """Return the filing with what its pages need, or None when it is not in the officer's jurisdiction."""
    related = (
        "enterprise", "province__parent", "desk", "registered_region", "snapshot", "handler", "window__authority"
    )  # fmt: skip
    return Filing.objects.for_officer(user).select_related(*related).filter(pk=filing_id).first()


def filing_page(filing, user, number=None):
    """Return the FilingPage; ``number`` asks for an older snapshot, None for the present one.

    Returns None when there is no snapshot of that number.
    """
    snapshots = list(
        Snapshot.objects.filter(filing=filing).exclude(cause=SnapshotCause.PREVIEW).defer("payload").order_by("-number")
    )
    snapshot = snapshot_of(filing, number)
    if snapshot is None:
        return None
    payload = snapshot.payload
    is_present = snapshot.pk == filing.snapshot_id
    previous = _submitted(filing, snapshot.round - 1)
    changes = changes_between(previous.payload, payload) if previous else []
    comments = comments_for(filing, user)
    by_target = {}
    for comment in comments:
        if comment.round <= snapshot.round:
            by_target.setdefault(comment.target, []).append(comment)
    targets = targets_of(payload)
    warnings = [found | {"target": target_of_warning(found, targets)} for found in payload.get("warnings", [])]
    checks = payload.get("cross_checks")
    odd = {}
    for found in (*warnings, *(each | {"target": target_of_warning(each, targets)} for each in checks or ())):
        odd.setdefault(found["target"], []).append(found["message"])
    sections, loose = sections_of(payload, by_target, {change.target for change in changes}, odd)
    steps = list(filing.steps.filter(round=filing.round).select_related("authority").order_by("position"))
    buttons, reason = buttons_for(filing, user, steps)
    page = FilingPage(
        filing=filing,
        kind=get_kind(filing.kind),
        snapshot=snapshot,
        payload=payload,
        is_present=is_present,
        sections=sections,
        loose_files=loose,
        changes=changes,
        previous=previous,
        snapshots=snapshots,
        events=list(
            ReviewEvent.objects.filter(filing=filing).select_related("authority", "snapshot").defer("snapshot__payload")
            .order_by("-sequence")
        ),
        steps=steps,
        comments=[comment for comment in comments if comment.round == filing.round],
        buttons=buttons,
        reason=reason,
        may_comment=is_present and may_comment(filing, user),
        waiting_days=days_since(filing.desk_since) if filing.desk_since else None,
        due_days=days_left(filing.due_at) if filing.due_at else None,
        verdict=verdict_of(payload.get("assessment")),
        answers=answers_to(comments, changes, snapshot.round - 1),
        warnings=warnings,
        checks=checks,
        panels=panels_of(filing) if is_present else [],
        targets=targets,
    )
    page.index = index_of(page)
    return page


def panels_of(filing):
    """Return [(key, title, HTML)] of what the kind adds to the page (FilingKind.desk_panels)."""
    panels = get_kind(filing.kind).desk_panels(filing)
    return [(key, title, render_to_string(template, context)) for key, title, template, context in panels]


def days_left(due_at, now=None):
    """Return the days from today to the last day of a deadline: 0 when that is today, below 0 when it is over.

    A deadline is the midnight that ends its last day (reviews/services/working_days.py).
    """
    last_day = timezone.localdate(due_at - datetime.timedelta(seconds=1))
    return (last_day - timezone.localdate(now)).days


def snapshot_of(filing, number=None):
    """Return the present snapshot of a filing, or the one with that number; None when there is none."""
    if number in (None, filing.snapshot.number):
        return filing.snapshot
    return Snapshot.objects.filter(filing=filing, number=number).exclude(cause=SnapshotCause.PREVIEW).first()


def _submitted(filing, round_number):
    """Return the snapshot of an earlier submission, or None before the first."""
    if round_number < 1:
        return None
    return Snapshot.objects.filter(filing=filing, round=round_number, cause=SnapshotCause.SUBMIT).first()


def comments_for(filing, user):
    """Return the field comments that this officer may read: those handed over, and his own authority's."""
    mine = Q(event__isnull=False) | Q(authority=user.authority_id)
    rows = FieldComment.objects.filter(mine, filing=filing).select_related("authority", "author", "event")
    comments = list(rows.order_by("id"))
    for comment in comments:
        comment.may_remove = (
            comment.event_id is None
            and comment.round == filing.round
            and comment.authority_id == user.authority_id
            and may_comment(filing, user)
        )
    return comments


def may_comment(filing, user):
    """Tell whether the officer may comment at fields: he may return the filing, with which the comments go out."""
    return transition_for(user, filing, Action.RETURN) is not None


def buttons_for(filing, user, steps=None):
    """Return [(Action, allowed)] of the three decisions and a sentence why those that are not allowed are not.

    ``steps`` are those of the present round, with which the sentence says when it is this authority's turn.
    """
    buttons = [(action, transition_for(user, filing, action) is not None) for action in DECISIONS]
    if all(allowed for _, allowed in buttons):
        return buttons, ""
    reason = why_not(filing, user, steps)
    if any(allowed for _, allowed in buttons):
        # Only the province of a 小巨人 has some of the three without having the filing on its desk.
        reason += "您所在部门是企业所在地的省级主管部门，在任一环节都可以【退回】。"
    return buttons, reason


def why_not(filing, user, steps=None):
    """Return the sentence that says why an officer cannot decide now; with ``steps`` also when his turn comes."""
    if not user.may_decide:
        return "您的角色是“查阅”，可以查看，不能审核。"
    if filing.state == State.IN_REVIEW:
        held = f"这件申报目前由{filing.desk.name}审核。"
        return held + (_turn_of(filing, user, steps) if steps else "")
    if filing.state == State.RETURNED:
        return "这件申报已退回企业，等待企业修改后重新提交。"
    if filing.state == State.APPROVED:
        return "这件申报已审核通过，" + ("等待公示。" if get_kind(filing.kind).is_publicised else "已经办结。")
    return f"这件申报的状态是“{filing.get_state_display()}”，不需要再审核。"


def _turn_of(filing, user, steps):
    """Say where an authority that does not have the filing stands on its route."""
    mine = next((step for step in steps if step.authority_id == user.authority_id), None)
    if mine is None:
        return "您所在的部门不在这件申报的审核链上，可以查看，不能审核。"
    words = f"您所在的部门是审核链的第 {mine.position} 步，"
    if mine.position > filing.step:
        return f"{words}轮到时会出现在您的“待我审核”中。"
    when = timezone.localtime(mine.decided_at).strftime("%Y-%m-%d") if mine.decided_at else ""
    return f"{words}已于 {when} {mine.get_outcome_display()}。"


@dataclass(frozen=True)
class Outcome:
    """What a decision will bring: who has the filing next, and what the enterprise is told."""

    receiver: str
    enterprise_told: str


def outcome_of(filing, action):
    """Return the Outcome of an action on a filing in review, for the confirm page."""
    kind = get_kind(filing.kind)
    if action == Action.RETURN:
        return Outcome(
            f"退回{filing.enterprise_name}修改。企业重新提交后，从审核链的第一个部门开始重新审核。",
            "企业会收到系统消息和短信“申报被退回，请修改”，看到您填写的意见和标为“企业可见”的栏目意见。",
        )
    if action == Action.REJECT:
        return Outcome(
            "这件申报就此办结，企业不能再修改。",
            "企业会收到系统消息和短信“申报不予通过”，看到您填写的意见和标为“企业可见”的栏目意见。",
        )
    following = filing.steps.filter(round=filing.round, position=filing.step + 1).select_related("authority").first()
    if following:
        return Outcome(
            f"转{following.authority.name}审核。",
            f"企业会收到系统消息“审核进度更新”，知道现由{following.authority.name}审核。",
        )
    next_step = "审核链到此结束，状态变为“审核通过”"
    if kind.is_publicised:
        publisher = filing.province.name if kind.publisher_level == "province" else "部级主管部门"
        next_step += f"，等待{publisher}公示"
    return Outcome(f"{next_step}。", "企业会收到系统消息“审核已通过”。")


def step_state(step, filing):
    """Return how a step of the route stands: done, current, returned, rejected or later."""
    if step.outcome == StepOutcome.APPROVED:
        return "done"
    if step.outcome:
        return step.outcome
    is_here = filing.state == State.IN_REVIEW and step.position == filing.step
    return "current" if is_here else "later"


def latest_event(filing):
    """Return who acted last on a filing as (who, what, when in local time), for the page of a stale decision."""
    event = ReviewEvent.objects.filter(filing=filing).select_related("authority").order_by("-sequence").first()
    who = f"{event.authority.name} {event.actor_name}" if event.authority_id else event.actor_name
    return who, event.get_action_display(), timezone.localtime(event.at), event.comment
