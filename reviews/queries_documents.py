"""Reads of documents and evidence files: who may see which, how long the queue is."""
from django.db.models import Q

from reviews.documents.edition import TEMPLATE_EDITIONS, document_key
from reviews.enums import DocumentState, SnapshotCause
from reviews.models import Attachment, Document, Filing

#: The queue is counted no further than this.
QUEUE_SHOWN = 1000
UNFINISHED = [DocumentState.QUEUED, DocumentState.RUNNING]


def visible_filing(user, filing_id):
    """Return the filing if it is the user's own or in the officer's jurisdiction, else None."""
    for filings in (Filing.objects.for_owner(user), Filing.objects.for_officer(user)):
        filing = filings.filter(pk=filing_id).first()
        if filing is not None:
            return filing
    return None


def visible_document(user, document_id):
    """Return the document with snapshot and filing if the user may see it, else None.

    The owner sees every paper of the own filings; an officer what was submitted, never the preview of a draft.
    """
    documents = Document.objects.filter(pk=document_id).select_related("snapshot__filing__enterprise")
    own = documents.filter(snapshot__filing__in=Filing.objects.for_owner(user))
    official = documents.filter(snapshot__filing__in=Filing.objects.for_officer(user)).exclude(
        snapshot__cause=SnapshotCause.PREVIEW
    )
    return own.first() or official.first()


def visible_attachment(user, attachment_id):
    """Return the evidence file with its filing if the user may read it, else None.

    An officer reads what was submitted: the files that a snapshot of a submission names. The owner reads these and
    what is attached at present. A file that was removed before any submission is nobody's any more.
    """
    attachment = Attachment.objects.filter(pk=attachment_id).select_related("filing__enterprise").first()
    if attachment is None:
        return None
    if Filing.objects.for_owner(user).filter(pk=attachment.filing_id).exists():
        return attachment if attachment.removed_at is None or _was_submitted(attachment) else None
    if Filing.objects.for_officer(user).filter(pk=attachment.filing_id).exists():
        return attachment if _was_submitted(attachment) else None
    return None


def _was_submitted(attachment):
    """Tell whether a submission named the file; decisions only repeat what a submission said."""
    lists = (
        attachment.filing.snapshots.filter(cause=SnapshotCause.SUBMIT)
        .order_by("-number")
        .values_list("payload__attachments", flat=True)
    )
    return any(entry["id"] == attachment.pk for entries in lists for entry in entries)


def papers_before(paper):
    """Return how many unfinished papers of its model were queued before this one, at most QUEUE_SHOWN."""
    before = type(paper).objects.filter(state__in=UNFINISHED, queued_at__lte=paper.queued_at).filter(
        Q(queued_at__lt=paper.queued_at) | Q(pk__lt=paper.pk)
    )
    return before[:QUEUE_SHOWN].count()


def unfinished_ids(model, *, queued_before, started_before, limit):
    """Return (ids queued before a moment and not begun, ids begun before a moment and not ended), oldest first."""
    waiting = model.objects.filter(state=DocumentState.QUEUED, queued_at__lt=queued_before)
    stuck = model.objects.filter(state=DocumentState.RUNNING, started_at__lt=started_before)
    return tuple(
        list(papers.order_by("queued_at").values_list("pk", flat=True)[:limit]) for papers in (waiting, stuck)
    )


def issued_document(sha256):
    """Return the finished document of the snapshot with this hash, with snapshot and filing, or None."""
    keys = [document_key(sha256, edition) for edition in TEMPLATE_EDITIONS]
    return (
        Document.objects.filter(key__in=keys, state=DocumentState.READY).select_related("snapshot__filing").first()
    )
