"""Keeping account of a PDF in the making: queued → running → ready or failed (design.md §8).

Shared by every model with the columns of reviews.Document (state, file, attempts, error, the three moments): the form
document of a filing and the certificate of a title. ``running`` is committed before the rendering begins, which
happens outside any transaction. A worker that dies in between leaves a running row; the sweep hands it over again
after the time limit, at most MAX_ATTEMPTS times.
"""
import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.tools.queueing import enqueue_on_commit
from reviews.enums import DocumentState

#: Beginnings before a paper is given up; a crash of the worker costs one.
MAX_ATTEMPTS = 3
#: A row that runs longer has no worker any more: the task's hard limit with a margin.
RUNNING_LIMIT = datetime.timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 30)
#: What happened after the last attempt, for the user; the technical cause is in the log.
GIVEN_UP = "系统多次尝试生成这份文件都没有完成。平台上的内容没有受影响，请稍后点击【重新生成】；仍不成功请联系技术支持电话。"
UNFINISHED = {DocumentState.QUEUED, DocumentState.RUNNING}


def is_gone(paper):
    """Tell whether a finished paper has lost its file."""
    return paper.state == DocumentState.READY and not paper.file.storage.exists(paper.file.name)


def claim(model, pk, *related):
    """Take a paper for rendering and commit that; return it with ``related`` rows, or None when there is nothing to do.

    Nothing to do: unknown, finished, failed, or being made by another worker. Of several workers exactly one gets
    the row. A row that was begun MAX_ATTEMPTS times without an end is given up.
    """
    now = timezone.now()
    with transaction.atomic(durable=True):
        rows = model.objects.select_for_update(of=("self",)).select_related(*related)
        paper = rows.filter(pk=pk, state__in=UNFINISHED).first()
        if paper is None or (paper.state == DocumentState.RUNNING and paper.started_at > now - RUNNING_LIMIT):
            return None
        if paper.attempts >= MAX_ATTEMPTS:
            paper.state, paper.error, paper.finished_at = DocumentState.FAILED, GIVEN_UP, now
            paper.save(update_fields=["state", "error", "finished_at"])
            return None
        paper.state, paper.started_at = DocumentState.RUNNING, now
        paper.attempts += 1
        paper.save(update_fields=["state", "started_at", "attempts"])
    return paper


def close_attempt(paper, **columns):
    """Store how the claimed attempt ended; a worker that was thought dead does not undo what its successor did."""
    # started_at names the attempt.
    type(paper).objects.filter(pk=paper.pk, state=DocumentState.RUNNING, started_at=paper.started_at).update(
        finished_at=timezone.now(), **columns
    )


def queue_again(paper, task):
    """Queue a locked paper that has failed, or whose file is gone, as if it were new."""
    paper.state, paper.queued_at = DocumentState.QUEUED, timezone.now()
    paper.attempts, paper.error = 0, ""
    paper.started_at = paper.finished_at = None
    paper.save(update_fields=["state", "queued_at", "attempts", "error", "started_at", "finished_at"])
    enqueue_on_commit(task, paper.pk)


def retry(model, pk, task):
    """Queue a failed paper again, or one whose file is gone; leave any other alone (a second click). Returns it."""
    paper = model.objects.select_for_update().get(pk=pk)
    if paper.state == DocumentState.FAILED or is_gone(paper):
        queue_again(paper, task)
    return paper
