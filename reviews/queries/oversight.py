"""工作监督: what the authorities below an officer's own do, and what he may do about it.

The figures of a period come from the steps of the filings (FilingStep.arrived_at, decided_at), one grouped query for
all authorities of a page, kept for five minutes (portal.tools.kept). What waits now is read for every page: it is the
part that somebody acts on, and the index of the desks serves it.
"""
import datetime
from dataclasses import dataclass

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Min, Q
from django.utils import timezone

from accounts.models import Authority
from accounts.queries.officers import jurisdiction
from portal.tools.kept import kept
from reviews.enums import Action, State, StepOutcome
from reviews.models import Filing, FilingStep, Reminder
from reviews.queries.ages import start_of
from reviews.queries.desk import COLUMN_OF_LEVEL, LEVEL_BELOW
from reviews.queries.worklist import is_overdue
from reviews.services.parties import transition_for
from reviews.services.working_days import working_days_between

#: A period of one's own choice may span so many days.
MOST_DAYS = 366
#: What a list of steps may show: value → words.
STEP_LISTS = {"received": "收到", "decided": "办结", "approved": "通过", "returned": "退回", "rejected": "不予通过"}
_DECIDED = (StepOutcome.APPROVED, StepOutcome.RETURNED, StepOutcome.REJECTED)
_RANK = {"ministry": 0, "province": 1, "city": 2, "county": 3}


@dataclass(frozen=True)
class Period:
    """From ``first`` to ``last``, both days included; ``code`` is month, days, year or own."""

    code: str
    first: datetime.date
    last: datetime.date

    @property
    def bounds(self):
        """The moments between which something lies in the period; the end is not included."""
        return start_of(self.first), start_of(self.last + datetime.timedelta(days=1))

    @property
    def query(self):
        """The query string that names it."""
        return f"period={self.code}" + (f"&first={self.first}&last={self.last}" if self.code == "own" else "")


def standing_period(code, today=None):
    """Return the Period 本月 (month), 近 30 天 (days) or 本年 (year); 近 30 天 for another code."""
    today = today or timezone.localdate()
    first = {"month": today.replace(day=1), "year": today.replace(month=1, day=1)}.get(code)
    if first is None:
        return Period("days", today - datetime.timedelta(days=29), today)
    return Period(code, first, today)


@dataclass(frozen=True)
class Work:
    """What one authority did in a period, and what waits there now. Days are calendar days."""

    authority: Authority
    received: int
    decided: int
    returned: int
    per_day: float
    mean_days: float | None
    waiting: int
    overdue: int
    oldest: datetime.datetime | None
    reminded_at: datetime.datetime | None

    @property
    def return_rate(self):
        """Share of the decisions that were a return, in percent; None without any."""
        return round(100 * self.returned / self.decided, 1) if self.decided else None


def oversees(user):
    """Tell whether there are authorities below the officer's own."""
    return user.is_authenticated and user.is_active and user.is_officer and user.authority.level in LEVEL_BELOW


def authority_below(user, pk):
    """Return the authority with this id when it is the officer's own or below it, else None."""
    return jurisdiction(user).filter(pk=pk).select_related("parent__parent").first() if oversees(user) else None


def work_below(user, authority, period):
    """Return (moment of counting, [Work]) of the authorities directly below one, the most overdue first.

    Authorities out of use are shown only while something still waits there or happened in the period.
    """
    below = {row.pk: row for row in Authority.objects.filter(parent=authority).order_by("code")}
    key = f"oversight:1:{user.authority_id}:{authority.pk}:{period.first}:{period.last}"
    at, steps = kept(key, lambda: _steps_of(user, list(below), period))
    waiting = _waiting_at(user, below)
    reminded = _reminded_today(user, below)
    days = max(working_days_between(period.first, min(period.last, timezone.localdate())), 1)
    rows = []
    for pk, row in below.items():
        did, now = steps.get(pk, {}), waiting.get(pk, {})
        if not row.is_active and not did and not now:
            continue
        spent = did.get("spent")
        rows.append(
            Work(
                authority=row, received=did.get("received", 0), decided=did.get("decided", 0),
                returned=did.get("returned", 0), per_day=round(did.get("decided", 0) / days, 1),
                mean_days=round(spent.total_seconds() / 86400, 1) if spent is not None else None,
                waiting=now.get("waiting", 0), overdue=now.get("overdue", 0), oldest=now.get("oldest"),
                reminded_at=reminded.get(pk),
            )
        )  # fmt: skip
    rows.sort(key=lambda work: (-work.overdue, work.oldest or timezone.now()))
    return at, rows


def _steps(user):
    """Return the steps of the filings in the officer's area."""
    column = COLUMN_OF_LEVEL.get(user.authority.level)
    own = {f"filing__{column}": user.authority_id} if column else {}
    return FilingStep.objects.filter(**own)


