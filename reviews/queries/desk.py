"""What the pages of the desk share: areas by level, states of a jurisdiction, waiting days."""
from django.utils import timezone

from reviews.enums import State
from reviews.models import Filing

#: The column of the filing that holds the authority of a level.
COLUMN_OF_LEVEL = {"province": "province", "city": "city", "county": "county"}
#: The level below each.
LEVEL_BELOW = {"ministry": "province", "province": "city", "city": "county"}


def in_state(user, state):
    """Return the filings of the officer's jurisdiction that are in a state.

    Outside review no desk holds a filing: the officer's own area is all of it, and the index on (area, state) serves
    the page at any size.
    """
    rows = Filing.objects.for_officer(user) if state == State.IN_REVIEW else Filing.objects.in_area_of(user)
    return rows.filter(state=state)


def days_since(moment, now=None):
    """Return whole days between the local date of ``moment`` and today: 0 for anything that arrived today."""
    today = timezone.localdate(now) if now else timezone.localdate()
    return (today - timezone.localdate(moment)).days
