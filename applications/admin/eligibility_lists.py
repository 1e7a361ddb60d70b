"""上传名单: read an Excel list, show what was read, carry it out, show a result for each row."""
import hashlib
import io
import uuid

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.services.access_log import log_access
from applications.enums import Tier
from applications.forms.eligibility import PreviewForm, UploadForm
from applications.queries_eligibility import duplicates, judge, lists_for
from applications.services.eligibility import may_set_eligible
from applications.services.eligibility_lists import request_list
from applications.services.eligibility_reading import CODE, NAME, read_list
from portal.tools.access import wants_json
from portal.tools.downloads import as_download
from portal.tools.errors import Refused
from portal.tools.tables import write_table
from reviews.enums import JobState

FOLDER = "admin/applications/renewaleligibility"
ROWS_PER_PAGE = 100
LISTS_PER_PAGE = 30
SALT = "applications.eligibility_list"
#: Seconds for which what was read can be confirmed.
CONFIRM_WITHIN = 2 * 60 * 60
GONE = "预览已过期或不完整，没有设置。请重新上传名单。"
OUTCOMES = {"set": "已设置", "already": "此前已设置", "failed": "未成功", "ready": "可以设置"}
#: What the preview says instead: nothing has been done yet.
BEFORE = {"failed": "不能设置"}
#: The colour of each outcome, by the states of a filing that look like it.
BADGES = {"set": "approved", "ready": "approved", "already": "plain", "failed": "rejected"}
COLUMNS = [("表格行号", 10), (NAME, 40), (CODE, 24)]


def upload(model_admin, request):
    """GET: the form. POST: read the file and show what was read, or say at the form why not."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    _require_writer(request)
    if request.method != "POST":
        return _form_page(model_admin, request, UploadForm(initial={"tier": request.GET.get("tier", "")}))
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(model_admin, request, form, 422)
    values = form.cleaned_data
    try:
        read = read_list(values["file"])
    except Refused as refusal:
        form.add_error("file", refusal.message)
        return _form_page(model_admin, request, form, refusal.status)
    payload = {
        "user": request.user.pk, "tier": values["tier"], "note": values["note"], "name": read.name,
        "sha256": read.sha256, "nonce": uuid.uuid4().hex, "rows": read.rows,
    }  # fmt: skip
    findings = judge(
        read.rows, authority=request.user.authority, tier=values["tier"], doubled=duplicates(read.rows)
    )
    lines = _lines(read.rows, [(finding.outcome, finding.message) for finding in findings])
    for line in lines:
        line["label"] = BEFORE.get(line["outcome"], line["label"])
    lines.sort(key=lambda line: line["outcome"] != "failed")  # stable: what needs work first
    context = {
        "title": "核对名单", "name": read.name, "tier": Tier(values["tier"]), "note": values["note"],
        "lines": lines[:ROWS_PER_PAGE], "more": max(len(lines) - ROWS_PER_PAGE, 0), "total": len(lines),
        "counts": _counts([finding.outcome for finding in findings]),
        "form": PreviewForm(initial={"payload": signing.dumps(payload, salt=SALT, compress=True)}),
    }  # fmt: skip
    return model_admin.page(request, f"{FOLDER}/preview.html", context)


def confirm(model_admin, request):
    """POST: have what was read carried out."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    _require_writer(request)
    try:
        read = signing.loads(request.POST.get("payload", ""), salt=SALT, max_age=CONFIRM_WITHIN)
    except signing.BadSignature as error:
        raise Refused(GONE, code="payload", status=422) from error
    if read["user"] != request.user.pk:
        raise Refused(GONE, code="payload", status=422)
    made = request_list(
        user=request.user, tier=read["tier"], note=read["note"], name=read["name"], sha256=read["sha256"],
        key=hashlib.sha256(f"{read['user']} {read['nonce']}".encode()).hexdigest(), rows=read["rows"], request=request,
    )  # fmt: skip
    messages.success(request, f"已提交 {len(made.rows)} 行，下面是办理进度。")
    return HttpResponseRedirect(reverse("admin:applications_renewaleligibility_list", args=[made.pk]))


