"""Ordering a PDF and keeping account of its making: queued → running → ready or failed (design.md §8).

``running`` is committed before the rendering begins, which happens outside any transaction. A worker that dies in
between leaves a running row; ``requeue_documents`` hands it over again after the time limit, at most MAX_ATTEMPTS
times. The key makes the same paper exist once, however often and by whomever it is ordered.
"""
import datetime
import json

from celery import signature
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.tools.crypto import is_sealed, unseal
from portal.tools.errors import Refused
from portal.tools.queueing import enqueue_on_commit
from reviews.documents.edition import document_key
from reviews.enums import DocumentState, SnapshotCause
from reviews.models import Document, Filing
from reviews.services.snapshots import build_payload, canonical_json, take_snapshot
from reviews.services.transition import lock_filing

#: Beginnings before a document is given up; a crash of the worker costs one.
MAX_ATTEMPTS = 3
#: A row that runs longer has no worker any more: the task's hard limit with a margin.
RUNNING_LIMIT = datetime.timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 30)
#: What happened after the last attempt, for the user; the technical cause is in the log.
GIVEN_UP = "系统多次尝试生成这份文件都没有完成。填报内容没有受影响，请稍后点击【重新生成】；仍不成功请联系技术支持电话。"
UNFINISHED = {DocumentState.QUEUED, DocumentState.RUNNING}

# By name: tasks import services, never the other way round.
RENDER_TASK = "reviews.tasks.render_document"


@transaction.atomic
def request_document(*, filing, user):
    """Return the Document of a filing's content as ``user`` may have it, ordering it when it does not exist yet.

    The owner of a draft or a returned filing gets a preview of the present answers, everybody else the snapshot that
    was submitted or decided last. Ordering twice gives the same row. Raises Refused (404) for a filing that the user
    may not see.
    """
    filing = lock_filing(filing.pk)
    is_owner = Filing.objects.for_owner(user).filter(pk=filing.pk).exists()
    if is_owner and filing.is_editable:
        snapshot = _preview(filing, user)
    elif is_owner or Filing.objects.for_officer(user).filter(pk=filing.pk).exists():
        snapshot = filing.snapshot
    else:
        raise Refused("该申报件不存在，或不在您可以查看的范围内。", code="not_found", status=404)
    document, created = Document.objects.get_or_create(
        key=document_key(snapshot.sha256), defaults={"snapshot": snapshot, "queued_at": timezone.now()}
    )
    if created:
        enqueue_on_commit(signature(RENDER_TASK), document.pk)
    elif is_gone(document):
        _queue_again(document)
    return document


@transaction.atomic
def retry_document(*, document_id):
    """Queue a failed document again, or one whose file is gone; leave any other alone (a second click)."""
    document = Document.objects.select_for_update().get(pk=document_id)
    if document.state == DocumentState.FAILED or is_gone(document):
        _queue_again(document)
    return document


def is_gone(document):
    """Tell whether a finished document has lost its file."""
    return document.state == DocumentState.READY and not document.file.storage.exists(document.file.name)


def claim_document(*, document_id):
    """Take a document for rendering and commit that; return it with its snapshot, or None when there is nothing to do.

    Nothing to do: unknown, finished, failed, or being made by another worker. Of several workers exactly one gets
    the row. A row that was begun MAX_ATTEMPTS times without an end is given up.
    """
    now = timezone.now()
    with transaction.atomic(durable=True):
        document = (
            Document.objects.select_for_update(of=("self",))
            .select_related("snapshot")
            .filter(pk=document_id, state__in=UNFINISHED)
            .first()
        )
        if document is None or (document.state == DocumentState.RUNNING and document.started_at > now - RUNNING_LIMIT):
            return None
        if document.attempts >= MAX_ATTEMPTS:
            document.state, document.error, document.finished_at = DocumentState.FAILED, GIVEN_UP, now
            document.save(update_fields=["state", "error", "finished_at"])
            return None
        document.state, document.started_at = DocumentState.RUNNING, now
        document.attempts += 1
        document.save(update_fields=["state", "started_at", "attempts"])
    return document


@transaction.atomic
def record_ready(*, document, name, size, pages):
    """Store that the claimed document lies in the storage under ``name``; size in bytes."""
    _close_attempt(document, state=DocumentState.READY, file=name, size=size, pages=pages, error="")


@transaction.atomic
def record_failure(*, document, reason):
    """Store why the claimed document could not be made, in a sentence for the user."""
    _close_attempt(document, state=DocumentState.FAILED, error=reason)


def _close_attempt(document, **columns):
    # started_at names the attempt: a worker that was thought dead does not undo what its successor did.
    Document.objects.filter(pk=document.pk, state=DocumentState.RUNNING, started_at=document.started_at).update(
        finished_at=timezone.now(), **columns
    )


def _queue_again(document):
    document.state, document.queued_at = DocumentState.QUEUED, timezone.now()
    document.attempts, document.error = 0, ""
    document.started_at = document.finished_at = None
    document.save(update_fields=["state", "queued_at", "attempts", "error", "started_at", "finished_at"])
    enqueue_on_commit(signature(RENDER_TASK), document.pk)


def _preview(filing, user):
    """Return the preview snapshot of the present answers: the last one when nothing has changed since."""
    moment = timezone.now()
    last = filing.snapshots.filter(cause=SnapshotCause.PREVIEW).order_by("-number").first()
    if last is not None and _content(last.payload) == _content(build_payload(filing, moment)):
        return last
    return take_snapshot(filing=filing, cause=SnapshotCause.PREVIEW, user=user, moment=moment)


def _content(payload):
    """Return a payload for comparison: without its moment, and unsealed, because sealing twice gives two tokens."""
    return _unsealed(json.loads(canonical_json({key: payload[key] for key in payload if key != "made_at"})))


def _unsealed(value):
    if is_sealed(value):
        return unseal(value)
    if isinstance(value, dict):
        return {key: _unsealed(entry) for key, entry in value.items()}
    return [_unsealed(entry) for entry in value] if isinstance(value, list) else value
