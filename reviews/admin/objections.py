"""异议 to a publicity list: the list of them, 【登记异议】, one with its answer, 【显示】, its papers."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.services.access_log import log_access
from accounts.services.reveal import log_reveal
from accounts.views.reveal import revealed
from portal.tools.crypto import mask
from portal.tools.downloads import as_download, open_stored
from portal.tools.errors import Refused
from reviews.admin.publicity_page import FOLDER, list_page, may_publish, open_list
from reviews.enums import ObjectionState
from reviews.forms import AnswerForm, ObjectionForm
from reviews.queries.publicity import objections_of
from reviews.services import objections as services

PER_PAGE = 50
#: The sealed columns, which are shown one by one.
PERSONAL = {"objector": "异议人", "contact": "联系方式"}


def index(model_admin, request, list_id):
    """GET: the objections to a list, newest first, for the authority that publishes it."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    publicity = _own_list(request, list_id)
    page = Paginator(objections_of(request.user, publicity), PER_PAGE).get_page(request.GET.get("page"))
    context = {"title": "异议", "publicity": publicity, "page": page, "back": list_page(publicity.pk)}
    return model_admin.page(request, f"{FOLDER}/objections.html", context)


def record(model_admin, request, list_id, entry_id):
    """【登记异议】: GET the form, POST record it."""
    publicity = _own_list(request, list_id)
    if not may_publish(request.user, publicity):
        raise Http404
    entry = get_object_or_404(publicity.entries.all(), pk=entry_id)
    form = ObjectionForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    status = 422 if request.method == "POST" else 200
    if form.is_bound and form.is_valid():
        try:
            made = services.record_objection(user=request.user, entry_id=entry.pk, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, "异议已登记。答复之前，这份名单不能公告。")
            return HttpResponseRedirect(_page_of(publicity, made))
    context = {
        "title": f"登记异议：{entry.enterprise_name}", "publicity": publicity, "entry": entry, "form": form,
        "back": list_page(publicity.pk),
    }  # fmt: skip
    return model_admin.page(request, f"{FOLDER}/objection_form.html", context, status)


def detail(model_admin, request, list_id, objection_id):
    """GET: one objection with its papers. POST: 【答复异议】."""
    publicity = _own_list(request, list_id)
    objection = get_object_or_404(objections_of(request.user, publicity), pk=objection_id)
    allowed = may_publish(request.user, publicity) and objection.state == ObjectionState.OPEN
    form = AnswerForm(initial={"seen_version": objection.version})
    status = 200
    if request.method == "POST":
        if not may_publish(request.user, publicity):
            raise Http404
        form, status = AnswerForm(request.POST), 422
        if form.is_valid():
            try:
                _answer(request.user, objection, form.cleaned_data)
            except Refused as refusal:
                form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
                status = refusal.status
            else:
                messages.success(request, "已答复。请将答复内容告知异议人。")
                return HttpResponseRedirect(_page_of(publicity, objection))
    context = {
        "title": f"异议：{objection.entry.enterprise_name}", "publicity": publicity, "objection": objection,
        "personal": [(column, label, mask(getattr(objection, column))) for column, label in PERSONAL.items()],
        "files": objection.files.all(), "may_answer": allowed, "form": form, "back": list_page(publicity.pk),
    }  # fmt: skip
    return model_admin.page(request, f"{FOLDER}/objection.html", context, status)


def reveal(model_admin, request, list_id, objection_id, column):
    """【显示】: the objector or the contact in full, after it is logged."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    publicity = _own_list(request, list_id)
    objection = get_object_or_404(objections_of(request.user, publicity), pk=objection_id)
    if column not in PERSONAL:
        raise Http404
    subject = f"异议 {objection.pk}（{objection.entry.enterprise_name}）{PERSONAL[column]}"
    log_reveal(actor=request.user, subject=subject, request=request)
    response = revealed(request, PERSONAL[column], getattr(objection, column))
    response["Cache-Control"] = "no-store"
    return response


def download(model_admin, request, list_id, objection_id, file_id):
    """GET: a paper of an objection, logged."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    publicity = _own_list(request, list_id)
    objection = get_object_or_404(objections_of(request.user, publicity), pk=objection_id)
    found = get_object_or_404(objection.files.all(), pk=file_id)
    content = open_stored(found.file, f"文件“{found.name}”在服务器上已找不到，请联系技术支持电话恢复。")
    log_access(
        actor=request.user, action="下载异议材料", subject=f"异议 {objection.pk} {found.name}", request=request
    )
    return as_download(content, found.name)


def _own_list(request, list_id):
    """Return the list if the officer's own authority publishes it. Raises Http404."""
    publicity = open_list(request, list_id)
    if publicity.authority_id != request.user.authority_id:
        raise Http404
    return publicity


def _answer(user, objection, values):
    services.answer_objection(
        user=user, objection_id=objection.pk, seen_version=values["seen_version"],
        upheld=values["outcome"] == ObjectionState.UPHELD, answer=values["answer"], reason=values["reason"],
    )


def _page_of(publicity, objection):
    return reverse("admin:reviews_publicitylist_objection", args=[publicity.pk, objection.pk])
