"""What stands on a publicity list: 【补充企业】, leaving several out, and the list as Excel and PDF."""
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from accounts.services.access_log import log_access
from portal.tools.errors import Refused
from reviews.admin.publicity_page import FOLDER, list_page, may_publish, open_list
from reviews.enums import PublicityState
from reviews.forms.publicity import WaitingForm
from reviews.kinds import get_kind
from reviews.queries.publicity import waiting_choices, waiting_filings
from reviews.services import publicity as services
from reviews.views.list_papers import pdf_page, pdf_response, sheet_response

PER_PAGE = 100


def add(model_admin, request, list_id):
    """【补充企业】: GET what waits, by window and area; POST put what is ticked on the list in preparation."""
    publicity = _open_own(request, list_id)
    ticked = _ticked(request)
    status, refusal = 200, ""
    if request.method == "POST":
        try:
            added = services.add_entries(user=request.user, publicity_id=publicity.pk, filing_ids=ticked)
        except Refused as error:
            status, refusal = error.status, error.message
        else:
            messages.success(request, f"已列入 {added} 家企业。" if added else "所选企业已在名单上。")
            return HttpResponseRedirect(list_page(publicity.pk))
    elif publicity.state != PublicityState.DRAFT:
        messages.info(request, "公示已经开始，不能再补充企业。")
        return HttpResponseRedirect(list_page(publicity.pk))
    form = WaitingForm(request.GET, waiting=waiting_choices(publicity.authority, [publicity.kind]))
    form.is_valid()
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    rows = waiting_filings(authority=publicity.authority, kind_code=publicity.kind, **chosen)
    rows = rows.select_related("enterprise", "registered_region").defer("answers")
    context = {
        "title": "补充企业", "publicity": publicity, "kind": get_kind(publicity.kind), "form": form, "ticked": ticked,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "refusal": refusal,
        "filters": f"{urlencode(chosen)}&" if chosen else "", "back": list_page(publicity.pk),
    }  # fmt: skip
    return model_admin.page(request, f"{FOLDER}/add_entries.html", context, status)


def remove_ticked(model_admin, request, list_id):
    """POST: 【从名单删除所选】 of a list in preparation."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    publicity = _open_own(request, list_id)
    removed = services.remove_entries(user=request.user, publicity_id=publicity.pk, entry_ids=_ticked(request))
    messages.success(request, f"已从名单删除 {removed} 家企业。" if removed else "所选企业已不在名单上。")
    return HttpResponseRedirect(list_page(publicity.pk))


def sheet(model_admin, request, list_id):
    """GET: the list as an Excel file, with those taken out and why."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    publicity = open_list(request, list_id)
    _log(request, publicity, "Excel")
    return sheet_response(publicity, public=False)


def pdf(model_admin, request, list_id):
    """GET: how far the PDF of the list is. POST: have it made."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    publicity = open_list(request, list_id)
    answer = pdf_page(request, publicity, public=False)
    if not isinstance(answer, dict):
        return answer
    file_url = reverse("admin:reviews_publicitylist_pdf_file", args=[publicity.pk])
    context = {"title": "下载 PDF", "back": list_page(publicity.pk), "file_url": file_url}
    return model_admin.page(request, f"{FOLDER}/pdf.html", answer | context)


def pdf_file(model_admin, request, list_id):
    """GET: the finished PDF of the list."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    publicity = open_list(request, list_id)
    response = pdf_response(publicity, public=False)
    _log(request, publicity, "PDF")
    return response


def _open_own(request, list_id):
    publicity = open_list(request, list_id)
    if not may_publish(request.user, publicity):
        raise Http404
    return publicity


def _ticked(request):
    texts = request.POST.getlist("ticked")
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 18]


def _log(request, publicity, what):
    log_access(actor=request.user, action="下载公示名单", subject=f"{publicity.title}（{what}）", request=request)
