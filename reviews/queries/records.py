"""Internal records of a filing and who handles it, for officers only."""
from django.db.models import Q

from accounts.enums import OfficerRole
from accounts.models import User
from reviews.models import ExpertOpinion, Handover, RecordFile, SiteVisit
from reviews.queries.preview import PDF, PICTURE, preview_kind


def records_of(filing):
    """Return (visits, opinions) of a filing, oldest first, each with ``papers``; three queries at any number.

    Each paper has ``kind`` ("pdf", "picture" or "other"): how it is shown.
    """
    visits = list(SiteVisit.objects.filter(filing=filing).select_related("authority", "recorded_by"))
    opinions = list(ExpertOpinion.objects.filter(filing=filing).select_related("authority", "recorded_by"))
    by_owner = {("visit", row.pk): row for row in visits} | {("opinion", row.pk): row for row in opinions}
    for row in by_owner.values():
        row.papers = []
    for paper in files_of(filing):
        owner = ("visit", paper.visit_id) if paper.visit_id else ("opinion", paper.opinion_id)
        if owner in by_owner:
            by_owner[owner].papers.append(paper)
    return visits, opinions


def files_of(filing):
    """Return the files of a filing's records, each with its ``kind``."""
    papers = list(RecordFile.objects.filter(Q(visit__filing=filing) | Q(opinion__filing=filing)).order_by("id"))
    for paper in papers:
        paper.kind = shown_as(paper.name)
    return papers


def shown_as(name):
    """Return how a file is shown on the page: "picture", "pdf" or "other" (download only)."""
    kind = preview_kind(name)
    return kind if kind in (PDF, PICTURE) else "other"


def handovers_of(filing):
    """Return the hand-overs (转交) of a filing, newest first, each with its people."""
    rows = Handover.objects.filter(filing=filing).select_related("authority", "given_by", "handler")
    return list(rows.order_by("-id"))


def colleagues_of(user):
    """Return the people of the officer's authority, himself aside, who can decide: a filing may be handed to them."""
    deciding = User.objects.filter(
        authority=user.authority_id, is_active=True, role__in=[OfficerRole.REVIEWER, OfficerRole.MANAGER]
    )
    return deciding.exclude(pk=user.pk).order_by("person_name", "login_name")
