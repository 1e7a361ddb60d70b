"""Addresses of the review desk, and small things that its tests post."""
from urllib.parse import urlencode

from reviews.models import Phrase
from reviews.tests.factories import officer_of

LIST = "/admin/reviews/filing/"


def confirm_page(filing, action, filters="", **query):
    """Return the address of the confirm page of a decision."""
    query |= {"_changelist_filters": filters} if filters else {}
    return f"{LIST}{filing.pk}/decide/{action}/" + (f"?{urlencode(query)}" if query else "")


def page_of(filing):
    """Return the address of a filing's page."""
    return f"{LIST}{filing.pk}/change/"


def make_phrase(authority, text="请补充审计报告。", action="return", **columns):
    """Return a phrase of an authority."""
    return Phrase.objects.create(
        authority=authority, text=text, action=action, made_by=officer_of(authority), **columns
    )
