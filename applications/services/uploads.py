"""Evidence that arrives in parts and goes on where it was broken off (docs/adr/0012).

A file is known by its SHA-256, which the browser computes first: choosing the same file again, under whatever name, in
whatever tab, finds what has arrived of it. At the end the content must have that SHA-256.
"""
import re
import uuid

from django.conf import settings
from django.core.files import File
from django.db import transaction

from applications.services.evidence import check_editable, check_slot, disk_full, editable_filing, store_evidence
from portal.tools.errors import Refused
from portal.tools.partial_files import FULL, has_room, length_of, sha256_of, write_part
from portal.tools.uploads import check_announced, check_upload, clean_name
from reviews.models import Attachment, Filing, Upload
from reviews.services.uploads import FOLDER, discard_upload, partial_path

#: Unfinished uploads that a filing keeps; beyond them the oldest is given up.
MAX_UNFINISHED = 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


class OutOfPlace(Refused):
    """The part does not begin where the last one ended. ``received`` is where to go on."""

    code = "out_of_place"

    def __init__(self, received):
        super().__init__("上传位置与服务器不一致，正在从服务器已收到的位置继续。")
        self.received = received


@transaction.atomic
def start_upload(*, filing_id, user, slot, name, size, sha256, again=False):
    """Return the Upload to send parts to: a new one, or what is there of the same file in this slot.

    With ``again`` (the page was in the middle of it) a file that has arrived meanwhile is no double: its Attachment is
    returned. Raises Refused as attach_evidence does, before a byte is sent; NotPermitted, WrongState.
    """
    name = clean_name(name)
    if not _SHA256.fullmatch(sha256):
        raise Refused(f"“{name}”没有上传：浏览器没有给出文件校验值，请刷新页面后重试。", code="no_hash", status=422)
    check_announced(
        name=name, size=size, allowed=settings.EVIDENCE_EXTENSIONS, max_bytes=settings.EVIDENCE_MAX_BYTES
    )
    filing = editable_filing(filing_id, user)
    there = filing.attachments.filter(slot=slot, sha256=sha256, removed_at__isnull=True).first()
    if there and again:
        return there
    check_slot(filing, slot, name, sha256)
    upload = Upload.objects.select_for_update().filter(filing=filing, slot=slot, fingerprint=sha256).first()
    if upload and (upload.size != size or length_of(partial_path(upload)) < upload.received):
        discard_upload(upload=upload)
        upload = None
    if not has_room(settings.MEDIA_ROOT, size - (upload.received if upload else 0), settings.EVIDENCE_DISK_RESERVE):
        raise disk_full(name)
    if upload is None:
        return _new_upload(filing, user, slot, name, size, sha256)
    if upload.name != name:
        upload.name = name
        upload.save(update_fields=["name", "last_at"])
    return upload


def _new_upload(filing, user, slot, name, size, sha256):
    for old in filing.uploads.order_by("-last_at")[MAX_UNFINISHED - 1 :]:
        discard_upload(upload=old)
    key = uuid.uuid4()
    return Upload.objects.create(
        id=key, filing=filing, slot=slot, name=name, size=size, fingerprint=sha256, path=f"{FOLDER}/{key.hex}",
        started_by=user,
    )


@transaction.atomic
def receive_part(*, filing_id, user, upload_id, offset, data):
    """Append a part and return the Upload; only then is it counted. Raises OutOfPlace, Refused (404, 422, 507)."""
    upload = _own_upload(filing_id, user, upload_id, lock=True)
    if offset != upload.received:
        raise OutOfPlace(upload.received)
    if offset + len(data) > upload.size:
        raise Refused(f"“{upload.name}”收到的内容比文件本身长，没有上传。请重新选择文件。", code="too_long", status=422)
    try:
        write_part(partial_path(upload), offset, data)
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise disk_full(upload.name) from error
    upload.received += len(data)
    upload.save(update_fields=["received", "last_at"])
    return upload


def finish_upload(*, filing_id, user, upload_id):
    """Check an Upload that is whole and turn it into an Attachment, which is returned; finishing twice gives it twice.

    A file that is refused for its content is forgotten. Raises Refused as attach_evidence does, OutOfPlace.
    """
    upload = _own_upload(filing_id, user, upload_id)
    if upload.received != upload.size:
        raise OutOfPlace(upload.received)
    with partial_path(upload).open("rb") as opened:
        content = File(opened, name=upload.name)
        try:
            _check(upload, content)
        except Refused:
            discard_upload(upload=upload)
            raise
        return _turn_into_evidence(upload, user, content)


def _check(upload, content):
    if content.size != upload.size or sha256_of(content) != upload.fingerprint:
        raise Refused(
            f"“{upload.name}”收到的内容与您选择的文件不一致（可能在上传途中被修改），没有上传。请重新选择该文件上传。",
            code="changed",
        )
    check_upload(
        content, name=upload.name, allowed=settings.EVIDENCE_EXTENSIONS, max_bytes=settings.EVIDENCE_MAX_BYTES
    )


@transaction.atomic
def _turn_into_evidence(upload, user, content):
    filing = editable_filing(upload.filing_id, user)
    same = {"filing": filing, "slot": upload.slot, "sha256": upload.fingerprint, "removed_at": None}
    present = Attachment.objects.filter(**same).first()
    if present is None:
        check_slot(filing, upload.slot, upload.name, upload.fingerprint)
        present = store_evidence(
            filing=filing, user=user, slot=upload.slot, name=upload.name, content=content, digest=upload.fingerprint
        )
    mine = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if mine:
        discard_upload(upload=mine)
    return present


def _own_upload(filing_id, user, upload_id, *, lock=False):
    uploads = Upload.objects.select_for_update(of=("self",)) if lock else Upload.objects
    uploads = uploads.select_related("filing__desk")
    own = Filing.objects.for_owner(user).filter(pk=filing_id)
    upload = uploads.filter(pk=upload_id, filing__in=own).first()
    if upload is None:
        raise Refused("这个文件的上传已结束或已过期，请重新选择文件。", code="upload_gone", status=404)
    check_editable(upload.filing)
    return upload
