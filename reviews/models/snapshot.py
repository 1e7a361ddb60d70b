"""What was submitted or decided, exactly as it was shown: immutable, hashed, self-describing (design.md §4)."""
from django.db import models

from accounts.models import User
from reviews.enums import SnapshotCause


class Snapshot(models.Model):
    """The content of a filing at one moment, with labels, values as shown, units, verdict and evidence hashes.

    Personal values inside ``payload`` are sealed (portal.tools.crypto). The row is refused any update or delete by
    a database trigger.
    """

    filing = models.ForeignKey("reviews.Filing", models.PROTECT, related_name="snapshots", verbose_name="申报件")
    number = models.PositiveIntegerField("序号")
    round = models.PositiveSmallIntegerField("提交次数")
    cause = models.CharField("原因", max_length=10, choices=SnapshotCause)
    payload = models.JSONField("内容")
    sha256 = models.CharField("内容摘要", max_length=64)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="生成账户")
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = verbose_name_plural = "快照"
        ordering = ["filing", "number"]
        constraints = [models.UniqueConstraint(fields=["filing", "number"], name="snapshot_number_once")]

    def __str__(self):
        return f"{self.filing_id}#{self.number}"
