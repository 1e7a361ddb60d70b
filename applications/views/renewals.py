"""企业复核管理: 复核路径 for each title that the enterprise holds or held, and 复核记录."""
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.queries import enterprise_of
from applications.standing import Standing
from applications.views.cards import renewal_cards
from applications.views.filings import records
from portal.tools.access import ENTERPRISE, opens_to


@require_safe
@opens_to(ENTERPRISE)
@never_cache
def renewals(request):
    """Show a card for each title (manual §4, 图24) and the list of renewals."""
    enterprise = enterprise_of(request.user)
    standing = Standing(enterprise, timezone.localdate())
    context = {
        "enterprise": enterprise,
        "cards": renewal_cards(request.user, enterprise, standing) if enterprise else [],
        "province": standing.province if enterprise and enterprise.is_complete else None,
    }
    return render(request, "applications/renewals.html", context | records(request, renewal=True))
