"""Virus checks (病毒检查) of evidence: off unless CLAMD_ADDRESS is set. 待查 → 通过 or 拦截, in a task after the upload."""
from celery import signature
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.services.notices import notify
from portal.tools.queueing import enqueue_on_commit
from reviews.enums import ScanState
from reviews.kinds import get_kind
from reviews.models import Attachment

# By name: tasks import services, never the other way round.
SCAN_TASK = "reviews.tasks.scan_attachment"


def first_state():
    """Return the state of a file that has just come."""
    return ScanState.PENDING if settings.CLAMD_ADDRESS else ScanState.OFF


def queue_scan(*, attachment):
    """Have a file that is 待查 checked after the commit; a sweep repeats what gets lost."""
    if attachment.scan_state == ScanState.PENDING:
        enqueue_on_commit(signature(SCAN_TASK), attachment.pk)


@transaction.atomic
def record_scan(*, attachment_id, virus):
    """Write the result of a check: ``virus`` is the name of what was found, "" for nothing. The first result stays.

    The enterprise is told of a blocked file. Returns the Attachment.
    """
    attachment = Attachment.objects.select_for_update().get(pk=attachment_id)
    if attachment.scan_state != ScanState.PENDING:
        return attachment
    attachment.scan_state = ScanState.BLOCKED if virus else ScanState.PASSED
    attachment.scan_note = virus[:200]
    attachment.scanned_at = timezone.now()
    attachment.save(update_fields=["scan_state", "scan_note", "scanned_at"])
    if virus and attachment.removed_at is None:
        _tell(attachment)
    return attachment


def record_scan_failure(*, attachment_id, reason):
    """Note why a check could not be made; the file stays 待查 and is tried again."""
    Attachment.objects.filter(pk=attachment_id, scan_state=ScanState.PENDING).update(
        scan_note=reason[:200], scanned_at=timezone.now()
    )


def _tell(attachment):
    filing = attachment.filing
    kind = get_kind(filing.kind)
    remedy = (
        "请先在本机杀毒，再到申报表中移除该文件并重新上传；该文件不计入已上传的材料。"
        if filing.is_editable
        else f"申报已提交，请联系{filing.desk.name if filing.desk_id else '主管部门'}退回后更换。"
    )
    notify(
        recipient=filing.enterprise.account,
        key=f"scan-{attachment.pk}",
        title="佐证材料未通过病毒检查",
        body=f"您在《{kind.document_title}》中上传的“{attachment.name}”被病毒检查拦截（{attachment.scan_note}）。{remedy}",
        link=kind.edit_url(filing) if filing.is_editable else kind.page_url(filing),
    )
