"""Uploading and removing evidence one by one; the whole page without script goes through views/fill.py."""
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from applications.forms.document import STATE_LABELS
from applications.queries import returned_sections
from applications.services.evidence import attach_evidence, remove_evidence, restore_evidence
from applications.views.file_rows import file_row
from applications.views.fill import own_filing_or_404
from portal.tools.access import ENTERPRISE, opens_to, wants_json
from portal.tools.errors import Refused
from portal.tools.text import is_id
from reviews.kinds import get_kind
from reviews.models import Attachment
from reviews.queries.evidence import with_sharing


@require_POST
@opens_to(ENTERPRISE)
def attach(request, filing_id):
    """Store one file (``file``) in ``slot``."""
    filing = own_filing_or_404(request, filing_id)
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused("没有收到文件。请重新选择文件后再上传；网络不稳定时可更换网络重试。", code="no_file", status=422)
    attachment = attach_evidence(
        filing_id=filing.pk, user=request.user, slot=request.POST.get("slot", ""), upload=upload
    )
    return _answer(request, filing, attachment)


@require_POST
@opens_to(ENTERPRISE)
def detach(request, filing_id):
    """Take a file away, or with ``undo`` put it back."""
    filing = own_filing_or_404(request, filing_id)
    text = request.POST.get("attachment", "")
    service = restore_evidence if request.POST.get("undo") else remove_evidence
    attachment = service(
        filing_id=filing.pk, user=request.user, attachment_id=int(text) if is_id(text) else 0
    )
    return _answer(request, filing, attachment)


def _answer(request, filing, attachment):
    if not wants_json(request):
        return redirect("applications:fill", filing.pk)
    return stored_answer(filing, attachment)


def stored_answer(filing, attachment):
    """Return the JSON that tells the page of a file that was stored, taken away or put back."""
    attachment = with_sharing(Attachment.objects.filter(pk=attachment.pk)).get()
    row = file_row(attachment)
    states = get_kind(filing.kind).fill(filing).states(returned_sections(filing))
    return JsonResponse(
        {
            "file": row,
            "html": render_to_string("applications/file_line.html", {"file": row}),
            "states": {key: {"code": state, "label": STATE_LABELS[state]} for key, state in states.items()},
        }
    )
