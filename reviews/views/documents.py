"""Asking for the PDF of a filing, watching it being made, and the public check of a paper."""
import re

from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.tools.access import PUBLIC, SIGNED_IN, opens_to, wants_json
from reviews.documents.names import download_name
from reviews.enums import SnapshotCause
from reviews.kinds import get_kind
from reviews.queries_documents import issued_document, visible_document, visible_filing
from reviews.services import documents
from reviews.views.paper_progress import progress_of

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
    progress = progress_of(found)
    if wants_json(request):
        return JsonResponse(progress)
    back, back_label = _way_back(request.user, found.snapshot.filing)
    context = {
        "document": found,
        "progress": progress,
        "file_name": download_name(found.snapshot),
        "facts": [("企业名称", found.snapshot.payload["enterprise"]["name"])],
        "note": _note(found.snapshot),
        "file_url": reverse("reviews:document_file", args=[found.pk]),
        "retry_url": reverse("reviews:document_retry", args=[found.pk]),
        "back": back,
        "back_label": back_label,
    }
    return render(request, "reviews/document.html", context)


def _note(snapshot):
    if snapshot.cause != SnapshotCause.PREVIEW:
        return ""
    made_at = timezone.localtime(snapshot.made_at).strftime("%Y年%m月%d日 %H:%M")
    return f"这是尚未提交的草稿，每页印有“草稿（未提交）”，仅供核对；内容为 {made_at} 时已保存的填报内容。"


def _way_back(user, filing):
    """Return address and name of where the user came from."""
    if not user.is_legal_person:
        return reverse("admin:reviews_filing_change", args=[filing.pk]), "返回申报件"
    if filing.is_editable:
        return get_kind(filing.kind).edit_url(filing), "返回填报"
    return get_kind(filing.kind).page_url(filing), "返回详情"


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
