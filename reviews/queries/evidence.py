"""Reads about evidence: the same file with another enterprise, and how the virus check of a file stands."""
import datetime
from collections import defaultdict

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q

from portal.tools.file_types import can_preview
from portal.tools.uploads import extension_of
from reviews.enums import ScanState
from reviews.models import Attachment, Filing

#: An upload that stood still for so long is given up (the file itself is still with the enterprise).
UPLOAD_KEPT = datetime.timedelta(days=7)
#: Lines that the desk is shown at most; more are a template that everybody uses.
SHARED_SHOWN = 200
#: The file is among those of the present snapshot of its filing.
_SUBMITTED = Q(uploaded_at__lte=F("filing__snapshot__made_at")) & (
    Q(removed_at__isnull=True) | Q(removed_at__gt=F("filing__snapshot__made_at"))
)


def with_sharing(attachments):
    """Add ``is_shared``: another enterprise has the same content among its evidence. Whose is never told."""
    same = Attachment.objects.filter(sha256=OuterRef("sha256"), removed_at__isnull=True).exclude(
        filing__enterprise_id=OuterRef("filing__enterprise_id")
    )
    return attachments.annotate(is_shared=Exists(same))


def shared_evidence(filing, user, hashes):
    """Return {sha256: [Filing]} of filings of other enterprises that were submitted with a file of this content.

    ``hashes`` are those of the filing's own files; only filings in the officer's jurisdiction. One query.
    """
    rows = (
        Attachment.objects.filter(_SUBMITTED, sha256__in=set(hashes), filing__in=Filing.objects.for_officer(user))
        .exclude(filing__enterprise_id=filing.enterprise_id)
        .order_by("filing__number")
        .values_list("sha256", "filing_id", "filing__number", "filing__enterprise_name", named=True)
        .distinct()[:SHARED_SHOWN]
    )
    found = defaultdict(list)
    for row in rows:
        found[row.sha256].append(
            {"id": row.filing_id, "number": row.filing__number, "enterprise": row.filing__enterprise_name}
        )
    return dict(found)


def enterprises_with(filing, hashes):
    """Return {sha256: {enterprise id}} of other enterprises that submitted a file of this content, wherever they are.

    For counting only: who they are is told by shared_evidence. One query, SHARED_SHOWN rows at most.
    """
    rows = Attachment.objects.filter(_SUBMITTED, sha256__in=hashes).exclude(filing__enterprise_id=filing.enterprise_id)
    found = defaultdict(set)
    for sha256, enterprise in rows.order_by().values_list("sha256", "filing__enterprise_id").distinct()[:SHARED_SHOWN]:
        found[sha256].add(enterprise)
    return dict(found)


def file_facts(filing, user, files):
    """Return {id of the file: facts} for the files of a payload.

    The facts: ``scan``, ``scan_label``, ``scan_note`` (virus check), ``readable`` (by an officer, now), ``preview``
    (there is one), ``shared`` (shared_evidence). Two queries, whatever the number of files.
    """
    shared = shared_evidence(filing, user, [file["sha256"] for file in files])
    rows = {row.pk: row for row in filing.attachments.only("filing", "scan_state", "scan_note")}
    facts = {}
    for file in files:
        row = rows.get(file["id"])
        state = ScanState(row.scan_state) if row else ScanState.OFF
        facts[file["id"]] = {
            "scan": state.value,
            "scan_label": state.label,
            "scan_note": row.scan_note if row else "",
            "readable": state != ScanState.BLOCKED and not (state == ScanState.PENDING and settings.CLAMD_ADDRESS),
            "preview": can_preview(extension_of(file["name"])),
            "shared": shared.get(file["sha256"], []),
        }
    return facts


def scans_to_repeat(*, uploaded_before, tried_before, limit):
    """Return ids of files that are 待查: never tried since a moment, or tried last before another; those first."""
    waiting = Q(scanned_at__isnull=True, uploaded_at__lt=uploaded_before) | Q(scanned_at__lt=tried_before)
    rows = Attachment.objects.filter(waiting, scan_state=ScanState.PENDING)
    return list(rows.order_by(F("scanned_at").asc(nulls_first=True), "id").values_list("pk", flat=True)[:limit])


def files_beside(attachment, user):
    """Return [{"id", "name"}] of the files that a reader of this one can turn over to, in the order of the form.

    An officer turns over what the present snapshot names, the owner what is attached now.
    """
    filing = attachment.filing
    if user.is_officer and filing.snapshot_id:
        return filing.snapshot.payload["attachments"]
    return list(filing.attachments.filter(removed_at__isnull=True).order_by("id").values("id", "name"))


def unfinished_uploads(filing):
    """Return {slot: [{"name", "fingerprint", "percent", "kept_until"}]} of uploads that stopped on their way."""
    found = defaultdict(list)
    for upload in filing.uploads.filter(received__gt=0).order_by("started_at"):
        found[upload.slot].append(
            {
                "name": upload.name,
                "fingerprint": upload.fingerprint,
                "percent": upload.received * 100 // upload.size,
                "kept_until": upload.last_at + UPLOAD_KEPT,
            }
        )
    return dict(found)
