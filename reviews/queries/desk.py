"""What waits where: the officer's home page and the work list."""
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from accounts.models import Authority
from portal.tools.text import narrow
from reviews.enums import State
from reviews.kinds import all_kinds, get_kind
from reviews.models import Filing

#: Rows counted on the home page; beyond it the page says "1000+".
HOME_CAP = 1000
#: The column of the filing that holds the authority of a level.
COLUMN_OF_LEVEL = {"province": "province", "city": "city", "county": "county"}
#: The level below each, of which an officer may choose one in the work list.
LEVEL_BELOW = {"ministry": "province", "province": "city", "city": "county"}
USCC_LENGTH = 18
#: A shorter piece of a 统一社会信用代码 fits too many enterprises to be worth a search.
SHORTEST_CODE = 6


@dataclass(frozen=True)
class Waiting:
    """How many filings of one kind wait; ``shown`` ends with "+" when counting stopped early."""

    kind: object
    shown: str
    oldest: datetime | None = None
    oldest_id: int | None = None
    oldest_name: str = ""


@dataclass(frozen=True)
class Home:
    """What the home page shows an officer."""

    desk: list
    desk_shown: str
    to_publicise: list
    oldest: Waiting | None


def officer_home(user):
    """Return the Home of an officer in two queries at most, whatever is waiting."""
    rows = list(
        Filing.objects.for_officer(user)
        .on_desk_of(user)
        .order_by("desk_since", "id")
        .values_list("kind", "desk_since", "id", "enterprise_name")[: HOME_CAP + 1]
    )
    desk = _by_kind(rows)
    oldest = min((waiting for waiting in desk if waiting.oldest), key=lambda w: w.oldest, default=None)
    return Home(desk, _shown(len(rows), len(rows)), _to_publicise(user), oldest)


def _by_kind(rows):
    counts, first = Counter(), {}
    for kind, since, pk, name in rows:
        counts[kind] += 1
        first.setdefault(kind, (since, pk, name))
    nothing = (None, None, "")
    return [
        Waiting(kind, _shown(counts[kind.code], len(rows)), *first.get(kind.code, nothing)) for kind in all_kinds()
    ]


def _to_publicise(user):
    """Return what waits for a publicity of this officer's authority, by kind."""
    mine = [kind.code for kind in all_kinds() if kind.is_publicised and kind.publisher_level == user.authority.level]
    if not (user.may_publish and mine):
        return []
    waiting = Filing.objects.for_officer(user).filter(state=State.APPROVED, kind__in=mine)
    if user.authority.level == "province":
        waiting = waiting.filter(province=user.authority_id)
    found = list(waiting.order_by().values_list("kind", flat=True)[: HOME_CAP + 1])
    return [Waiting(get_kind(kind), _shown(n, len(found))) for kind, n in Counter(found).items()]


def _shown(count, read):
    """Return a count as text: exact, or with "+" when reading stopped at the cap."""
    return f"{min(count, HOME_CAP)}+" if read > HOME_CAP else str(count)


def areas_below(user):
    """Return (value, name) of the authorities directly below the officer's own, for the filter of the work list."""
    if user.authority.level not in LEVEL_BELOW:
        return []
    below = Authority.objects.filter(parent=user.authority_id).order_by("code")
    return [(str(pk), name) for pk, name in below.values_list("pk", "short_name")]


def in_area(filings, user, value):
    """Limit filings to one authority below the officer's own."""
    column = LEVEL_BELOW.get(user.authority.level)
    return filings.filter(**{column: int(value)}) if column else filings


def in_scope(filings, user, state):
    """Limit filings of the jurisdiction to a state other than 审核中.

    Outside review no desk holds a filing, so the second arm of ``for_officer`` can be left out, and the index on
    (area, state) serves the page at any size.
    """
    column = COLUMN_OF_LEVEL.get(user.authority.level)
    own = {column: user.authority_id} if column and state != State.IN_REVIEW else {}
    return filings.filter(state=state, **own)


def search(filings, text):
    """Limit filings to what was typed: a 统一社会信用代码, the beginning of a filing number or a piece of a name."""
    text = narrow(text)[:120]
    if not text:
        return filings
    condition = Q(enterprise_name__contains=text)
    code = text.upper()
    if code.isascii() and code.isalnum():
        condition |= Q(number__startswith=code)
        if len(code) == USCC_LENGTH:
            condition = Q(enterprise__uscc=code)
        elif len(code) >= SHORTEST_CODE:
            condition |= Q(enterprise__uscc__startswith=code)
    return filings.filter(condition)


def days_since(moment, now=None):
    """Return whole days between the local date of ``moment`` and today: 0 for anything that arrived today."""
    today = timezone.localdate(now) if now else timezone.localdate()
    return (today - timezone.localdate(moment)).days
