"""实地抽查 and 专家意见 at a filing: add one, look at its photos and papers. For officers only."""
from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from accounts.services.access_log import log_access
from portal.tools.downloads import as_download, as_preview, open_stored
from portal.tools.errors import Refused
from portal.tools.uploads import shown_size
from reviews.admin.filing_page import open_filing, page_url
from reviews.forms import OpinionRecordForm, VisitForm
from reviews.queries.records import files_of
from reviews.services import records

ADD = "admin/reviews/filing/record_form.html"
PREVIEW = "admin/reviews/filing/record_preview.html"


def add_visit(model_admin, request, filing_id):
    """【添加实地抽查记录】."""
    return _add(model_admin, request, filing_id, "实地抽查记录", VisitForm, records.record_visit)


def add_opinion(model_admin, request, filing_id):
    """【添加专家意见】."""
    return _add(model_admin, request, filing_id, "专家意见", OpinionRecordForm, records.record_opinion)


def _add(model_admin, request, filing_id, what, form_class, service):
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    filing = open_filing(request, filing_id)
    back = page_url(filing.pk, request.GET.get("_changelist_filters", ""))
    form = form_class(*((request.POST, request.FILES) if request.method == "POST" else ()))
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            service(user=request.user, filing_id=filing.pk, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, f"{what}已保存。它只供主管部门查看，企业看不到。")
            return HttpResponseRedirect(f"{back}#records")
    context = {
        "title": f"添加{what}：{filing.enterprise_name}", "what": what, "filing": filing, "form": form, "back": back,
        "list_url": model_admin.list_url(request),
    }  # fmt: skip
    return model_admin.page(request, ADD, context, status)


def download(model_admin, request, filing_id, record_file_id):
    """GET: a photo or paper of a record, logged."""
    filing, found = _file(request, filing_id, record_file_id)
    content = _opened(found)
    log_access(actor=request.user, action="下载审核记录附件", subject=f"{filing} {found.name}", request=request)
    return as_download(content, found.name)


def preview(model_admin, request, filing_id, record_file_id):
    """GET: the page that shows a photo or a PDF, which static/js/preview.js also opens as a dialog."""
    filing, found = _file(request, filing_id, record_file_id)
    address = [filing.pk, found.pk]
    context = {
        "title": f"预览 {found.name}", "file": found, "size": shown_size(found.size), "filing": filing,
        "content_url": reverse("admin:reviews_filing_record_content", args=address),
        "download_url": reverse("admin:reviews_filing_record_file", args=address),
        "back": page_url(filing.pk, anchor="records"), "list_url": model_admin.list_url(request),
    }  # fmt: skip
    return model_admin.page(request, PREVIEW, context)


def content(model_admin, request, filing_id, record_file_id):
    """GET: the photo or PDF itself for the frame of the preview, logged."""
    filing, found = _file(request, filing_id, record_file_id)
    if found.kind == "other":
        raise Http404
    opened = _opened(found)
    log_access(actor=request.user, action="预览审核记录附件", subject=f"{filing} {found.name}", request=request)
    return as_preview(opened, found.name, found.size)


def _file(request, filing_id, record_file_id):
    """Return the filing and the file of one of its records, within the officer's jurisdiction. Raises Http404."""
    if request.method not in ("GET", "HEAD"):
        raise Http404
    filing = open_filing(request, filing_id)
    found = next((file for file in files_of(filing) if file.pk == record_file_id), None)
    if found is None:
        raise Http404("没有这个文件，请返回申报件刷新后再试。")
    return filing, found


def _opened(found):
    return open_stored(found.file, f"文件“{found.name}”在服务器上已找不到，请联系技术支持电话恢复。")


_FILE = "<int:filing_id>/records/<int:record_file_id>/"
VIEWS = [
    ("<int:filing_id>/visits/add/", add_visit, "visit_add"),
    ("<int:filing_id>/opinions/add/", add_opinion, "opinion_add"),
    (_FILE, download, "record_file"),
    (f"{_FILE}preview/", preview, "record_preview"),
    (f"{_FILE}content/", content, "record_content"),
]
