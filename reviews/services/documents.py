"""Ordering the PDF of a filing (design.md §8); reviews.services.papers keeps account of its making.

The key makes the same paper exist once, however often and by whomever it is ordered.
"""
import json

from celery import signature
from django.db import transaction
from django.utils import timezone

from portal.tools.crypto import is_sealed, unseal
from portal.tools.errors import Refused
from portal.tools.queueing import enqueue_on_commit
from reviews.documents.edition import document_key
from reviews.enums import DocumentState, SnapshotCause
from reviews.models import Document, Filing
from reviews.services import papers
from reviews.services.snapshots import build_payload, canonical_json, take_snapshot
from reviews.services.transition import lock_filing

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
    elif papers.is_gone(document):
        papers.queue_again(document, signature(RENDER_TASK))
    return document


@transaction.atomic
def retry_document(*, document_id):
    """Queue a failed document again, or one whose file is gone; leave any other alone (a second click)."""
    return papers.retry(Document, document_id, signature(RENDER_TASK))


def claim_document(*, document_id):
    """Take a document for rendering and commit that; return it with its snapshot, or None (papers.claim)."""
    return papers.claim(Document, document_id, "snapshot")


@transaction.atomic
def record_ready(*, document, name, size, pages):
    """Store that the claimed document lies in the storage under ``name``; size in bytes."""
    papers.close_attempt(document, state=DocumentState.READY, file=name, size=size, pages=pages, error="")


@transaction.atomic
def record_failure(*, document, reason):
    """Store why the claimed document could not be made, in a sentence for the user."""
    papers.close_attempt(document, state=DocumentState.FAILED, error=reason)


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