def _steps_of(user, authorities, period):
    """Return {authority id: counts of the period} in one grouped query."""
    first, end = period.bounds
    came = Q(arrived_at__gte=first, arrived_at__lt=end)
    went = Q(decided_at__gte=first, decided_at__lt=end, outcome__in=_DECIDED)
    spent = ExpressionWrapper(F("decided_at") - F("arrived_at"), output_field=DurationField())
    rows = _steps(user).filter(came | went, authority__in=authorities).order_by().values("authority").annotate(
        received=Count("pk", filter=came),
        decided=Count("pk", filter=went),
        returned=Count("pk", filter=went & Q(outcome=StepOutcome.RETURNED)),
        spent=Avg(spent, filter=went),
    )
    return {row["authority"]: row for row in rows}


def _waiting_at(user, authorities):
    """Return {authority id: what waits at its desk now} in one grouped query."""
    rows = Filing.objects.for_officer(user).filter(state=State.IN_REVIEW, desk__in=list(authorities)).order_by()
    found = rows.values("desk").annotate(
        waiting=Count("pk"), overdue=Count("pk", filter=is_overdue()), oldest=Min("desk_since")
    )
    return {row["desk"]: row for row in found}


def _reminded_today(user, authorities):
    """Return {authority id: when the officer's authority reminded it today of all that is overdue}."""
    rows = Reminder.objects.filter(
        sender=user.authority_id, authority__in=list(authorities), filing__isnull=True,
        sent_at__gte=start_of(timezone.localdate()),
    )  # fmt: skip
    return dict(rows.values_list("authority", "sent_at"))


def steps_behind(user, authority, period, what):
    """Return the steps that a number of ``work_below`` counts, newest first; ``what`` is a key of STEP_LISTS."""
    first, end = period.bounds
    limits = {"arrived_at__gte": first, "arrived_at__lt": end}
    if what != "received":
        outcomes = _DECIDED if what == "decided" else (what,)
        limits = {"decided_at__gte": first, "decided_at__lt": end, "outcome__in": outcomes}
    return _steps(user).filter(authority=authority, **limits).select_related("filing").order_by("-id")


def overdue_at(user, authority):
    """Return the filings that are overdue at an authority, the oldest first, as far as the officer may read them."""
    rows = Filing.objects.for_officer(user).filter(is_overdue(), desk=authority)
    return rows.order_by("due_at", "id")


def is_below(authority, user):
    """Tell whether an authority lies below the officer's own; at most three reads of the tree."""
    parent = authority.parent
    while parent is not None:
        if parent.pk == user.authority_id:
            return True
        parent = parent.parent
    return False


def links_for(user, filing):
    """Return {"remind": bool, "reroute": bool}: what an overseer may do about a filing. The services look again."""
    nothing = {"remind": False, "reroute": False}
    if not (user.is_authenticated and user.is_officer and filing.state == State.IN_REVIEW):
        return nothing
    is_higher = _RANK[user.authority.level] < _RANK[filing.desk.level]
    may_reroute = filing.desk.level in ("city", "county") and transition_for(user, filing, Action.REROUTE) is not None
    return {"remind": user.may_decide and is_higher, "reroute": may_reroute}


def reroute_targets(filing):
    """Return the authorities that a filing may be moved to: in use, of the desk's level, in the filing's province."""
    rows = Authority.objects.filter(level=filing.desk.level, is_active=True).exclude(pk=filing.desk_id)
    within = Q(parent=filing.province_id) | Q(parent__parent=filing.province_id)
    return rows.filter(within).select_related("parent").order_by("parent__code", "code")


def merge_candidates(area):
    """Return the cities and counties in use below an authority (a province or a city), which may be merged."""
    below = Q(parent=area) | Q(parent__parent=area)
    rows = Authority.objects.filter(below, level__in=["city", "county"], is_active=True)
    return rows.select_related("parent").order_by("level", "parent__code", "code")


def merge_effects(source):
    """Return [(what, how many)] that follows when an authority goes into another."""
    return [
        ("待审核的申报件（改派，逐件留下记录）", Filing.objects.filter(desk=source, state=State.IN_REVIEW).count()),
        ("所属申报件（含已办结）", Filing.objects.filter(Q(city=source) | Q(county=source)).count()),
        ("行政区划", source.regions.count()),
        ("下级主管部门", source.children.count()),
        ("主管部门人员", source.officers.count()),
    ]


def merge_history(user):
    """Return the history rows by which authorities of the jurisdiction went into others, newest first."""
    merged = jurisdiction(user).filter(merged_into__isnull=False).values_list("pk", flat=True)[:200]
    rows = Authority.history.filter(id__in=list(merged), merged_into__isnull=False)
    first = {}
    for row in rows.select_related("merged_into", "history_user").order_by("history_date"):
        first.setdefault(row.id, row)
    return sorted(first.values(), key=lambda row: row.history_date, reverse=True)
