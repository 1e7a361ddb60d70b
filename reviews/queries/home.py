"""What waits for an officer: the cards of the home page (工作台首页).

Two kinds of figures stand there. What the officer works on (待我审核, overdue, returned) must be right after every
decision, so it is read for each page, and bounded: at most HOME_CAP rows of an index are looked at, beyond it the page
says "10000+". The figures of the whole area (reviews.queries.figures) may touch a million rows; they are grouped once
in five minutes and the page says at what time.
"""
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Case, Count, Min, Q, Value, When
from django.utils import timezone

from portal.tools.kept import kept
from reviews.enums import ExportState, JobState, ObjectionState, PublicityState, State
from reviews.kinds import all_kinds, get_kind
from reviews.models import BulkDecision, Export, Filing, Reminder, Window
from reviews.queries.ages import AGE_BOUNDS, AGES, Calendar, returned_at
from reviews.queries.desk import COLUMN_OF_LEVEL, in_state
from reviews.queries.publicity import lists_for, of_jurisdiction
from reviews.queries.worklist import is_overdue

#: Rows counted for one card; beyond it the page says "10000+". The work list stops counting at the same number.
HOME_CAP = 10_000
#: Rows of a card that names things; the page behind it has all.
MOST_LINES = 6
#: An opening that begins within so many days is announced.
COMING_DAYS = 30
#: Days for which something was returned without coming back.
RETURNED_DAYS = (7, 30, 90)


@dataclass(frozen=True)
class Number:
    """A figure with the query string of the work list behind it; ``shown`` ends with "+" when counting stopped."""

    shown: str
    query: str = ""
    label: str = ""

    @property
    def is_zero(self):
        """Whether there is nothing behind it."""
        return self.shown == "0"


@dataclass(frozen=True)
class Waiting:
    """How many filings of one kind wait, by how long (classes of AGES), and since when the oldest does."""

    kind: object
    total: Number
    ages: list = field(default_factory=list)
    oldest: datetime | None = None


@dataclass(frozen=True)
class Home:
    """What the home page shows an officer."""

    total: Number
    desk: list
    ages: list
    urgent: list
    mine: Number
    oldest: dict | None
    returned: list
    to_publicise: list
    windows: list
    publicity: list
    reminders: list
    jobs: list


def officer_home(user):
    """Return the Home of an officer in a fixed number of queries, whatever is waiting."""
    now, calendar = timezone.now(), Calendar()
    desk = _desk(user, now, calendar)
    return Home(
        **desk,
        returned=_of_area(user, "returned", lambda: _returned(user, now)),
        to_publicise=_to_publicise(user),
        windows=_windows(user, now),
        publicity=_publicity(user),
        reminders=unseen_reminders(user)[:MOST_LINES],
        jobs=_jobs(user),
    )


def _desk(user, now, calendar):
    """Count what waits at the desk by kind and age, what is late, and what is the officer's own: 2 queries."""
    rows = Filing.objects.for_officer(user).on_desk_of(user).order_by("desk_since", "id")
    found = _counted(rows, user, now, calendar)
    is_cut = sum(row["n"] for row in found) > HOME_CAP

    def number(some, query, label="", column="n"):
        return Number(_shown(sum(row[column] for row in some), is_cut), query, label)

    def by_age(some, query=""):
        return [
            number([row for row in some if row["age"] == value], f"{query}waited={value}", label)
            for value, label in AGES
        ]

    kinds = []
    for kind in all_kinds():
        own = [row for row in found if row["kind"] == kind.code]
        query = f"kind={kind.code}"
        oldest = min((row["first"] for row in own), default=None)
        kinds.append(Waiting(kind, number(own, query), by_age(own, f"{query}&"), oldest))
    return {
        "total": number(found, ""),
        "desk": kinds,
        "ages": by_age(found),
        "urgent": [
            number(found, "due=overdue", "已超期", "overdue"), number(found, "due=soon", "3 个工作日内到期", "soon"),
        ],
        "mine": number(found, "handler=me", column="mine"),
        "oldest": rows.values("pk", "enterprise_name", "desk_since").first(),
    }  # fmt: skip


def _counted(rows, user, now, calendar):
    """Return the counts of at most HOME_CAP + 1 rows by kind and age (a value of AGES)."""
    after, between, before = (calendar.starts_of_last()[bound] for bound in AGE_BOUNDS)
    newest, newer, older, oldest = (Value(value) for value, _ in AGES)
    age = Case(
        When(desk_since__gte=after, then=newest), When(desk_since__gte=between, then=newer),
        When(desk_since__gte=before, then=older), default=oldest,
    )  # fmt: skip
    counted = Filing.objects.filter(pk__in=rows[: HOME_CAP + 1].values("pk")).order_by().annotate(age=age)
    return list(
        counted.values("kind", "age").annotate(
            n=Count("pk"),
            overdue=Count("pk", filter=is_overdue()),
            soon=Count("pk", filter=Q(due_at__gt=now, due_at__lte=calendar.soon())),
            mine=Count("pk", filter=Q(handler=user.pk)),
            first=Min("desk_since"),
        )
    )


