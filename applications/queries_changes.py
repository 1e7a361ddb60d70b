"""What has changed since a filing was returned, and which comments have been answered by it (修改对照)."""
from dataclasses import dataclass

from django.utils import timezone

from applications.queries import told_comments
from reviews.enums import Action, SnapshotCause, State
from reviews.models import FieldComment, Snapshot
from reviews.queries.difference import changes_between
from reviews.services.snapshots import build_payload


@dataclass(frozen=True)
class Answer:
    """A comment of the return and what was changed where it points; nothing changed means 未改."""

    comment: FieldComment
    changes: tuple

    @property
    def is_changed(self):
        """Whether something there differs from what was returned."""
        return bool(self.changes)


@dataclass(frozen=True)
class Comparison:
    """The returned submission against what there is now.

    ``is_present`` tells that the new side are the answers as they are being corrected, else the next submission.
    """

    returned: Snapshot
    event: object
    answers: list
    others: list
    is_present: bool
    at: object

    @property
    def changed_count(self):
        """How many comments have been answered by a change."""
        return sum(answer.is_changed for answer in self.answers)


def comparison(filing):
    """Return the Comparison with the last submission that was returned; None when none was.

    ``filing`` with enterprise and region, as owned_filing gives it.
    """
    is_present = filing.state == State.RETURNED
    rounds = [filing.round] if is_present else [filing.round - 1, filing.round]
    rows = Snapshot.objects.filter(filing=filing, cause=SnapshotCause.SUBMIT, round__in=rounds, round__gte=1)
    snapshots = list(rows.order_by("round"))
    if len(snapshots) < len(rounds):
        return None
    returned = snapshots[0]
    new = build_payload(filing, timezone.now()) if is_present else snapshots[1].payload
    changes = changes_between(returned.payload, new)
    answers = [
        Answer(comment, tuple(change for change in changes if change.target == comment.target))
        for comment in told_comments(filing)
        if comment.round == returned.round
    ]
    about = {answer.comment.target for answer in answers}
    return Comparison(
        returned=returned,
        event=_return_of(filing, returned.round),
        answers=answers,
        others=[change for change in changes if change.target not in about],
        is_present=is_present,
        at=filing.updated_at if is_present else snapshots[1].made_at,
    )


def _return_of(filing, number):
    """Return the event that returned the submission of a round."""
    events = filing.events.filter(action=Action.RETURN, snapshot__round=number).select_related("authority")
    return events.order_by("-sequence").first()
