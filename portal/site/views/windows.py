"""当前可申报省市: where each tier can be applied for or renewed now, and where it opens next (manual Q6)."""
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.site import queries
from portal.tools.access import PUBLIC, opens_to


@require_safe
@opens_to(PUBLIC)
def windows(request):
    """Show the open, the coming and the closed areas of every tier, new applications and renewals."""
    tiers = queries.add_closed(queries.tier_windows(timezone.now()))
    may_apply = not request.user.is_authenticated or request.user.is_legal_person
    return render(request, "site/windows.html", {"tiers": tiers, "may_apply": may_apply})
