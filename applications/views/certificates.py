"""证书: ordering it, watching it being made, the download, and the public check of its number."""
import re

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from applications.certificates import title_of
from applications.queries_certificates import certificates_for, public_title
from applications.services import certificates
from portal.tools.access import PUBLIC, SIGNED_IN, opens_to, wants_json
from portal.tools.downloads import as_download, open_stored
from portal.tools.errors import Refused
from reviews.documents.names import file_name
from reviews.enums import DocumentState
from reviews.views.files import log_officer
from reviews.views.paper_progress import progress_of

NUMBER = re.compile(r"[A-Z]{2,6}[0-9]{8,20}")
_GONE = "证书文件在服务器上已找不到，请重新生成。"


@require_POST
@opens_to(SIGNED_IN)
def certificate_request(request, recognition_id):
    """【下载证书】: order the certificate and go to the page that shows how far it is."""
    certificate = certificates.request_certificate(user=request.user, recognition_id=recognition_id)
    return redirect("applications:certificate", certificate.pk)


@require_safe
@never_cache
@opens_to(SIGNED_IN)
def certificate(request, certificate_id):
    """Show where a certificate is; the page's script asks for the same as JSON."""
    found = get_object_or_404(certificates_for(request.user), pk=certificate_id)
    progress = progress_of(found)
    if wants_json(request):
        return JsonResponse(progress)
    title = title_of(found.recognition)
    is_officer = request.user.is_officer
    context = {
        "paper": found,
        "progress": progress,
        "file_name": _name(title),
        "facts": [("企业名称", title.enterprise), ("认定编号", title.number)],
        "file_url": reverse("applications:certificate_file", args=[found.pk]),
        "retry_url": reverse("applications:certificate_retry", args=[found.pk]),
        "back": reverse("admin:applications_recognition_change", args=[found.recognition_id]) if is_officer else "",
        "back_label": "返回认定",
        "check_url": reverse("applications:certificate_check", args=[title.number]),
    }
    return render(request, "applications/certificate.html", context)


@require_POST
@opens_to(SIGNED_IN)
def certificate_retry(request, certificate_id):
    """【重新生成】: make a failed certificate once more."""
    found = get_object_or_404(certificates_for(request.user), pk=certificate_id)
    certificates.retry_certificate(certificate_id=found.pk)
    return redirect("applications:certificate", found.pk)


@require_safe
@opens_to(SIGNED_IN)
def certificate_file(request, certificate_id):
    """Send a finished certificate to the owner of the title or to an officer who may see it."""
    found = get_object_or_404(certificates_for(request.user), pk=certificate_id)
    page = reverse("applications:certificate", args=[found.pk])
    if found.state != DocumentState.READY:
        raise Refused("证书还没有生成，请到生成页面查看进度。", link=page, link_label="查看进度")
    content = open_stored(found.file, _GONE, link=page, link_label="去重新生成")
    name = _name(title_of(found.recognition))
    log_officer(request, "下载证书", f"{found.recognition} {name}")
    return as_download(content, name)


@require_safe
@opens_to(PUBLIC)
def certificate_check(request, number):
    """Tell anybody who holds a certificate whether its number stands, and until when.

    Nothing but what the announcement has made public, so nothing is masked and the questions are not counted: who
    asks for every number learns what the announced lists say.
    """
    number = number.strip().upper()
    title = public_title(number) if NUMBER.fullmatch(number) else None
    context = {"number": number, "title": title, "standing": title.standing(timezone.localdate()) if title else ""}
    return render(request, "applications/certificate_check.html", context, status=200 if title else 404)


def _name(title):
    return file_name(f"{title.tier_title}证书", title.enterprise, title.number)