def template_file(model_admin, request):
    """GET: an empty list with the two columns."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    content = write_table(title="名单", columns=[(NAME, 40), (CODE, 24)], rows=[])
    return as_download(io.BytesIO(content), "满足复核条件名单模板.xlsx")


def index(model_admin, request):
    """GET: the lists of the officer's own authority."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    lists = lists_for(request.user).select_related("officer").order_by("-id")
    page = Paginator(lists, LISTS_PER_PAGE).get_page(request.GET.get("page"))
    for made in page:
        made.counts = _counts([result["outcome"] for result in made.results])
        made.total = len(made.rows)
    context = {"title": "名单办理记录", "page": page, "may_set": may_set_eligible(request.user)}
    return model_admin.page(request, f"{FOLDER}/lists.html", context)


def show(model_admin, request, eligibility_list_id):
    """GET: progress and a result for each row; for the script on the page, the progress as JSON."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    made = _own(request, eligibility_list_id)
    done, total = len(made.results), len(made.rows)
    progress = f"已办理 {done} 行，共 {total} 行。"
    if wants_json(request):
        return JsonResponse({"finished": made.state == JobState.DONE, "done": done, "total": total, "label": progress})
    only_failed = request.GET.get("only") == "failed"
    lines = _lines(made.rows, [(result["outcome"], result["message"]) for result in made.results])
    page = Paginator(_failed(lines) if only_failed else lines, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": made.name, "made": made, "page": page, "only_failed": only_failed, "progress": progress,
        "done": done, "total": total, "is_finished": made.state == JobState.DONE, "tier": Tier(made.tier),
        "counts": _counts([result["outcome"] for result in made.results]),
    }  # fmt: skip
    return model_admin.page(request, f"{FOLDER}/list.html", context)


def results_file(model_admin, request, eligibility_list_id):
    """GET: the results as Excel, logged; with ``only=failed`` the rows to mend, ready to be uploaded again."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    made = _own(request, eligibility_list_id)
    lines = _lines(made.rows, [(result["outcome"], result["message"]) for result in made.results])
    lines = _failed(lines) if request.GET.get("only") == "failed" else lines
    rows = [(line["number"], line["name"], line["code"], line["label"], line["message"]) for line in lines]
    content = write_table(title="办理结果", columns=[*COLUMNS, ("结果", 12), ("说明", 70)], rows=rows)
    log_access(
        actor=request.user, action="下载满足复核条件办理结果", subject=f"{made.name}（{len(rows)} 行）", request=request
    )
    day = timezone.localtime(made.asked_at).strftime("%Y%m%d%H%M")
    return as_download(io.BytesIO(content), f"满足复核条件办理结果{day}.xlsx")


def _require_writer(request):
    if not may_set_eligible(request.user):
        raise PermissionDenied


def _own(request, eligibility_list_id):
    return get_object_or_404(lists_for(request.user).select_related("officer", "authority"), pk=eligibility_list_id)


def _form_page(model_admin, request, form, status=200):
    return model_admin.page(request, f"{FOLDER}/upload.html", {"title": "上传名单", "form": form}, status)


def _counts(outcomes):
    return {name: outcomes.count(name) for name in OUTCOMES}


def _failed(lines):
    return [line for line in lines if line["outcome"] == "failed"]


def _lines(rows, results):
    """Return what a page shows of each row; those without a result yet wait."""
    lines = []
    for index, (number, name, code) in enumerate(rows):
        outcome, message = results[index] if index < len(results) else ("waiting", "")
        lines.append({
            "number": number, "name": name, "code": code, "outcome": outcome, "message": message,
            "label": OUTCOMES.get(outcome, "等待办理"), "badge": BADGES.get(outcome, "draft"),
        })  # fmt: skip
    return lines


VIEWS = [
    ("lists/", index, "lists"),
    ("lists/upload/", upload, "upload"),
    ("lists/confirm/", confirm, "upload_confirm"),
    ("lists/template/", template_file, "template"),
    ("lists/<int:eligibility_list_id>/", show, "list"),
    ("lists/<int:eligibility_list_id>/results/", results_file, "results"),
]
