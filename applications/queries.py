"""Reads of the applications app: titles, an enterprise's filings, what one filing's pages show."""
from dataclasses import dataclass

from django.utils import timezone

from accounts.enums import AuthorityLevel
from accounts.models import Region
from applications.enums import UNRECOGNISED, Tier
from applications.models import Recognition
from reviews.enums import Action, State, Visibility
from reviews.models import FieldComment, Filing
from reviews.services.routes import authorities_of

PAGE_SIZE = 10
#: Decisions that hand comments at fields to the enterprise; an approval hands them to the next desk only.
_TELLING = (Action.RETURN, Action.REJECT)
_TIER_ORDER = list(Tier)


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


def current_title(enterprise):
    """Return the valid recognition of the highest tier, or None (the badge 未认定)."""
    held = Recognition.objects.filter(enterprise=enterprise).valid_on(timezone.localdate())
    return max(held, key=lambda recognition: _TIER_ORDER.index(recognition.tier), default=None)


def badge(recognition):
    """Return (code, label) of the tier badge (manual 图26)."""
    return (recognition.tier, recognition.get_tier_display()) if recognition else ("none", UNRECOGNISED)


def filings_page(user, number):
    """Return one Page of the user's own filings, newest first, with who has each now."""
    own = Filing.objects.for_owner(user).select_related("desk", "recognition").defer("answers")
    start = (number - 1) * PAGE_SIZE
    rows = list(own[start : start + PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE
    return Page(rows[:PAGE_SIZE], number, number - 1 or None, number + 1 if more else None, more)


def latest_filing(user):
    """Return the user's newest filing with its desk and steps, or None."""
    own = Filing.objects.for_owner(user).select_related("desk", "recognition")
    return own.prefetch_related("steps__authority").first()


def open_filings_by_kind(user):
    """Return {kind: filing} of the user's filings that are still under way."""
    open_states = (State.DRAFT, State.IN_REVIEW, State.RETURNED, State.APPROVED, State.PUBLICISED)
    rows = Filing.objects.for_owner(user).filter(state__in=open_states).only("kind", "state").order_by("id")
    return {filing.kind: filing for filing in rows}


def owned_filing(user, filing_id):
    """Return the user's own filing with what its pages need. Raises Filing.DoesNotExist."""
    return (
        Filing.objects.for_owner(user)
        .select_related("enterprise__account", "desk", "registered_region__authority", "snapshot", "recognition")
        .get(pk=filing_id)
    )


def province_of(enterprise):
    """Return the provincial-level authority of the enterprise's 企业注册地, in one query."""
    region = Region.objects.select_related("authority__parent__parent__parent").get(pk=enterprise.registered_region_id)
    return authorities_of(region)[AuthorityLevel.PROVINCE]


def present_attachments(filing):
    """Return the filing's evidence that has not been taken away, in the order of upload."""
    return list(filing.attachments.filter(removed_at__isnull=True).order_by("id"))


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
