"""A PDF made from a snapshot by Celery."""
from django.db import models
from django.db.models import Q

from reviews.enums import DocumentState


def storage_path(document, name):
    """Return where the PDF lies."""
    return f"documents/{document.key[:2]}/{document.key}.pdf"


class Document(models.Model):
    """One PDF. ``key`` is the snapshot hash with the template edition, so the same paper is made once."""

    snapshot = models.ForeignKey("reviews.Snapshot", models.PROTECT, related_name="documents", verbose_name="快照")
    key = models.CharField("幂等键", max_length=100, unique=True)
    state = models.CharField("状态", max_length=10, choices=DocumentState, default=DocumentState.QUEUED)
    file = models.FileField("文件", upload_to=storage_path, max_length=200, blank=True)
    size = models.PositiveBigIntegerField("大小", null=True)
    pages = models.PositiveSmallIntegerField("页数", null=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    error = models.CharField("失败原因", max_length=300, blank=True)
    queued_at = models.DateTimeField("排队时间")
    started_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "文档"
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["queued_at"], condition=Q(state__in=["queued", "running"]), name="document_unfinished"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="ready") & ~Q(file="") & Q(pages__gte=1)) | ~Q(state="ready"),
                name="document_ready_has_file",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="document_failed_says_why"),
        ]

    def __str__(self):
        return self.key
