"""What the public may read: open windows (申报开放时间) and publicity lists (公示公告)."""
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.enums import AuthorityLevel
from accounts.models import Authority
from reviews.enums import PublicityState
from reviews.kinds import all_kinds
from reviews.models import PublicityEntry, PublicityList, Window

#: Windows read for one page: 37 provinces and the ministry, several kinds, this opening and the next.
WINDOWS_READ = 1000
#: Pages of a list that can be turned to; older ones are reached by a link or a search.
LAST_PAGE = 500


@dataclass
class KindWindows:
    """One kind with its windows: open ones by closing time, coming ones by opening time.

    ``closed`` names the provinces whose next opening is not known; it is filled in where a page shows it.
    """

    kind: object
    open: list = field(default_factory=list)
    coming: list = field(default_factory=list)
    closed: list = field(default_factory=list)

    @property
    def is_national(self):
        """Whether the ministry alone opens the kind (小巨人, manual Q6)."""
        return self.kind.opened_by == (AuthorityLevel.MINISTRY,)

    @property
    def word(self):
        """申报 or 复核."""
        return "复核" if self.kind.is_renewal else "申报"


@dataclass(frozen=True)
class TierWindows:
    """One tier: applying for its title, and renewing it where that is registered."""

    application: KindWindows
    renewal: KindWindows | None

    @property
    def kind(self):
        """The kind of application."""
        return self.application.kind

    @property
    def both(self):
        """Application and renewal, as far as they are there."""
        return [part for part in (self.application, self.renewal) if part]


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
    """Return a TierWindows for every registered kind that applies for a title, with the renewal of it; one query."""
    kinds = [kind for kind in all_kinds() if kind.tier]
    by_kind = defaultdict(list)
    rows = Window.objects.filter(kind__in=[kind.code for kind in kinds], closes_at__gt=moment)
    for window in rows.select_related("authority").order_by("closes_at", "authority__code")[:WINDOWS_READ]:
        by_kind[window.kind].append(window)
    renewals = {kind.tier: _kind_windows(kind, by_kind[kind.code], moment) for kind in kinds if kind.is_renewal}
    return [
        TierWindows(_kind_windows(kind, by_kind[kind.code], moment), renewals.get(kind.tier))
        for kind in kinds
        if not kind.is_renewal
    ]


def _kind_windows(kind, windows, moment):
    return KindWindows(
        kind,
        [window for window in windows if window.opens_at <= moment],
        sorted((window for window in windows if window.opens_at > moment), key=lambda window: window.opens_at),
    )


def add_closed(tiers):
    """Name in each part of the tiers the provinces that are neither open nor known to open; one query."""
    provinces = list(Authority.objects.filter(level=AuthorityLevel.PROVINCE, is_active=True).order_by("code"))
    for tier in tiers:
        for part in tier.both:
            known = {window.authority_id for window in [*part.open, *part.coming]}
            nation = any(window.authority.level == AuthorityLevel.MINISTRY for window in [*part.open, *part.coming])
            if not (nation or part.is_national):
                part.closed = [province for province in provinces if province.pk not in known]
    return tiers


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
