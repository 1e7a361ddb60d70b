"""【显示】 on the page of a filing: a personal value of its snapshot in full, for officers of its jurisdiction."""
from django.http import Http404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.services.reveal import log_reveal
from accounts.views.reveal import revealed
from portal.tools.access import OFFICER, opens_to
from reviews.queries.content import personal_value
from reviews.queries.filing_page import filing_for, snapshot_of


@require_POST
@opens_to(OFFICER)
@never_cache
def reveal(request, filing_id, target):
    """Show the value of ``section.field``, of the snapshot with the posted number or of the present one."""
    filing = filing_for(request.user, filing_id)
    number = request.POST.get("snapshot", "")
    snapshot = filing and snapshot_of(filing, _number(number) if number else None)
    found = snapshot and personal_value(snapshot.payload, target)
    if not found:
        raise Http404
    label, value = found
    log_reveal(actor=request.user, subject=f"{filing} {label}", request=request)
    return revealed(request, label, value)


def _number(text):
    """Return the number of a snapshot; what is none is a number that no snapshot has."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
