"""通过, 退回, 不予通过: a confirm page that says what will happen, then the service."""
from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.html import format_html

from portal.tools.errors import Refused, StaleVersion
from reviews.admin.filing_page import open_filing, page_url
from reviews.enums import Action
from reviews.forms import DecisionForm
from reviews.models import Filing, ReviewEvent
from reviews.queries.confirm import confirm_page, what_moved
from reviews.queries.filing_page import DECISIONS, latest_event, why_not
from reviews.queries.phrases import phrases_for
from reviews.queries.worklist import next_waiting
from reviews.services import decisions
from reviews.services.parties import transition_for
from reviews.services.phrases import add_phrase

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
    action = Action(action)
    try:
        filing = open_filing(request, filing_id)
    except Http404:
        if request.method != "POST":
            raise
        return _gone(model_admin, request, filing_id, action)
    if request.method == "POST":
        return _carry_out(model_admin, request, filing, action)
    if transition_for(request.user, filing, action) is None:
        return _answer(model_admin, request, filing, action, None, refusal=why_not(filing, request.user), status=409)
    page = confirm_page(filing, request.user, action)
    comment = page.reason if "fill" in request.GET else ""
    initial = {"seen_version": filing.version, "seen_authority": request.user.authority_id, "comment": comment}
    form = _form(request, action, initial=initial)
    return _answer(model_admin, request, filing, action, form, page=page)


def _form(request, action, data=None, **kwargs):
    return DecisionForm(data, action=action, phrases=phrases_for(request.user, action), **kwargs)


def _carry_out(model_admin, request, filing, action):
    form = _form(request, action, request.POST)
    if not form.is_valid():
        page = confirm_page(filing, request.user, action) if transition_for(request.user, filing, action) else None
        return _answer(model_admin, request, filing, action, form, page=page, status=422)
    values = form.cleaned_data
    moved = what_moved(request.user, values["seen_authority"])
    if moved:
        refusal = f"{moved}这次【{action.label}】没有执行，您填写的内容仍在本页。请重新打开这件申报，看清后再办理。"
        return _answer(model_admin, request, filing, action, form, refusal=refusal, status=409)
    try:
        SERVICES[action](
            filing_id=filing.pk, user=request.user, seen_version=values["seen_version"], comment=values["comment"],
            note=values["note"],
        )
    except StaleVersion as refusal:
        return _stale(model_admin, request, open_filing(request, filing.pk), action, form, refusal)
    except Refused as refusal:
        return _answer(model_admin, request, filing, action, form, refusal=refusal.message, status=refusal.status)
    keep_phrase(request, action, values)
    return _go_on(model_admin, request, filing, action)


def keep_phrase(request, action, values):
    """Save the comment as a phrase (保存为常用语) when asked; the decision stands whatever comes of it."""
    if not (values["keep_phrase"] and values["comment"].strip()):
        return
    try:
        add_phrase(user=request.user, action=action, text=values["comment"])
    except Refused as refusal:
        messages.warning(request, f"意见没有保存为常用语：{refusal.message}")
    else:
        messages.info(request, "意见已保存为本部门的常用语。")


def _gone(model_admin, request, filing_id, action):
    """Answer a decision on a filing that is not in the jurisdiction (any more); what was typed stays on the page."""
    form = _form(request, action, request.POST)
    form.is_valid()
    values = form.cleaned_data
    mine = ReviewEvent.objects.filter(filing=filing_id, actor=request.user, action=action)
    if mine.filter(seen_version=values.get("seen_version")).exists():  # the second click of two
        return HttpResponseRedirect(model_admin.list_url(request))
    moved = what_moved(request.user, values.get("seen_authority"))
    context = {
        "title": f"没有【{action.label}】",
        "action": action,
        "sentence": f"{moved}这件申报不在{request.user.authority.name}的管辖范围内，这次【{action.label}】没有执行。",
        "was_moved": bool(moved),
        "form": form,
        "list_url": model_admin.list_url(request),
    }
    return model_admin.page(request, "admin/reviews/filing/gone.html", context, 404)


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
    """Return the id of the filing after this one in the filtered list that waits for the officer, or None."""
    return next_waiting(request.user, filters, filing)


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


def _answer(model_admin, request, filing, action, form, *, page=None, refusal="", status=200):
    context = {
        "title": f"{action.label}：{filing.enterprise_name}",
        "filing": filing,
        "action": action,
        "form": form,
        "refusal": refusal,
        "page": page,
        "back": page_url(filing.pk, request.GET.get("_changelist_filters", "")),
        "fill_url": _fill_url(request),
        "list_url": model_admin.list_url(request),
    }
    return model_admin.page(request, TEMPLATE, context, status)


def _fill_url(request):
    """Return the address of this page with the reason filled in from the field comments."""
    query = request.GET.copy()
    query["fill"] = "comments"
    return f"?{query.urlencode()}"


VIEWS = [("<int:filing_id>/decide/<str:action>/", decide, "decide")]
