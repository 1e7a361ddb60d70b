"""What became of the comments that the last return carried: which fields were changed, and how."""
from dataclasses import dataclass

from reviews.enums import Action
from reviews.models import FieldComment


@dataclass(frozen=True)
class Answer:
    """A comment of the last return and the changes at its field; none means 未改."""

    comment: FieldComment
    changes: tuple

    @property
    def is_changed(self):
        """Whether anything at the commented field differs from what was returned."""
        return bool(self.changes)


def answers_to(comments, changes, returned_round):
    """Return an Answer for each comment that went out with the return of a submission, in the order of writing.

    ``comments`` with their event; ``changes`` from that submission to the next one.
    """
    return [
        Answer(comment, tuple(change for change in changes if change.target == comment.target))
        for comment in comments
        if comment.round == returned_round and comment.event_id and comment.event.action == Action.RETURN
    ]
