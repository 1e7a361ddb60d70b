"""佐证材料: private files of a filing, served through a permission check only."""
import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from reviews.enums import ScanState


def storage_path(attachment, name):
    """Return where the file lies: nothing of the user's own name reaches the disk."""
    return f"evidence/{attachment.filing_id}/{uuid.uuid4().hex}"


class Attachment(models.Model):
    """One evidence file in one slot (``section.field``). Taken away = ``removed_at``: snapshots may name it."""

    filing = models.ForeignKey("reviews.Filing", models.PROTECT, related_name="attachments", verbose_name="申报件")
    slot = models.CharField("材料项", max_length=60)
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("大小")
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.FileField("文件", upload_to=storage_path, max_length=200)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传账户")
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    removed_at = models.DateTimeField("移除时间", null=True)
    scan_state = models.CharField("病毒检查", max_length=8, choices=ScanState, default=ScanState.OFF)
    scan_note = models.CharField("检查结果说明", max_length=200, blank=True)
    scanned_at = models.DateTimeField("检查时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "佐证材料"
        ordering = ["filing", "slot", "id"]
        indexes = [
            models.Index(fields=["sha256"], name="attachment_by_hash"),
            models.Index(fields=["id"], condition=Q(scan_state="pending"), name="attachment_to_scan"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "slot", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="attachment_same_file_once_per_slot",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_not_empty"),
            models.CheckConstraint(condition=Q(scan_state__in=ScanState.values), name="attachment_scan_state_known"),
        ]

    def __str__(self):
        return self.name
