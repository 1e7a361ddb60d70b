"""Celery tasks of the reviews app. They take ids and may run any number of times."""
import datetime
import errno
import logging
import threading

from celery import current_app, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from celery.signals import worker_process_init
from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.utils import timezone

from portal.tools.queueing import enqueue
from reviews.documents.store import store_pdf
from reviews.queries_documents import unfinished_ids
from reviews.services import documents
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
    # The marks lie in the cache, beside the broker: a Redis that lost its queue has lost the marks too.
    marks = {f"document-handed-over-{document_id}": document_id for document_id in (*stuck, *waiting)}
    known = cache.get_many(marks)
    for mark, document_id in marks.items():
        if mark in known:
            continue
        if not enqueue(render_document, document_id):
            break  # the broker is away: the next sweep tries again
        cache.set(mark, True, SWEEP_PAUSE)


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
