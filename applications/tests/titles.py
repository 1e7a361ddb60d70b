"""Titles for tests: filings brought all the way to 认定, validity moved, 满足复核条件 set."""
import datetime

from django.utils import timezone

from accounts.enums import AuthorityLevel
from applications.models import Recognition
from applications.services.eligibility import set_eligible
from applications.tests import filled, filled_little_giant, filled_specialized
from reviews.enums import State
from reviews.services.routes import authorities_of
from reviews.tests.factories import announce, decide, officer_of, open_window, publicise

_MAKERS = {"innovative": filled, "specialized": filled_specialized, "little_giant": filled_little_giant}


def to_title(filing):
    """Let every desk approve, the list run and be announced; return the Recognition."""
    while filing.state == State.IN_REVIEW:
        decide(filing)
    publicise(filing)
    announce(filing)
    return Recognition.objects.get(filing=filing)


def make_title(tier="innovative", enterprise=None, *, ends_in=None):
    """Return a new title of the tier; ``ends_in`` days from now (negative: over) instead of in three years."""
    title = to_title(_MAKERS[tier].make_submitted(enterprise))
    if ends_in is not None:
        title.valid_until = timezone.localdate() + datetime.timedelta(days=ends_in)
        title.valid_from = title.valid_until - datetime.timedelta(days=1095)
        title.save(update_fields=["valid_from", "valid_until"])
    return title


def province_officer(enterprise, role="manager"):
    """Return an officer of the province of the enterprise."""
    return officer_of(authorities_of(enterprise.registered_region)[AuthorityLevel.PROVINCE], role)


def make_eligible(title, note=""):
    """Let the province set 满足复核条件 for the tier of a title; return the row."""
    return set_eligible(
        user=province_officer(title.enterprise), enterprise_id=title.enterprise_id, tier=title.tier, note=note
    )


def make_renewable(tier="innovative", enterprise=None, *, ends_in=60):
    """Return a title that ends soon, eligible, with the window of its renewal open."""
    title = make_title(tier, enterprise, ends_in=ends_in)
    make_eligible(title)
    open_window(f"{tier}_renewal", "000000" if tier == "little_giant" else "320000", period=filled.PERIOD)
    return title
