"""企业申报管理: the kinds that can be filed, 申报记录, and one record's 详情."""
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.queries import enterprise_of
from applications.kinds.base import FormKind
from applications.queries import filings_page
from applications.queries_changes import comparison
from applications.standing import Standing
from applications.views.cards import application_cards, form_kinds
from applications.views.fill import own_filing_or_404
from applications.views.progress import stages
from applications.views.seen import what_is_seen
from applications.views.tasks import returned_tasks
from portal.tools.access import ENTERPRISE, opens_to
from portal.tools.errors import Refused
from reviews.enums import State
from reviews.kinds import all_kinds, get_kind
from reviews.services.filings import open_filing

_LAST_PAGE = 1000


@require_safe
@opens_to(ENTERPRISE)
@never_cache
def index(request):
    """Show a card for each kind of application and the list of filings (申报记录)."""
    enterprise = enterprise_of(request.user)
    standing = Standing(enterprise, timezone.localdate())
    context = records(request, renewal=False) | {"cards": application_cards(request.user, enterprise, standing)}
    return render(request, "applications/filings.html", context)


def records(request, *, renewal):
    """Return the context of 申报记录 or 复核记录: one page of filings with their stages."""
    text = request.GET.get("page", "1")
    number = min(int(text), _LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    kinds = [kind.code for kind in form_kinds(renewal=renewal)]
    page = filings_page(request.user, max(number, 1), kinds=kinds)
    return {"page": page, "records": [record(filing) for filing in page.rows]}


def record(filing):
    """Return what one line of the records shows, for a filing of queries.filings_page."""
    steps = [step for step in filing.steps.all() if step.round == filing.round]
    return {"filing": filing, "kind": get_kind(filing.kind), "stages": stages(filing, steps)}


@require_POST
@opens_to(ENTERPRISE)
def start(request, kind_code):
    """【申报】, 【复核】: open the draft and go to it; say first what has to be done before (manual 图10, 图17, Q15)."""
    kind = next((kind for kind in all_kinds() if kind.code == kind_code and isinstance(kind, FormKind)), None)
    if kind is None:
        raise Http404
    moment = timezone.now()
    try:
        filing = open_filing(user=request.user, kind_code=kind.code)
    except Refused as refusal:
        if refusal.link:
            context = {"kind": kind, "refusal": refusal, "menu_current": "renewals" if kind.is_renewal else "filings"}
            return render(request, "applications/start_blocked.html", context, status=refusal.status)
        raise
    if not filing.is_editable:
        return redirect("applications:filing", filing.pk)
    note = kind.carried_note(filing) if filing.created_at >= moment else ""
    if note:
        messages.info(request, note)
    return redirect(kind.edit_url(filing))


@require_safe
@opens_to(ENTERPRISE)
@never_cache
def detail(request, filing_id):
    """详情: progress, comments, what was submitted."""
    filing = own_filing_or_404(request, filing_id)
    is_returned = filing.state == State.RETURNED
    context = what_is_seen(filing, said=not is_returned)
    context["menu_current"] = "renewals" if context["kind"].is_renewal else "filings"
    if is_returned:
        # As tasks, with what has been corrected so far; the list of comments would say the same again.
        compared = comparison(filing)
        context |= {"last_return": compared.event, "tasks": returned_tasks(filing, compared), "compared": compared}
    return render(request, "applications/filing.html", context)
