"""Ordering the certificate (证书) of a title; reviews.services.papers keeps account of its making."""
from celery import signature
from django.db import transaction
from django.utils import timezone

from applications.certificates import certificate_key, title_of
from applications.models import Certificate
from applications.queries_certificates import TITLE_PARTS, titles_for
from portal.tools.errors import Refused
from portal.tools.queueing import enqueue_on_commit
from reviews.enums import DocumentState
from reviews.services import papers

# By name: tasks import services, never the other way round.
RENDER_TASK = "applications.job_tasks.certificates.render_certificate"


@transaction.atomic
def request_certificate(*, user, recognition_id):
    """【下载证书】: return the Certificate of a title, ordering it when it does not exist yet.

    Ordering twice, by whomever, gives the same row. Raises Refused (404) for a title that the user may not see.
    """
    recognition = titles_for(user).filter(pk=recognition_id).first()
    if recognition is None:
        raise Refused("该认定不存在，或不在您可以查看的范围内。", code="not_found", status=404)
    certificate, created = Certificate.objects.get_or_create(
        key=certificate_key(title_of(recognition)),
        defaults={"recognition": recognition, "queued_at": timezone.now()},
    )
    if created:
        enqueue_on_commit(signature(RENDER_TASK), certificate.pk)
    elif papers.is_gone(certificate):
        papers.queue_again(certificate, signature(RENDER_TASK))
    return certificate


@transaction.atomic
def retry_certificate(*, certificate_id):
    """【重新生成】: queue a failed certificate again, or one whose file is gone; leave any other alone."""
    return papers.retry(Certificate, certificate_id, signature(RENDER_TASK))


def claim_certificate(*, certificate_id):
    """Take a certificate for rendering and commit that; return it with its title's rows, or None (papers.claim)."""
    return papers.claim(Certificate, certificate_id, *(f"recognition__{part}" for part in TITLE_PARTS))


@transaction.atomic
def record_certificate(*, certificate, name, size):
    """Store that the claimed certificate lies in the storage under ``name``; size in bytes."""
    papers.close_attempt(certificate, state=DocumentState.READY, file=name, size=size, error="")


@transaction.atomic
def record_certificate_failure(*, certificate, reason):
    """Store why the claimed certificate could not be made, in a sentence for the user."""
    papers.close_attempt(certificate, state=DocumentState.FAILED, error=reason)
