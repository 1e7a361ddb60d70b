"""通过, 退回, 不予通过: a confirm page that says what will happen, then the service."""
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.html import format_html

from portal.tools.errors import Refused, StaleVersion
from reviews.admin.filing_page import open_filing, page_url
from reviews.enums import Action, Visibility
from reviews.forms import DecisionForm
from reviews.models import Filing
from reviews.queries.filing_page import DECISIONS, latest_event, outcome_of, why_not
from reviews.services import decisions
from reviews.services.parties import transition_for

SERVICES = {
    Action.APPROVE: decisions.approve,
    Action.RETURN: decisions.return_filing,
    Action.REJECT: decisions.reject,
}
TEMPLATE = "admin/reviews/filing/decide.html"


def decide(model_admin, request, filing_id, action):
    """GET: what will happen, and the form. POST: do it, and go on to the next filing when asked."""
    if action not in {decision.value for decision in DECISIONS}:
        raise Http404
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    filing = open_filing(request, filing_id)
    action = Action(action)
    if request.method == "POST":
        return _carry_out(model_admin, request, filing, action)
    if transition_for(request.user, filing, action) is None:
        return _answer(model_admin, request, filing, action, None, refusal=why_not(filing, request.user), status=409)
    form = DecisionForm(action=action, initial={"seen_version": filing.version})
    return _answer(model_admin, request, filing, action, form)


def _carry_out(model_admin, request, filing, action):
    form = DecisionForm(request.POST, action=action)
    if not form.is_valid():
        return _answer(model_admin, request, filing, action, form, status=422)
    values = form.cleaned_data
    try:
        SERVICES[action](
            filing_id=filing.pk, user=request.user, seen_version=values["seen_version"], comment=values["comment"],
            note=values["note"],
        )
    except StaleVersion as refusal:
        return _stale(model_admin, request, open_filing(request, filing.pk), action, form, refusal)
    except Refused as refusal:
        return _answer(model_admin, request, filing, action, form, refusal=refusal.message, status=refusal.status)
    return _go_on(model_admin, request, filing, action)


def _go_on(model_admin, request, filing, action):
    """Say what was done; show the next filing of the filtered list, or this one with a link to the next."""
    filters = request.GET.get("_changelist_filters", "")
    following = next_filing(model_admin, request, filing, filters)
    done = f"已对“{filing.enterprise_name}”【{action.label}】。"
    if "_next" in request.POST:
        if following is None:
            messages.success(request, f"{done}当前列表中已没有待您审核的申报件。")
            return HttpResponseRedirect(model_admin.list_url(request))
        messages.success(request, f"{done}下面是下一件。")
        return HttpResponseRedirect(page_url(following, filters))
    if following is None:
        messages.success(request, f"{done}当前列表中已没有待您审核的申报件。")
    else:
        link = format_html('<a class="desk-next" href="{}">处理下一条</a>', page_url(following, filters))
        messages.success(request, format_html("{}{}", done, link))
    still_here = Filing.objects.for_officer(request.user).filter(pk=filing.pk).exists()
    return HttpResponseRedirect(page_url(filing.pk, filters) if still_here else model_admin.list_url(request))


def next_filing(model_admin, request, filing, filters):
    """Return the id of the oldest filing on the officer's desk within the filtered list, or None.

    Filters that cannot be read count as none.
    """
    try:
        rows = model_admin.filtered(request, filters)
    except IncorrectLookupParameters:
        rows = Filing.objects.for_officer(request.user)
    waiting = rows.on_desk_of(request.user).exclude(pk=filing.pk).order_by("desk_since", "id")
    return waiting.values_list("pk", flat=True).first()


def _stale(model_admin, request, filing, action, form, refusal):
    """Show what somebody else did in between; what was typed stays on the page."""
    who, what, at, comment = latest_event(filing)
    context = {
        "title": f"未能{action.label}：{filing.enterprise_name}",
        "filing": filing,
        "action": action,
        "refusal": refusal,
        "who": who,
        "what": what,
        "at": at,
        "their_comment": comment,
        "typed_comment": form.cleaned_data["comment"],
        "typed_note": form.cleaned_data["note"],
        "back": page_url(filing.pk, request.GET.get("_changelist_filters", "")),
        "list_url": model_admin.list_url(request),
    }
    return model_admin.page(request, "admin/reviews/filing/stale.html", context, refusal.status)


def _answer(model_admin, request, filing, action, form, *, refusal="", status=200):
    handed_over = filing.field_comments.filter(
        event__isnull=True, round=filing.round, authority=request.user.authority_id
    ).order_by("id")
    comments = list(handed_over)
    context = {
        "title": f"{action.label}：{filing.enterprise_name}",
        "filing": filing,
        "action": action,
        "form": form,
        "refusal": refusal,
        "outcome": outcome_of(filing, action) if form and not refusal else None,
        "for_enterprise": [comment for comment in comments if comment.visibility == Visibility.ENTERPRISE],
        "internal": [comment for comment in comments if comment.visibility == Visibility.INTERNAL],
        "back": page_url(filing.pk, request.GET.get("_changelist_filters", "")),
        "list_url": model_admin.list_url(request),
    }
    return model_admin.page(request, TEMPLATE, context, status)


VIEWS = [("<int:filing_id>/decide/<str:action>/", decide, "decide")]
