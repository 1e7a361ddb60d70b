"""转交, 由我办理, 取消经办人: who of the authority works on a filing."""
from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect

from portal.tools.errors import Refused
from reviews.admin.filing_page import open_filing, page_url
from reviews.forms import HandOverForm
from reviews.queries.filing_page import may_comment, why_not
from reviews.queries.records import colleagues_of, handovers_of
from reviews.services.handing_over import hand_over

TEMPLATE = "admin/reviews/filing/hand_over.html"


def show(model_admin, request, filing_id):
    """GET: choose a colleague. POST: hand over, or with ``_take`` / ``_clear`` 【由我办理】 / 【取消经办人】."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    filing = open_filing(request, filing_id)
    colleagues = list(colleagues_of(request.user))
    if request.method != "POST":
        may = may_comment(filing, request.user)
        form = HandOverForm(initial={"seen_version": filing.version}, colleagues=colleagues) if may else None
        refusal = "" if may else why_not(filing, request.user)
        return _answer(model_admin, request, filing, form, refusal, 200 if may else 409)
    form = HandOverForm(request.POST, colleagues=colleagues)
    short = "_take" in request.POST or "_clear" in request.POST
    if short:
        form.fields["handler"].required = False
    if not form.is_valid():
        return _answer(model_admin, request, filing, form, "", 422)
    chosen = request.user.pk if "_take" in request.POST else form.cleaned_data["handler"]
    handler_id = None if "_clear" in request.POST else int(chosen)
    try:
        done = hand_over(
            filing_id=filing.pk, user=request.user, seen_version=form.cleaned_data["seen_version"],
            handler_id=handler_id, note=form.cleaned_data["note"],
        )
    except Refused as refusal:
        return _answer(model_admin, request, filing, form, refusal.message, refusal.status)
    messages.success(request, _said(done, request.user))
    return HttpResponseRedirect(page_url(filing.pk, request.GET.get("_changelist_filters", "")))


def _said(filing, user):
    if filing.handler is None:
        return "已取消经办人，本部门人员都可以办理。"
    return "这件申报由您办理。" if filing.handler == user else f"已转交给{filing.handler}，对方会收到系统消息。"


def _answer(model_admin, request, filing, form, refusal, status):
    context = {
        "title": f"转交：{filing.enterprise_name}",
        "filing": filing,
        "form": form,
        "refusal": refusal,
        "handovers": handovers_of(filing),
        "back": page_url(filing.pk, request.GET.get("_changelist_filters", "")),
        "list_url": model_admin.list_url(request),
    }
    return model_admin.page(request, TEMPLATE, context, status)


VIEWS = [("<int:filing_id>/hand-over/", show, "hand_over")]
