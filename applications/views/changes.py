"""修改对照: what changed since the return, and which comments have been answered."""
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications.queries_changes import comparison
from applications.views.fill import own_filing_or_404
from portal.tools.access import ENTERPRISE, opens_to
from reviews.kinds import get_kind


@require_safe
@opens_to(ENTERPRISE)
@never_cache
def changes(request, filing_id):
    """Show old and new beside each other; a filing that was never returned has nothing to compare and says so."""
    filing = own_filing_or_404(request, filing_id)
    kind = get_kind(filing.kind)
    context = {
        "filing": filing,
        "kind": kind,
        "compared": comparison(filing),
        "menu_current": "renewals" if kind.is_renewal else "filings",
    }
    return render(request, "applications/changes.html", context)
