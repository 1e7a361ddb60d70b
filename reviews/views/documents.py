"""Asking for the PDF of a filing, watching it being made, and the public check of a paper."""
import datetime
import re

from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.tools.access import PUBLIC, SIGNED_IN, opens_to, wants_json
from reviews.documents.names import download_name
from reviews.enums import DocumentState, SnapshotCause
from reviews.kinds import get_kind
from reviews.queries_documents import documents_before, issued_document, visible_document, visible_filing
from reviews.services import documents

#: A document takes about a second; after this the page says that there is a delay.
DELAYED_AFTER = datetime.timedelta(seconds=60)
DIGEST = re.compile(r"[0-9a-f]{64}")


@require_POST
@opens_to(SIGNED_IN)
def document_request(request, filing_id):
    """Order the PDF of a filing (【下载】) and go to the page that shows how far it is."""
    filing = visible_filing(request.user, filing_id)
    if filing is None:
        raise Http404
    document = documents.request_document(filing=filing, user=request.user)
    return redirect("reviews:document", document_id=document.pk)


@require_GET
@never_cache
@opens_to(SIGNED_IN)
def document(request, document_id):
    """Show where a PDF is; the page's script asks for the same as JSON."""
    found = _visible_or_404(request, document_id)
    progress = _progress(found)
    if wants_json(request):
        return JsonResponse(progress)
    filing = found.snapshot.filing
    context = {
        "document": found,
        "progress": progress,
        "name": download_name(found.snapshot),
        "is_draft": found.snapshot.cause == SnapshotCause.PREVIEW,
        "filing": filing,
        "edit_url": get_kind(filing.kind).edit_url(filing) if filing.is_editable else "",
    }
    return render(request, "reviews/document.html", context)


@require_POST
@opens_to(SIGNED_IN)
def document_retry(request, document_id):
    """Make a failed document once more (【重新生成】)."""
    found = _visible_or_404(request, document_id)
    documents.retry_document(document_id=found.pk)
    return redirect("reviews:document", document_id=found.pk)


@require_GET
@opens_to(PUBLIC)
def check_document(request, sha256):
    """Tell anybody who holds a paper whether the portal has issued it; nothing personal is shown."""
    found = issued_document(sha256) if DIGEST.fullmatch(sha256) else None
    context = {"sha256": sha256}
    if found is not None:
        snapshot = found.snapshot
        is_draft = snapshot.cause == SnapshotCause.PREVIEW
        context |= {
            "payload": snapshot.payload,
            "made_at": snapshot.made_at,
            "is_draft": is_draft,
            "is_latest": snapshot.filing.snapshot_id == snapshot.pk,
        }
    return render(request, "reviews/document_check.html", context, status=200 if found else 404)


def _visible_or_404(request, document_id):
    found = visible_document(request.user, document_id)
    if found is None:
        raise Http404
    return found


def _progress(found):
    """Return state, heading and sentence for the page and its script."""
    state = "gone" if documents.is_gone(found) else found.state
    label, message = _WORDS[state](found)
    return {"state": state, "label": label, "message": message, "done": state not in documents.UNFINISHED}


def _queued(found):
    if _is_late(found.queued_at):
        return DocumentState.QUEUED.label, _DELAYED
    before = documents_before(found)
    place = f"前面还有 {before} 份文件，" if before else "马上就轮到这份文件，"
    return DocumentState.QUEUED.label, f"{place}每份约需几秒。{_MAY_LEAVE}"


def _running(found):
    if _is_late(found.started_at):
        return DocumentState.RUNNING.label, _DELAYED
    return DocumentState.RUNNING.label, f"正在排版，通常只需几秒。{_MAY_LEAVE}"


def _ready(found):
    return DocumentState.READY.label, "文件已经生成，请点击下载。"


def _failed(found):
    return DocumentState.FAILED.label, found.error


def _gone(found):
    return "文件已失效", "这份文件曾经生成过，但在服务器上已找不到。填报内容没有受影响，请点击【重新生成】。"


_MAY_LEAVE = "可以离开此页，稍后在本页下载。"
_DELAYED = (
    "生成时间比平时长，可能是当前排队人数较多或后台服务正在恢复。系统会自动完成，您不需要重复操作。"
    "可以离开此页，稍后在本页下载。"
)
_WORDS = {
    DocumentState.QUEUED: _queued,
    DocumentState.RUNNING: _running,
    DocumentState.READY: _ready,
    DocumentState.FAILED: _failed,
    "gone": _gone,
}


def _is_late(since):
    return timezone.now() - since > DELAYED_AFTER
