"""企业主页."""
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.queries import enterprise_of
from applications.enums import UNRECOGNISED
from applications.queries import filings_under_way
from applications.standing import Standing
from applications.views.cards import all_cards
from applications.views.filings import record
from portal.tools.access import ENTERPRISE, opens_to


@require_safe
@opens_to(ENTERPRISE)
@never_cache
def home(request):
    """Show who the enterprise is, its titles, its filings under way and what it can do next."""
    enterprise = enterprise_of(request.user)
    standing = Standing(enterprise, timezone.localdate())
    complete = enterprise is not None and enterprise.is_complete
    filings = filings_under_way(request.user) if enterprise else []
    cards = all_cards(request.user, enterprise, standing) if complete else []
    held = standing.held if enterprise else []
    context = {
        "enterprise": enterprise,
        "held": held,
        "unrecognised": UNRECOGNISED,
        "locked": bool(held) and complete,
        "records": [record(filing) for filing in filings],
        "cards": [card for card in cards if card.is_news],
    }
    return render(request, "applications/home.html", context)
