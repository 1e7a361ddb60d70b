"""What the public may read: open windows (申报开放时间) and publicity lists (公示公告)."""
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from reviews.enums import PublicityState
from reviews.kinds import all_kinds
from reviews.models import PublicityEntry, PublicityList, Window

#: Windows read for one page: 37 provinces and the ministry, several kinds, this opening and the next.
WINDOWS_READ = 1000
#: Pages of a list that can be turned to; older ones are reached by a link or a search.
LAST_PAGE = 500


@dataclass
class TierWindows:
    """One registered kind of application with its windows: open ones by closing time, coming ones by opening time."""

    kind: object
    open: list = field(default_factory=list)
    coming: list = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """Some rows of a list. ``last`` is the number of the last page where it is known."""

    rows: list
    number: int
    has_next: bool
    last: int | None = None

    @property
    def next(self):
        """Number of the next page."""
        return self.number + 1

    @property
    def previous(self):
        """Number of the page before; 0 on the first."""
        return self.number - 1


def tier_windows(moment):
    """Return a TierWindows for every registered kind that applies for a title (新申报, not 复核); one query."""
    kinds = [kind for kind in all_kinds() if kind.tier and not kind.is_renewal]
    by_kind = defaultdict(list)
    rows = Window.objects.filter(kind__in=[kind.code for kind in kinds], closes_at__gt=moment)
    for window in rows.select_related("authority").order_by("closes_at", "authority__code")[:WINDOWS_READ]:
        by_kind[window.kind].append(window)
    return [
        TierWindows(
            kind,
            [window for window in by_kind[kind.code] if window.opens_at <= moment],
            sorted((w for w in by_kind[kind.code] if w.opens_at > moment), key=lambda w: w.opens_at),
        )
        for kind in kinds
    ]


def public_lists():
    """Return the publicity lists that the public may see, newest first."""
    shown = PublicityList.objects.filter(state__in=[PublicityState.RUNNING, PublicityState.ANNOUNCED])
    return shown.select_related("authority").order_by("-starts_on", "-id")


def public_entries(publicity, text=""):
    """Return the entries of a list in their order, without those taken out.

    ``text`` narrows to a part of the enterprise name or the beginning of the 统一社会信用代码; the search stays
    inside one list, so it needs no index of its own.
    """
    entries = PublicityEntry.objects.filter(publicity=publicity, taken_out_at__isnull=True)
    if text:
        entries = entries.filter(Q(enterprise_name__icontains=text) | Q(uscc__startswith=text.upper()))
    return entries.order_by("position")


def page_of(rows, number, size, total=None):
    """Return Page ``number`` (text from the address; anything absurd means the first) of ``size`` rows.

    Reads one row more than it shows instead of counting; ``total`` is passed where the page shows it anyway.
    """
    number = int(number) if str(number).isascii() and str(number).isdigit() and len(str(number)) < 6 else 1
    number = min(max(number, 1), LAST_PAGE)
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    last = None if total is None else max(1, -(-total // size))
    return Page(found[:size], number, len(found) > size and number < LAST_PAGE, last)
