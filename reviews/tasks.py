"""Celery tasks of the reviews app. They take ids and may run any number of times."""
import datetime
import errno
import logging
import threading

from celery import current_app, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import worker_process_init
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from portal.tools import clamav
from portal.tools.queueing import enqueue
from reviews.documents.store import store_pdf
from reviews.enums import ScanState
from reviews.models import Attachment
from reviews.queries.evidence import scans_to_repeat
from reviews.queries_documents import unfinished_ids
from reviews.services import documents, scans, uploads
from reviews.services.snapshots import is_intact

log = logging.getLogger(__name__)

#: A new row is handed to the broker at once; the sweep looks at it only when that has not worked.
HAND_OVER = datetime.timedelta(seconds=30)
#: Seconds for which the sweep leaves alone what it has handed over, so that a backlog does not double itself.
SWEEP_PAUSE = 300
SWEEP_SIZE = 200

#: For the user; the technical cause goes to the log.
DISK_FULL = "服务器存储空间不足，文件没有保存。填报内容没有受影响，请稍后点击【重新生成】；仍不成功请联系技术支持电话。"
TOO_LONG = "生成这份文件用时过长，已停止。请稍后点击【重新生成】；仍不成功请联系技术支持电话。"
UNREADABLE = "文件中的联系方式等加密内容无法读取，需要系统管理员处理。请联系技术支持电话，处理后点击【重新生成】。"
CHANGED = "这份申报的存档内容与其校验值不符，不能生成文件。请联系技术支持电话核查。"
OTHER = "生成文件时出现错误，技术人员可以在日志中看到原因。请稍后点击【重新生成】；仍不成功请联系技术支持电话。"
_FULL = {errno.ENOSPC, errno.EDQUOT}


class ChangedSnapshot(Exception):
    """The content of a snapshot does not fit its hash: no paper is made of it."""


@shared_task
def render_document(document_id):
    """Make one PDF; a document that is unknown, finished or being made is left alone."""
    document = documents.claim_document(document_id=document_id)
    if document is None:
        return
    try:
        pdf = _render(document.snapshot)
        name = store_pdf(document, pdf.content)
    except Exception as error:
        log.exception("Document %s could not be made (attempt %s)", document_id, document.attempts)
        documents.record_failure(document=document, reason=_sentence(error))
    else:
        documents.record_ready(document=document, name=name, size=len(pdf.content), pages=pdf.pages)


@shared_task
def requeue_documents():
    """Hand over what was ordered while the broker was away, and what a dead worker has left behind."""
    now = timezone.now()
    waiting, stuck = unfinished_ids(
        queued_before=now - HAND_OVER, started_before=now - documents.RUNNING_LIMIT, limit=SWEEP_SIZE
    )
    _hand_over(render_document, "document", (*stuck, *waiting))


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
        _hand_over(scan_attachment, "scan", waiting)


@shared_task
def expire_uploads():
    """Remove uploads that stood still for a week, with their bytes."""
    uploads.expire_uploads()


def _hand_over(task, what, ids):
    """Queue a task for each id, but for those that were handed over a short while ago."""
    # The marks lie in the cache, beside the broker: a Redis that lost its queue has lost the marks too.
    marks = {f"{what}-handed-over-{key}": key for key in ids}
    known = cache.get_many(marks)
    for mark, key in marks.items():
        if mark in known:
            continue
        if not enqueue(task, key):
            break  # the broker is away: the next sweep tries again
        cache.set(mark, True, SWEEP_PAUSE)


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
        raise ChangedSnapshot(snapshot.pk)
    return render.render_snapshot(snapshot)


def _sentence(error):
    """Return what the user is told of an error."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return DISK_FULL
    if isinstance(error, SoftTimeLimitExceeded):
        return TOO_LONG
    if isinstance(error, InvalidToken):
        return UNREADABLE
    return CHANGED if isinstance(error, ChangedSnapshot) else OTHER
