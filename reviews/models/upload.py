"""An upload under way: what has arrived of a file, so that a broken one goes on where it stopped (manual Q8)."""
import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import User


class Upload(models.Model):
    """The part of a file that has arrived. It becomes an Attachment when it is whole, or is removed when it expires.

    ``fingerprint`` names the file to the browser that sends it, so that it finds its own unfinished upload again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filing = models.ForeignKey("reviews.Filing", models.PROTECT, related_name="uploads", verbose_name="申报件")
    slot = models.CharField("材料项", max_length=60)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("大小")
    received = models.PositiveBigIntegerField("已收到", default=0)
    fingerprint = models.CharField("文件标识", max_length=64)
    path = models.CharField("暂存位置", max_length=200)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传账户")
    started_at = models.DateTimeField("开始时间", auto_now_add=True)
    last_at = models.DateTimeField("最近一次收到", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "未完成的上传"
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["last_at"], name="upload_by_last")]
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="upload_not_longer_than_said"),
            models.CheckConstraint(condition=Q(size__gt=0), name="upload_not_empty"),
            models.UniqueConstraint(fields=["filing", "slot", "fingerprint"], name="upload_once_per_slot"),
        ]

    def __str__(self):
        return f"{self.name} {self.received}/{self.size}"
