"""The filings of a work list under its conditions: what the list, 处理并下一条, bulk decisions and exports go through."""
import datetime
import re

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Enterprise
from portal.tools.text import narrow
from reviews.enums import State, StepOutcome
from reviews.kinds import all_kinds
from reviews.models import Filing, FilingStep
from reviews.queries.ages import Calendar, waited
from reviews.queries.choices import ALL, AREA_LABELS, MINE
from reviews.queries.conditions import read_conditions
from reviews.queries.desk import in_state

#: Oldest arrival first where somebody has to act; newest first elsewhere. Both are orders of an index.
BY_ARRIVAL, NEWEST_FIRST = ("desk_since", "id"), ("-id",)
USCC_LENGTH = 18
#: Letters of a prefix and at least four figures: a filing number or a 统一社会信用代码, whole or its beginning.
_CODE = re.compile(r"[A-Z]{0,3}[0-9]{4}[0-9A-Z]*")
#: A shorter piece of a 统一社会信用代码 fits too many enterprises to be worth a search.
SHORTEST_CODE = 6
#: Enterprises that the beginning of a code may name.
MOST_ENTERPRISES = 200


def worklist(user, query):
    """Return the filings that an address of the work list shows to an officer, in its order.

    ``query`` is its query string; cursors of pages play no part. The answers stay in the database.
    """
    return select_filings(read_conditions(user, query))


def order_of(conditions):
    """Return the order of a list: by arrival on one desk, else the newest first."""
    on_one_desk = conditions.scope == MINE or (conditions.scope == State.IN_REVIEW and conditions.get("desk"))
    return BY_ARRIVAL if on_one_desk else NEWEST_FIRST


def select_filings(conditions):
    """Return the filings under conditions that were read, in their order."""
    filings = _in_scope(conditions)
    for name, value in conditions.values.items():
        if name in _FILTERS:
            filings = _FILTERS[name](filings, value, conditions.user)
    filings = _of_kinds(filings, conditions)
    return filings.defer("answers").order_by(*order_of(conditions))


def next_waiting(user, query, filing):
    """Return the id of the filing that comes after ``filing`` in the list and waits for the officer, or None.

    After the last one it goes on with the first, so that one that was passed over is not lost. ``filing`` is as it was
    before the decision.
    """
    waiting = worklist(user, query).on_desk_of(user).exclude(pk=filing.pk).order_by(*BY_ARRIVAL)
    following = waiting
    if filing.desk_since and filing.desk_id == user.authority_id:
        following = waiting.filter(desk_since__gte=filing.desk_since).exclude(
            desk_since=filing.desk_since, pk__lt=filing.pk
        )
    first = following.values_list("pk", flat=True).first()
    return first if first is not None else waiting.values_list("pk", flat=True).first()


def returned_before(filings, days):
    """Limit filings to those returned more than ``days`` times 24 hours ago and not resubmitted."""
    limit = timezone.now() - datetime.timedelta(days=days)
    returned = FilingStep.objects.filter(
        filing=OuterRef("pk"), round=OuterRef("round"), outcome=StepOutcome.RETURNED, decided_at__lt=limit
    )
    return filings.filter(Exists(returned), state=State.RETURNED)


def is_overdue():
    """Return the condition of a filing that is past its deadline (超期)."""
    return Q(state=State.IN_REVIEW, due_at__lte=timezone.now())


def is_due_soon():
    """Return the condition of a filing whose deadline is near (3 个工作日内到期); one query for the holidays."""
    return Q(state=State.IN_REVIEW, due_at__gt=timezone.now(), due_at__lte=Calendar().soon())


def search(filings, text):
    """Limit filings to what was typed: a 统一社会信用代码, the beginning of a filing number or a piece of a name.

    What has the shape of a code is looked for as one only, and enterprises are looked up first: an OR over a name and a
    code, or over two tables, would be served by no index.
    """
    text = text[:120].strip()
    code = narrow(text).upper()
    if _CODE.fullmatch(code):
        if len(code) == USCC_LENGTH:
            return filings.filter(enterprise__in=_enterprises(uscc=code))
        condition = Q(number__startswith=code)
        if len(code) >= SHORTEST_CODE:
            condition |= Q(enterprise__in=_enterprises(uscc__startswith=code))
        return filings.filter(condition)
    condition = Q(enterprise_name__has_piece=text)
    if narrow(text) != text:
        condition |= Q(enterprise_name__has_piece=narrow(text))
    return filings.filter(condition)


def _enterprises(**condition):
    return list(Enterprise.objects.filter(**condition).values_list("pk", flat=True)[:MOST_ENTERPRISES])


def _in_scope(conditions):
    user, scope = conditions.user, conditions.scope
    if scope == ALL and conditions.get("returned_before"):
        return in_state(user, State.RETURNED)
    jurisdiction = Filing.objects.for_officer(user)
    if scope == MINE:
        return jurisdiction.on_desk_of(user)
    return jurisdiction if scope == ALL else in_state(user, scope)


def _of_kinds(filings, conditions):
    """Limit filings by kind, tier and new or renewal, which are all said of the kind."""
    kind, tier, renewal = (conditions.get(name) for name in ("kind", "tier", "renewal"))
    if kind and not (tier or renewal):
        return filings.filter(kind=kind)
    if not (kind or tier or renewal):
        return filings
    return filings.filter(
        kind__in=[
            each.code
            for each in all_kinds()
            if kind in ("", each.code) and tier in ("", each.tier) and renewal in ("", _renewal_of(each))
        ]
    )


def _renewal_of(kind):
    return "renewal" if kind.is_renewal else "new"


def _by_handler(filings, value, user):
    handler = {"me": user.pk, "none": None}.get(value, value)
    return filings.filter(state=State.IN_REVIEW, handler=handler)


#: name: function(filings, value as text, user). Areas are told apart by their column.
_FILTERS = {
    **{
        column: lambda filings, value, user, column=column: filings.filter(**{column: value}) for column in AREA_LABELS
    },
    "window": lambda filings, value, user: filings.filter(window=value),
    "industry": lambda filings, value, user: filings.filter(industry_section=value),
    "verdict": lambda filings, value, user: filings.filter(verdict=value),
    "score_from": lambda filings, value, user: filings.filter(self_score__gte=value),
    "score_to": lambda filings, value, user: filings.filter(self_score__lte=value),
    "due": lambda filings, value, user: filings.filter(is_overdue() if value == "overdue" else is_due_soon()),
    "waited": lambda filings, value, user: waited(filings.filter(state=State.IN_REVIEW), value),
    "warning": lambda filings, value, user: filings.filter(warnings__gt=0),
    "handler": _by_handler,
    "desk": lambda filings, value, user: filings.filter(state=State.IN_REVIEW, desk=value),
    "returned_before": lambda filings, value, user: returned_before(filings, int(value)),
    "q": lambda filings, value, user: search(filings, value),
}
