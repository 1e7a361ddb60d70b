"""What the pages of the desk share: areas by level, states of a jurisdiction, waiting days."""
from django.utils import timezone

from reviews.enums import State

#: The column of the filing that holds the authority of a level.
COLUMN_OF_LEVEL = {"province": "province", "city": "city", "county": "county"}
#: The level below each.
LEVEL_BELOW = {"ministry": "province", "province": "city", "city": "county"}


def in_scope(filings, user, state):
    """Limit filings of the jurisdiction to a state other than 审核中.

    Outside review no desk holds a filing, so the second arm of ``for_officer`` can be left out, and the index on
    (area, state) serves the page at any size.
    """
    column = COLUMN_OF_LEVEL.get(user.authority.level)
    own = {column: user.authority_id} if column and state != State.IN_REVIEW else {}
    return filings.filter(state=state, **own)


def days_since(moment, now=None):
    """Return whole days between the local date of ``moment`` and today: 0 for anything that arrived today."""
    today = timezone.localdate(now) if now else timezone.localdate()
    return (today - timezone.localdate(moment)).days
