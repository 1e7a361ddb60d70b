"""Private files: evidence (佐证材料) and finished form documents, as downloads after a permission check."""
from pathlib import PurePath

from django.http import FileResponse, Http404
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.services.access_log import log_access
from portal.tools.access import SIGNED_IN, opens_to
from portal.tools.errors import Refused
from reviews.documents.names import download_name
from reviews.enums import DocumentState
from reviews.queries_documents import visible_attachment, visible_document

#: What a file is served as follows from its extension, never from what the uploader's browser claimed.
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".zip": "application/zip",
}
UNKNOWN_TYPE = "application/octet-stream"


@require_GET
@opens_to(SIGNED_IN)
def attachment(request, attachment_id):
    """Send an evidence file to its owner or to an officer whose jurisdiction holds the filing."""
    found = visible_attachment(request.user, attachment_id)
    if found is None:
        raise Http404
    remedy = (
        "请联系技术支持电话恢复。"
        if request.user.is_officer
        else "请在申报表中移除该文件后重新上传；申报已提交的，请联系技术支持电话。"
    )
    content = _open(found.file, f"文件“{found.name}”在服务器上已找不到。{remedy}")
    _log_officer(request, "下载佐证材料", f"{found.filing} {found.name}")
    content_type = CONTENT_TYPES.get(PurePath(found.name).suffix.lower(), UNKNOWN_TYPE)
    return _as_download(content, found.name, content_type)


@require_GET
@opens_to(SIGNED_IN)
def document_file(request, document_id):
    """Send a finished PDF to those who may see its filing."""
    found = visible_document(request.user, document_id)
    if found is None:
        raise Http404
    page = reverse("reviews:document", args=[found.pk])
    if found.state != DocumentState.READY:
        raise Refused("文件还没有生成，请到生成页面查看进度。", link=page, link_label="查看进度")
    content = _open(found.file, "生成的文件在服务器上已找不到，请重新生成。", link=page, link_label="去重新生成")
    name = download_name(found.snapshot)
    _log_officer(request, "下载申报表", f"{found.snapshot.filing} {name}")
    return _as_download(content, name, CONTENT_TYPES[".pdf"])


def _open(file, sentence, **link):
    """Open a stored file. Raises Refused with status 410 and the sentence when it is gone."""
    try:
        return file.open("rb")
    except FileNotFoundError as error:
        raise Refused(sentence, code="file_gone", status=410, **link) from error


def _log_officer(request, action, subject):
    """Write the access log: an officer reads what is not his own."""
    if request.user.is_officer:
        log_access(actor=request.user, action=action, subject=subject, request=request)


def _as_download(content, name, content_type):
    """Answer with a file that no browser opens inside the portal, whatever is in it."""
    response = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    response["Content-Security-Policy"] = "sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
