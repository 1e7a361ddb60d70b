"""核对 and 确认提交."""
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from applications.queries import present_attachments
from applications.views.content import readable_description
from applications.views.fill import own_filing_or_404
from applications.views.posted import seen_version
from portal.tools.access import ENTERPRISE, opens_to
from portal.tools.errors import Invalid, Refused, WrongState
from reviews.kinds import get_kind
from reviews.services.filings import receiving_authority
from reviews.services.filings import submit as submit_filing


@require_safe
@opens_to(ENTERPRISE)
@never_cache
def check(request, filing_id):
    """Show everything as it will be submitted, what is wrong with it and who will receive it."""
    filing = own_filing_or_404(request, filing_id)
    if not filing.is_editable:
        return redirect("applications:filing", filing.pk)
    return _page(request, filing, get_kind(filing.kind).problems(filing))


@require_POST
@opens_to(ENTERPRISE)
def submit(request, filing_id):
    """【确认提交】: clicking twice submits once and ends on 详情 both times, which says what follows."""
    filing = own_filing_or_404(request, filing_id)
    try:
        submit_filing(filing_id=filing.pk, user=request.user, seen_version=seen_version(request.POST))
    except Invalid as invalid:
        return _page(request, filing, invalid.problems, refusal=invalid)
    except WrongState:
        raise
    except Refused as refusal:
        filing = own_filing_or_404(request, filing_id)
        if not filing.is_editable:
            raise
        return _page(request, filing, get_kind(filing.kind).problems(filing), refusal=refusal)
    return redirect("applications:filing", filing.pk)


def _page(request, filing, problems, refusal=None):
    attachments = present_attachments(filing)
    description = get_kind(filing.kind).describe(filing)
    sections, assessment = readable_description(description, attachments)
    context = {
        "filing": filing,
        "kind": get_kind(filing.kind),
        "sections": sections,
        "assessment": assessment,
        "problems": problems,
        "warnings": description.warnings,
        "authority": _authority(filing),
        "refusal": refusal,
    }
    return render(request, "applications/check.html", context, status=refusal.status if refusal else 200)


def _authority(filing):
    """Return who will receive the filing, or None while 企业注册地 does not tell."""
    try:
        return receiving_authority(filing)
    except Refused:
        return None
