"""当前可申报省市: where which application is open now, and where it opens next."""
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.site import queries
from portal.tools.access import PUBLIC, opens_to


@require_safe
@opens_to(PUBLIC)
def windows(request):
    """Show the open and the coming windows of every kind of application."""
    return render(request, "site/windows.html", {"tiers": queries.tier_windows(timezone.now())})
