"""企业主页."""
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.queries import enterprise_of
from applications.queries import badge, current_title, latest_filing
from applications.views.filings import kind_cards
from applications.views.progress import progress
from portal.tools.access import ENTERPRISE, opens_to
from reviews.kinds import get_kind


@require_safe
@opens_to(ENTERPRISE)
@never_cache
def home(request):
    """Show who the enterprise is, its title, its filing under way and what to do next."""
    enterprise = enterprise_of(request.user)
    recognition = current_title(enterprise) if enterprise else None
    filing = latest_filing(request.user) if enterprise else None
    steps = [step for step in filing.steps.all() if step.round == filing.round] if filing else []
    context = {
        "enterprise": enterprise,
        "recognition": recognition,
        "locked": recognition is not None,
        "badge": badge(recognition),
        "filing": filing,
        "kind": get_kind(filing.kind) if filing else None,
        "progress": progress(filing, steps) if filing else None,
        "cards": [] if filing else kind_cards(request.user, enterprise),
    }
    return render(request, "applications/home.html", context)