def _of_area(user, name, read):
    """Return what ``read`` finds in the officer's area; for the ministry kept for five minutes.

    The index on (area, state) serves provinces, cities and counties; for the nation there is none, and the reading
    went through every filing (0.3 s among 200,000).
    """
    if user.authority.level in COLUMN_OF_LEVEL:
        return read()
    return kept(f"desk-home-{name}:1:{user.authority_id}", read)[1]


def _returned(user, now):
    """Count what went back to enterprises of the area and has not come again, in all and by how long."""
    rows = in_state(user, State.RETURNED).annotate(back_at=returned_at())
    wanted = {
        f"days_{days}": Count("pk", filter=Q(back_at__lt=now - timedelta(days=days))) for days in RETURNED_DAYS
    }
    found = rows.order_by("-id")[: HOME_CAP + 1].aggregate(total=Count("pk"), **wanted)
    is_cut = found["total"] > HOME_CAP
    return [Number(_shown(found["total"], is_cut), "scope=returned", "全部")] + [
        Number(_shown(found[f"days_{days}"], is_cut), f"scope=returned&returned_before={days}", f"满 {days} 天")
        for days in RETURNED_DAYS
    ]


def _to_publicise(user):
    """Return what waits for a publicity of this officer's authority, by kind."""
    mine = [kind.code for kind in all_kinds() if kind.is_publicised and kind.publisher_level == user.authority.level]
    if not (user.may_publish and mine):
        return []
    waiting = in_state(user, State.APPROVED).filter(kind__in=mine).order_by()
    found = _of_area(user, "approved", lambda: list(waiting.values_list("kind", flat=True)[: HOME_CAP + 1]))
    is_cut = len(found) > HOME_CAP
    return [
        Waiting(get_kind(kind), Number(_shown(n, is_cut), f"scope=approved&kind={kind}"))
        for kind, n in sorted(Counter(found).items())
    ]


def _windows(user, now):
    """Return what is open now and what opens soon, the nearest end first: [(window, kind, days, is open)]."""
    coming = now + timedelta(days=COMING_DAYS)
    rows = of_jurisdiction(Window.objects.filter(closes_at__gt=now, opens_at__lte=coming), user)
    today = timezone.localdate(now)
    lines = []
    for window in rows.select_related("authority").order_by("closes_at", "id")[: MOST_LINES + 1]:
        is_open = window.opens_at <= now
        day = timezone.localdate(window.closes_at if is_open else window.opens_at)
        lines.append((window, get_kind(window.kind), (day - today).days, is_open))
    return lines


def _publicity(user):
    """Return the running lists: [(list, days left, open objections or None for another authority's)]."""
    is_open = Q(entries__objections__state=ObjectionState.OPEN)
    rows = lists_for(user).filter(state=PublicityState.RUNNING).select_related("authority").order_by("ends_on", "id")
    today = timezone.localdate()
    return [
        (row, (row.ends_on - today).days, row.open_objections if row.authority_id == user.authority_id else None)
        for row in rows.annotate(open_objections=Count("entries__objections", filter=is_open))[: MOST_LINES + 1]
    ]


def received_reminders(user):
    """Return the reminders (催办) to the officer's authority, or to one that went into it; fails closed."""
    if not (user.is_active and user.is_officer and user.authority_id):
        return Reminder.objects.none()
    mine = Q(authority=user.authority_id) | Q(authority__merged_into=user.authority_id)
    return Reminder.objects.filter(mine).select_related("sender", "sent_by", "filing", "seen_by").order_by("-id")


def unseen_reminders(user):
    """Return the reminders that nobody has marked 已阅."""
    return received_reminders(user).filter(seen_at__isnull=True)


def _jobs(user):
    """Return [(label, count)] of the officer's own exports and bulk decisions that are not finished."""
    exports = Export.objects.filter(officer=user, state__in=[ExportState.QUEUED, ExportState.RUNNING]).count()
    bulk = BulkDecision.objects.filter(officer=user).exclude(state=JobState.DONE).count()
    return [(label, n) for label, n in (("导出", exports), ("批量办理", bulk)) if n]


def _shown(count, is_cut):
    """Return a count as text: exact, or with "+" when reading stopped at the cap."""
    return f"{min(count, HOME_CAP)}+" if is_cut else str(count)
