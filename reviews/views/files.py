"""Private files: evidence (佐证材料) and finished form documents, as downloads after a permission check."""
from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.services.access_log import log_access
from portal.tools.access import SIGNED_IN, opens_to
from portal.tools.downloads import as_download, open_stored
from portal.tools.errors import Refused
from reviews.documents.names import download_name
from reviews.enums import DocumentState, ScanState
from reviews.queries_documents import visible_attachment, visible_document


@require_GET
@opens_to(SIGNED_IN)
def attachment(request, attachment_id):
    """Send an evidence file to its owner or to an officer whose jurisdiction holds the filing."""
    found = readable_attachment(request.user, attachment_id)
    content = open_evidence(found, request.user)
    log_officer(request, "下载佐证材料", f"{found.filing} {found.name}")
    return as_download(content, found.name)


def readable_attachment(user, attachment_id):
    """Return the evidence file that the user may read. Raises Http404, or Refused while the virus check forbids it."""
    found = visible_attachment(user, attachment_id)
    if found is None:
        raise Http404
    if found.scan_state == ScanState.BLOCKED:
        raise Refused(
            f"“{found.name}”被病毒检查拦截（{found.scan_note}），不能下载或预览。"
            + ("请退回申报，由企业杀毒后重新上传。" if user.is_officer else "请在本机杀毒后，移除该文件并重新上传。"),
            code="blocked",
            status=403,
        )
    if found.scan_state == ScanState.PENDING and user.is_officer and settings.CLAMD_ADDRESS:
        raise Refused(
            f"“{found.name}”还没有做完病毒检查，检查通过后才能下载或预览，一般几分钟内完成。请稍后刷新页面。",
            code="scan_pending",
        )
    return found


def open_evidence(found, user):
    """Open an evidence file. Raises Refused with 410 and what to do when it is gone from the disk."""
    remedy = (
        "请联系技术支持电话恢复。"
        if user.is_officer
        else "请在申报表中移除该文件后重新上传；申报已提交的，请联系技术支持电话。"
    )
    return open_stored(found.file, f"文件“{found.name}”在服务器上已找不到。{remedy}")


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
    content = open_stored(found.file, "生成的文件在服务器上已找不到，请重新生成。", link=page, link_label="去重新生成")
    name = download_name(found.snapshot)
    log_officer(request, "下载申报表", f"{found.snapshot.filing} {name}")
    return as_download(content, name)


def log_officer(request, action, subject):
    """Write the access log: an officer reads what is not his own."""
    if request.user.is_officer:
        log_access(actor=request.user, action=action, subject=subject, request=request)
