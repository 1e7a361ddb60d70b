"""企业申报管理: the kinds that can be filed, 申报记录, and one record's 详情."""
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.queries import enterprise_of
from applications.queries import filings_page, open_filings_by_kind, present_attachments, province_of, told_comments
from applications.views.content import present_content, submitted_content
from applications.views.fill import fill_url, own_filing_or_404
from applications.views.progress import progress, timeline
from portal.tools.access import ENTERPRISE, opens_to
from portal.tools.errors import Refused
from reviews.enums import State
from reviews.kinds import all_kinds, get_kind
from reviews.services.filings import open_filing
from reviews.services.windows import closed_sentence, open_window

_LAST_PAGE = 1000


@dataclass(frozen=True)
class KindCard:
    """One kind with what the enterprise can do about it now."""

    kind: object
    filing: object = None
    blocker: object = None
    window: object = None
    closed: str = ""


@require_safe
@opens_to(ENTERPRISE)
@never_cache
def index(request):
    """Show a card for each kind and the list of filings (申报记录)."""
    text = request.GET.get("page", "1")
    number = min(int(text), _LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    page = filings_page(request.user, max(number, 1))
    context = {
        "cards": kind_cards(request.user, enterprise_of(request.user)),
        "page": page,
        "rows": [(filing, get_kind(filing.kind)) for filing in page.rows],
    }
    return render(request, "applications/filings.html", context)


def kind_cards(user, enterprise):
    """Return a KindCard for every kind that can be applied for anew."""
    moment = timezone.now()
    own = open_filings_by_kind(user)
    kinds = [kind for kind in all_kinds() if kind.tier and not kind.is_renewal]
    return [_card(kind, own.get(kind.code), enterprise, moment) for kind in kinds]


def _card(kind, filing, enterprise, moment):
    if filing is not None:
        return KindCard(kind, filing=filing)
    blocker = next(iter(kind.blockers(enterprise, moment)), None)
    if blocker is not None:
        return KindCard(kind, blocker=blocker)
    province = province_of(enterprise)
    window = open_window(kind, province, moment)
    return KindCard(kind, window=window, closed="" if window else closed_sentence(kind, province, moment))


@require_POST
@opens_to(ENTERPRISE)
def start(request, kind_code):
    """【申报】: open the draft and go to it; without basic information say so first (manual 图10)."""
    kind = next((kind for kind in all_kinds() if kind.code == kind_code), None)
    if kind is None:
        raise Http404
    try:
        filing = open_filing(user=request.user, kind_code=kind.code)
    except Refused as refusal:
        if refusal.link:
            context = {"kind": kind, "refusal": refusal}
            return render(request, "applications/start_blocked.html", context, status=refusal.status)
        raise
    return redirect(kind.edit_url(filing)) if filing.is_editable else redirect("applications:filing", filing.pk)


@require_safe
@opens_to(ENTERPRISE)
@never_cache
def detail(request, filing_id):
    """详情: progress, comments, what was submitted."""
    filing = own_filing_or_404(request, filing_id)
    events = list(filing.events.select_related("authority").order_by("sequence"))
    steps = list(filing.steps.filter(round=filing.round).select_related("authority").order_by("position"))
    if filing.snapshot_id:
        sections, assessment = submitted_content(filing)
    else:
        sections, assessment = present_content(filing, present_attachments(filing))
    returned = filing.state == State.RETURNED
    comments = told_comments(filing, unresolved=returned) if filing.round else []
    context = {
        "filing": filing,
        "kind": get_kind(filing.kind),
        "timeline": timeline(filing, events, steps),
        "progress": progress(filing, steps),
        "comments": [(comment, _place(filing, comment)) for comment in comments],
        "last_return": next((event for event in reversed(events) if event.to_state == State.RETURNED), None),
        "sections": sections,
        "assessment": assessment,
    }
    return render(request, "applications/filing.html", context)


def _place(filing, comment):
    """Return the address of the field that a comment is about: in the form while it can be edited, else on the page."""
    if filing.is_editable:
        return fill_url(filing, f"f-{comment.section}-{comment.field}")
    return f"#v-{comment.section}-{comment.field}"
