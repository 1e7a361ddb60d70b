"""What the tasks that make PDFs share: one attempt with its end, the sweep, and what the user is told of an error."""
import datetime
import errno
import logging

from celery.exceptions import SoftTimeLimitExceeded
from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.utils import timezone

from portal.tools.queueing import enqueue
from reviews.documents.store import store_pdf
from reviews.queries_documents import unfinished_ids
from reviews.services.papers import RUNNING_LIMIT

log = logging.getLogger(__name__)

#: A new row is handed to the broker at once; the sweep looks at it only when that has not worked.
HAND_OVER = datetime.timedelta(seconds=30)
#: Seconds for which the sweep leaves alone what it has handed over, so that a backlog does not double itself.
SWEEP_PAUSE = 300
SWEEP_SIZE = 200

#: For the user; the technical cause goes to the log.
DISK_FULL = "服务器存储空间不足，文件没有保存。平台上的内容没有受影响，请稍后点击【重新生成】；仍不成功请联系技术支持电话。"
TOO_LONG = "生成这份文件用时过长，已停止。请稍后点击【重新生成】；仍不成功请联系技术支持电话。"
UNREADABLE = "文件中的联系方式等加密内容无法读取，需要系统管理员处理。请联系技术支持电话，处理后点击【重新生成】。"
CHANGED = "这份文件的存档内容与其校验值不符，不能生成。请联系技术支持电话核查。"
OTHER = "生成文件时出现错误，技术人员可以在日志中看到原因。请稍后点击【重新生成】；仍不成功请联系技术支持电话。"
_FULL = {errno.ENOSPC, errno.EDQUOT}


class ChangedContent(Exception):
    """The content does not fit its hash: no paper is made of it."""


def make_paper(paper, *, render, ready, failed):
    """Make one claimed paper: ``render()`` gives the Pdf, ``ready(name, pdf)`` or ``failed(sentence)`` closes it."""
    try:
        pdf = render()
        name = store_pdf(paper, pdf.content)
    except Exception as error:
        log.exception("%s %s could not be made (attempt %s)", type(paper).__name__, paper.pk, paper.attempts)
        failed(sentence_of(error))
    else:
        ready(name, pdf)


def requeue_papers(model, task, what):
    """Hand over what was ordered while the broker was away, and what a dead worker has left behind."""
    now = timezone.now()
    waiting, stuck = unfinished_ids(
        model, queued_before=now - HAND_OVER, started_before=now - RUNNING_LIMIT, limit=SWEEP_SIZE
    )
    hand_over(task, what, (*stuck, *waiting))


def hand_over(task, what, ids):
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


def sentence_of(error):
    """Return what the user is told of an error."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return DISK_FULL
    if isinstance(error, SoftTimeLimitExceeded):
        return TOO_LONG
    if isinstance(error, InvalidToken):
        return UNREADABLE
    return CHANGED if isinstance(error, ChangedContent) else OTHER
