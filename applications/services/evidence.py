"""佐证材料: putting files to a draft and taking them away.

Evidence does not count as a write of the answers: the filing's version stays, so an upload never makes the form's
next save stale. The row lock on the filing keeps uploads and the submit apart; the snapshot lists what was there.
"""
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.tools.errors import NotPermitted, Refused, WrongState
from portal.tools.file_types import content_type
from portal.tools.partial_files import FULL, sha256_of
from portal.tools.uploads import check_upload, clean_name, extension_of
from reviews.kinds import get_kind
from reviews.models import Attachment, Filing
from reviews.services.scans import first_state, queue_scan
from reviews.services.transition import lock_filing

#: Files in one slot; more are packed into a zip (manual Q7).
MAX_FILES = 30


def attach_evidence(*, filing_id, user, slot, upload):
    """Store an uploaded file in ``slot`` and return the Attachment.

    Raises Refused with the file's name, what is wrong and what to do: 404 unknown slot, 409 same file twice or too
    many, 413 too big, 415 wrong type, 422 empty or broken, 507 disk full; NotPermitted, WrongState.
    """
    name = clean_name(upload.name)
    check_upload(upload, name=name, allowed=settings.EVIDENCE_EXTENSIONS, max_bytes=settings.EVIDENCE_MAX_BYTES)
    digest = sha256_of(upload)
    with transaction.atomic():
        filing = editable_filing(filing_id, user)
        check_slot(filing, slot, name, digest)
        return store_evidence(filing=filing, user=user, slot=slot, name=name, content=upload, digest=digest)


@transaction.atomic
def store_evidence(*, filing, user, slot, name, content, digest):
    """Store a file that has been checked in a filing that is locked. Raises Refused with 507 when the disk is full."""
    attachment = Attachment(
        filing=filing,
        slot=slot,
        name=name,
        content_type=content_type(extension_of(name)),
        size=content.size,
        sha256=digest,
        uploaded_by=user,
        scan_state=first_state(),
    )
    try:
        attachment.file.save(name, content, save=False)
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise disk_full(name) from error
    try:
        attachment.save()
    except BaseException:
        attachment.file.delete(save=False)
        raise
    queue_scan(attachment=attachment)
    return attachment


@transaction.atomic
def remove_evidence(*, filing_id, user, attachment_id):
    """Take a file away; it stays on disk because snapshots may name it. Taking it away twice changes nothing."""
    filing = editable_filing(filing_id, user)
    attachment = _of_filing(filing, attachment_id)
    if attachment.removed_at is None:
        attachment.removed_at = timezone.now()
        attachment.save(update_fields=["removed_at"])
    return attachment


@transaction.atomic
def restore_evidence(*, filing_id, user, attachment_id):
    """【撤销】: put a file back that was just taken away. Raises Refused when the same content is there again."""
    filing = editable_filing(filing_id, user)
    attachment = _of_filing(filing, attachment_id)
    if attachment.removed_at is not None:
        check_slot(filing, attachment.slot, attachment.name, attachment.sha256)
        attachment.removed_at = None
        attachment.save(update_fields=["removed_at"])
    return attachment


def check_slot(filing, slot, name, digest):
    """Raise Refused when the slot is unknown (404), has this content already or is full (409)."""
    if not get_kind(filing.kind).form_edition(filing).has_slot(slot):
        raise Refused(f"“{name}”没有上传：本表没有这个材料栏目，请刷新页面后重试。", code="no_slot", status=404)
    present = list(filing.attachments.filter(slot=slot, removed_at__isnull=True).only("filing", "name", "sha256"))
    same = next((row for row in present if row.sha256 == digest), None)
    if same:
        raise Refused(
            f"“{name}”与本栏目已上传的“{same.name}”内容完全相同，没有重复上传。如要替换，请先移除原来的文件。",
            code="same_file",
        )
    if len(present) >= MAX_FILES:
        raise Refused(
            f"本栏目已有 {len(present)} 个文件，达到上限 {MAX_FILES} 个，“{name}”没有上传。请把多个文件打包成 zip 后上传。",
            code="too_many",
        )


def disk_full(name):
    """Return the refusal of a file that the disk has no room for."""
    return Refused(
        f"平台的存储空间不足，“{name}”没有上传。您已填写的内容和已上传的材料不受影响，"
        "请稍后重试；多次失败请拨打技术支持电话。",
        code="disk_full",
        status=507,
    )


def editable_filing(filing_id, user):
    """Return the user's own filing, locked, when its evidence may change. Raises NotPermitted, WrongState."""
    filing = lock_filing(filing_id)
    if not Filing.objects.for_owner(user).filter(pk=filing.pk).exists():
        raise NotPermitted("这件申报不属于您的企业，不能修改佐证材料。")
    check_editable(filing)
    return filing


def check_editable(filing):
    """Raise WrongState unless the evidence of a filing may change now."""
    if not filing.is_editable:
        raise WrongState(
            f"这件申报的状态是“{filing.get_state_display()}”，不能修改佐证材料。如需修改，请联系"
            f"{filing.desk.name if filing.desk_id else '主管部门'}退回。"
        )


def _of_filing(filing, attachment_id):
    attachment = filing.attachments.filter(pk=attachment_id).first()
    if attachment is None:
        raise Refused("找不到这个文件，可能已被移除，请刷新页面。", code="not_found", status=404)
    return attachment
