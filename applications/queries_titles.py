"""Reads of titles (认定) for the home page of the desk."""
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from applications.enums import Tier
from applications.models import Recognition
from reviews.models import Filing
from reviews.titles import TitleCount


def count_titles(user):
    """Return the TitleCount of every tier: titles valid today whose filing the officer may read; one grouped query."""
    rows = Recognition.objects.valid_on(timezone.localdate()).filter(filing__in=Filing.objects.for_officer(user))
    counts = dict(rows.order_by().values_list("tier").annotate(n=Count("pk")))
    address = reverse("admin:applications_recognition_changelist")
    return [
        TitleCount(
            tier, tier.label, counts.get(tier, 0), f"{address}?{urlencode({'tier__exact': tier, 'valid': 'yes'})}"
        )
        for tier in Tier
    ]
