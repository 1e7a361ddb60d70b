"""Celery tasks of the reviews app. They take ids and may run any number of times."""
import datetime
import logging
import threading

from celery import current_app, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import worker_process_init
from django.conf import settings
from django.utils import timezone

from portal.tools import clamav
from reviews.enums import ScanState
from reviews.job_tasks.bulk import carry_out_bulk as carry_out_bulk
from reviews.job_tasks.exports import expire_exports as expire_exports
from reviews.job_tasks.papers import (
    HAND_OVER,
    SWEEP_PAUSE,
    SWEEP_SIZE,
    ChangedContent,
    hand_over,
    make_paper,
    requeue_papers,
)
from reviews.job_tasks.publicity import render_publicity_list as render_publicity_list
from reviews.job_tasks.verification import verify_histories as verify_histories
from reviews.models import Attachment, Document
from reviews.queries.evidence import scans_to_repeat
from reviews.services import documents, scans, uploads
from reviews.services.snapshots import is_intact

log = logging.getLogger(__name__)


@shared_task
def render_document(document_id):
    """Make one PDF; a document that is unknown, finished or being made is left alone."""
    document = documents.claim_document(document_id=document_id)
    if document is None:
        return
    make_paper(
        document,
        render=lambda: _render(document.snapshot),
        ready=lambda name, pdf: documents.record_ready(
            document=document, name=name, size=len(pdf.content), pages=pdf.pages
        ),
        failed=lambda sentence: documents.record_failure(document=document, reason=sentence),
    )


@shared_task
def requeue_documents():
    """Hand over what was ordered while the broker was away, and what a dead worker has left behind."""
    requeue_papers(Document, render_document, "document")


@shared_task
def scan_attachment(attachment_id):
    """Have one evidence file checked for viruses; one that is unknown or has its result is left alone."""
    attachment = Attachment.objects.filter(pk=attachment_id, scan_state=ScanState.PENDING).first()
    if attachment is None or not settings.CLAMD_ADDRESS:
        return
    try:
        with attachment.file.open("rb") as file:
            virus = clamav.scan(file, address=settings.CLAMD_ADDRESS, timeout=settings.CLAMD_TIMEOUT)
    except (clamav.ScannerAway, clamav.ScanRefused, OSError, SoftTimeLimitExceeded) as error:
        log.warning("Evidence file %s could not be checked for viruses: %s", attachment_id, error)
        scans.record_scan_failure(attachment_id=attachment_id, reason=_why_not_scanned(error))
    else:
        scans.record_scan(attachment_id=attachment_id, virus=virus)


@shared_task
def requeue_scans():
    """Hand over the files whose check got lost or could not be made."""
    if settings.CLAMD_ADDRESS:
        now = timezone.now()
        pause = datetime.timedelta(seconds=SWEEP_PAUSE)
        waiting = scans_to_repeat(uploaded_before=now - HAND_OVER, tried_before=now - pause, limit=SWEEP_SIZE)
        hand_over(scan_attachment, "scan", waiting)


@shared_task
def expire_uploads():
    """Remove uploads that stood still for a week, with their bytes."""
    uploads.expire_uploads()


def _why_not_scanned(error):
    """Return what is shown beside 待查."""
    if isinstance(error, clamav.ScanRefused):
        return "病毒检查服务不接收这个文件（可能超过其大小上限），需要系统管理员处理"
    if isinstance(error, FileNotFoundError):
        return "文件在服务器上已找不到，需要系统管理员处理"
    return "病毒检查服务暂时没有回应，系统会自动重试"


@worker_process_init.connect
def warm_up(**_kwargs):
    """Load WeasyPrint and render a small document in a process that will make PDFs (design.md §11).

    In a thread, because Celery kills a process that is not up within four seconds; a real document waits for it.
    """
    if "pdf" in current_app.amqp.queues.consume_from:
        threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()


def _warm_up():
    try:
        from reviews.documents import render

        render.warm_up()
    except Exception:
        log.exception("The warm-up failed; documents are made all the same")


def _render(snapshot):
    """Return the Pdf of a snapshot. WeasyPrint is loaded here, because web processes load this module too."""
    from reviews.documents import render

    if not is_intact(snapshot):
        raise ChangedContent(snapshot.pk)
    return render.render_snapshot(snapshot)
