"""Reads of the applications app: titles, an enterprise's filings, what one filing's pages show."""
from dataclasses import dataclass

from django.utils import timezone

from accounts.enums import AuthorityLevel
from accounts.models import Region
from applications.models import Evaluation, Recognition
from applications.queries_evaluation import ENDED
from reviews.enums import OPEN_STATES, Action, State, Visibility
from reviews.models import FieldComment, Filing, ReviewEvent
from reviews.queries.evidence import with_sharing
from reviews.services.routes import authorities_of

PAGE_SIZE = 10
#: Decisions that hand comments at fields to the enterprise; an approval hands them to the next desk only.
_TELLING = (Action.RETURN, Action.REJECT)
#: Actions whose comment says what is wrong with a filing.
_REFUSING = (*_TELLING, Action.TAKE_OUT)


@dataclass(frozen=True)
class Page:
    """One page of a list: rows, its number and the neighbours (None at either end)."""

    rows: list
    number: int
    previous: int | None
    next: int | None
    has_next: bool
    last: int | None = None


def holds_title(enterprise):
    """Tell whether the enterprise is 已认定 today, in any tier."""
    return Recognition.objects.filter(enterprise=enterprise).valid_on(timezone.localdate()).exists()


def filings_page(user, number, *, kinds):
    """Return one Page of the user's own filings of some kinds (codes), newest first, with who has each now.

    Each row has its steps and ``told``: the event that returned or refused it while it is in that state, else None; and
    ``score`` (and ``score_is_official``), that of the 发展评价 when its review has ended, else None. Five queries at most.
    """
    own = _for_records(Filing.objects.for_owner(user).filter(kind__in=kinds))
    start = (number - 1) * PAGE_SIZE
    rows = list(own[start : start + PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE
    add_what_is_told(rows[:PAGE_SIZE])
    return Page(rows[:PAGE_SIZE], number, number - 1 or None, number + 1 if more else None, more)


def add_what_is_told(filings):
    """Give each filing ``told`` and ``score`` as filings_page says; two queries for all."""
    refused = [filing.pk for filing in filings if filing.state in (State.RETURNED, State.REJECTED)]
    events = ReviewEvent.objects.filter(filing__in=refused, action__in=_REFUSING).select_related("authority")
    last = {event.filing_id: event for event in events.order_by("sequence")}
    ended = [filing.pk for filing in filings if filing.state in ENDED]
    rows = Evaluation.objects.filter(filing__in=ended).order_by("id")
    scores = {row[0]: row[1:] for row in rows.values_list("filing", "score", "payload__is_official")}
    for filing in filings:
        filing.told = last.get(filing.pk)
        filing.score, filing.score_is_official = scores.get(filing.pk, (None, None))


def filings_under_way(user):
    """Return the user's filings that have not come to their end, newest first, each as filings_page gives it.

    One of each kind at most (and year): a handful.
    """
    rows = list(_for_records(Filing.objects.for_owner(user).filter(state__in=OPEN_STATES))[:PAGE_SIZE])
    add_what_is_told(rows)
    return rows


def _for_records(filings):
    """Read with filings what a line of 申报记录 shows of them."""
    related = filings.select_related("desk", "recognition", "province__parent")
    return related.defer("answers").prefetch_related("steps__authority")


def open_filings_by_kind(user):
    """Return {kind: filing} of the user's filings that are still under way."""
    rows = Filing.objects.for_owner(user).filter(state__in=OPEN_STATES).only("kind", "state").order_by("id")
    return {filing.kind: filing for filing in rows}


def owned_filing(user, filing_id):
    """Return the user's own filing with what its pages need. Raises Filing.DoesNotExist."""
    return (
        Filing.objects.for_owner(user)
        .select_related(
            "enterprise__account", "desk", "registered_region__authority", "snapshot", "recognition", "province__parent"
        )
        .get(pk=filing_id)
    )


def owned_draft(user, filing_id):
    """Return the user's own filing with what reading a posted form needs. Raises Filing.DoesNotExist."""
    return Filing.objects.for_owner(user).only("kind", "edition", "period", "answers").get(pk=filing_id)


def province_of(enterprise):
    """Return the provincial-level authority of the enterprise's 企业注册地, in one query."""
    region = Region.objects.select_related("authority__parent__parent__parent").get(pk=enterprise.registered_region_id)
    return authorities_of(region)[AuthorityLevel.PROVINCE]


def present_attachments(filing):
    """Return the filing's evidence that has not been taken away, in the order of upload, each with ``is_shared``."""
    return list(with_sharing(filing.attachments.filter(removed_at__isnull=True)).order_by("id"))


def told_comments(filing, *, unresolved=False):
    """Return the comments at fields that a return or rejection has handed to the enterprise, oldest first.

    Internal ones never; those of a desk that has not decided yet never.
    """
    comments = FieldComment.objects.filter(
        filing=filing, visibility=Visibility.ENTERPRISE, event__action__in=_TELLING
    ).select_related("authority")
    if unresolved:
        comments = comments.filter(resolved_at__isnull=True)
    return list(comments.order_by("id"))


def last_return(filing):
    """Return the event of the latest return, or None."""
    return (
        filing.events.filter(action__in=_TELLING).select_related("authority").order_by("-sequence").first()
    )


def returned_sections(filing):
    """Return the sections that carry open comments of a return; none while the filing is not returned."""
    if filing.state != State.RETURNED:
        return frozenset()
    return frozenset(comment.section for comment in told_comments(filing, unresolved=True))
