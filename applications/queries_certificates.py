"""Reads of certificates and titles: who may have which, and what the public may ask."""
from django.db.models import Q

from applications.certificates import title_of
from applications.models import Certificate, Recognition
from reviews.models import Filing

#: What a Title is made of.
TITLE_PARTS = ("enterprise", "filing", "announcement__authority")


def titles_for(user):
    """Return the recognitions that are the user's own, or whose filing is in the officer's jurisdiction."""
    own = Q(filing__in=Filing.objects.for_owner(user))
    official = Q(filing__in=Filing.objects.for_officer(user))
    return Recognition.objects.filter(own | official).select_related(*TITLE_PARTS).defer("filing__answers")


def certificates_for(user):
    """Return the certificates of the user's titles (``titles_for``), with what a Title is made of."""
    parts = [f"recognition__{part}" for part in TITLE_PARTS]
    rows = Certificate.objects.filter(recognition__in=titles_for(user).order_by())
    return rows.select_related(*parts).defer("recognition__filing__answers")


def public_title(number):
    """Return the Title with this number, or None; one query."""
    rows = Recognition.objects.filter(number=number).select_related(*TITLE_PARTS).defer("filing__answers")
    recognition = rows.first()
    return title_of(recognition) if recognition else None
