"""批量通过 and 批量退回: the confirm page over the chosen filings, and the page with a result for each."""
import datetime
import uuid

from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters

from accounts.second_factor import is_bound
from accounts.services.reauthentication import confirm_identity
from portal.tools.access import wants_json
from portal.tools.errors import Refused
from reviews.admin.decide import keep_phrase
from reviews.enums import Action, JobState
from reviews.forms import BulkForm
from reviews.models import BulkDecision
from reviews.queries.bulk import counts_of, is_standing, own_job, results_of, rows_before
from reviews.queries.confirm import what_moved
from reviews.queries.phrases import phrases_for
from reviews.services import bulk

CONFIRM = "admin/reviews/filing/bulk.html"
RESULT = "admin/reviews/filing/bulk_result.html"
#: A job makes progress many times a second; after this the page says that there is a delay.
DELAYED_AFTER = datetime.timedelta(seconds=20)
#: The longest number that a database id has.
DIGITS = 18


def start(model_admin, request):
    """POST from the work list: the confirm page. POST from that page (``confirm``): order the job."""
    return _start(request, model_admin)


@sensitive_post_parameters("password", "code")
def _start(request, model_admin):
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(model_admin.list_url(request))
    if request.method != "POST":
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    action = request.POST.get("action")
    selection = _selection(request.POST)
    try:
        if action not in bulk.SERVICES:
            raise Refused("批量办理只能【通过】或【退回】，请返回列表重新选择。", status=422)
        bulk.check_selection([pk for pk, _ in selection])
    except Refused as refusal:
        return _answer(model_admin, request, None, [], None, refusal.message, refusal.status)
    action = Action(action)
    if "confirm" in request.POST:
        return _order(model_admin, request, action, selection)
    initial = {"key": uuid.uuid4().hex, "seen_authority": request.user.authority_id}
    return _answer(model_admin, request, action, selection, _form(request, action, initial=initial))


def _order(model_admin, request, action, selection):
    form = _form(request, action, request.POST)
    if not form.is_valid():
        return _answer(model_admin, request, action, selection, form, status=422)
    values = form.cleaned_data
    if _ordered(request, values["key"]):
        return _to_result(request, values["key"])
    moved = what_moved(request.user, values["seen_authority"])
    if moved:
        refusal = f"{moved}批量办理没有提交，您填写的内容仍在本页。请返回列表重新选择。"
        return _answer(model_admin, request, action, selection, form, refusal, 409)
    if any(version is None for _, version in selection):
        return _answer(model_admin, request, action, selection, form, "页面信息不完整，批量办理没有提交。请返回列表重新选择。", 422)
    try:
        confirm_identity(request=request, password=values["password"], code=values.get("code", ""))
        bulk.order_bulk(
            user=request.user, action=action, selection=selection, comment=values["comment"], note=values["note"],
            key=values["key"], request=request,
        )
    except Refused as refusal:
        if _ordered(request, values["key"]):  # the other click of two was faster
            return _to_result(request, values["key"])
        return _refused(model_admin, request, action, selection, form, refusal)
    keep_phrase(request, action, values)
    return _to_result(request, values["key"])


def _refused(model_admin, request, action, selection, form, refusal):
    """Show the refusal at its field, or above the form."""
    problems = getattr(refusal, "problems", None) or [{"field": refusal.code}]
    field = problems[0]["field"]
    if field not in form.fields:
        return _answer(model_admin, request, action, selection, form, refusal.message, refusal.status)
    form.add_error(field, refusal.message)
    return _answer(model_admin, request, action, selection, form, status=refusal.status)


def _form(request, action, data=None, **kwargs):
    return BulkForm(
        data,
        action=action,
        phrases=phrases_for(request.user, action),
        is_bound_account=is_bound(request.user),
        **kwargs,
    )


def _selection(posted):
    """Return [(filing id, version seen or None)] of what was chosen, in the order of the list."""
    chosen = [text for text in posted.getlist("selected") if _is_number(text)]
    versions = {text: posted.get(f"version_{text}", "") for text in chosen}
    return [(int(text), int(versions[text]) if _is_number(versions[text]) else None) for text in chosen]


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) <= DIGITS


def _answer(model_admin, request, action, selection, form, refusal="", status=200):
    rows = rows_before(request.user, action, selection) if action else []
    decidable = [row for row in rows if not row.reason]
    context = {
        "title": f"批量{action.label}" if action else "批量办理",
        "action": action,
        "rows": rows,
        "decidable": decidable,
        "left_out": len(rows) - len(decidable),
        "form": form,
        "refusal": refusal,
        "filters": _filters(request),
        "list_url": model_admin.list_url(request),
    }
    return model_admin.page(request, CONFIRM, context, status)


def _ordered(request, key):
    return BulkDecision.objects.filter(key=key, officer=request.user).exists()


def _to_result(request, key):
    job = BulkDecision.objects.get(key=key, officer=request.user)
    return HttpResponseRedirect(reverse("admin:reviews_filing_bulk_result", args=[job.pk]) + _filters(request))


def _filters(request):
    """Return the work list's filters as the query of an address of ours."""
    filters = request.GET.get("_changelist_filters", "")
    return f"?{urlencode({'_changelist_filters': filters})}" if filters else ""


def result(model_admin, request, bulk_id):
    """GET: how far an own job is, and the result of each row; ``?failed=1`` shows the refused ones only."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    job = own_job(request.user, bulk_id)
    if job is None:
        raise Http404("没有这次批量办理，或者它不是您提交的。")
    counts = counts_of(job)
    progress = _progress(job, counts)
    if wants_json(request):
        return JsonResponse(progress)
    only_failed = request.GET.get("failed") == "1"
    results = results_of(job, request.user)
    page = request.GET.copy()
    page.pop("failed", None)
    context = {
        "title": f"批量{job.get_action_display()}的结果",
        "job": job,
        "counts": counts,
        "progress": progress,
        "results": [row for row in results if row.state == "failed"] if only_failed else results,
        "only_failed": only_failed,
        "all_url": f"?{page.urlencode()}",
        "failed_url": f"?{page.urlencode()}{'&' if page else ''}failed=1",
        "filters": _filters(request),
        "list_url": model_admin.list_url(request),
    }
    return model_admin.page(request, RESULT, context)


def _progress(job, counts):
    """Return state, heading and sentence for the page and its script."""
    done = job.state == JobState.DONE
    if done and counts.failed:
        message = f"{counts.done} 件成功，{counts.failed} 件未成功，原因见下表。"
    elif done:
        message = f"{counts.done} 件全部成功。"
    elif is_standing(job, after=DELAYED_AFTER):
        message = (
            f"已办理 {counts.finished} 件，共 {counts.total} 件。等待时间比平时长，后台服务可能正在恢复；系统会自动从中断处继续，"
            "已办理的不会重复，您不需要再次提交。"
        )
    else:
        message = f"已办理 {counts.finished} 件，共 {counts.total} 件。可以离开此页，稍后在【批量办理】记录中查看。"
    return {
        "done": done, "label": job.get_state_display(), "message": message, "finished": counts.finished,
        "total": counts.total,
    }  # fmt: skip


VIEWS = [("bulk/", start, "bulk"), ("bulk/<int:bulk_id>/", result, "bulk_result")]
