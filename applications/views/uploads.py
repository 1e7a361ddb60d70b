"""Uploads in parts: begin (or find what is there), send a part, and with the last part the evidence is complete."""
from django.http import JsonResponse
from django.views.decorators.http import require_POST

from applications.services.uploads import OutOfPlace, finish_upload, receive_part, start_upload
from applications.views.evidence import stored_answer
from applications.views.fill import own_filing_or_404
from portal.tools.access import ENTERPRISE, opens_to
from portal.tools.errors import Refused
from reviews.models import Attachment


@require_POST
@opens_to(ENTERPRISE)
def upload_start(request, filing_id):
    """Answer where to go on with a file: ``slot``, ``name``, ``size``, ``sha256``; ``again`` while it is under way."""
    filing = own_filing_or_404(request, filing_id)
    found = start_upload(
        filing_id=filing.pk, user=request.user, slot=request.POST.get("slot", ""), name=request.POST.get("name", ""),
        size=_number(request.POST.get("size", "")), sha256=request.POST.get("sha256", ""),
        again=bool(request.POST.get("again")),
    )
    if isinstance(found, Attachment):
        return stored_answer(filing, found)
    return JsonResponse({"upload": str(found.pk), "received": found.received})


@require_POST
@opens_to(ENTERPRISE)
def upload_part(request, filing_id, upload_id):
    """Take the body as the part at ``?offset=``. The last one (also an empty one behind it) completes the evidence."""
    filing = own_filing_or_404(request, filing_id)
    whose = {"filing_id": filing.pk, "user": request.user, "upload_id": upload_id}
    try:
        upload = receive_part(**whose, offset=_number(request.GET.get("offset", "")), data=request.body)
    except OutOfPlace as refusal:
        return JsonResponse(
            {"code": refusal.code, "message": refusal.message, "received": refusal.received}, status=refusal.status
        )
    if upload.received < upload.size:
        return JsonResponse({"received": upload.received})
    return stored_answer(filing, finish_upload(**whose))


def _number(text):
    if not (text.isascii() and text.isdigit() and len(text) < 15):
        raise Refused("上传请求不完整，请刷新页面后重新选择文件。", code="bad_request", status=422)
    return int(text)
