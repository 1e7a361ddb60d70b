"""证书: the PDF of a recognition, made by Celery."""
from django.db import models
from django.db.models import Q

from applications.models.recognition import Recognition
from reviews.enums import DocumentState


def certificate_path(certificate, name):
    """Return where the PDF lies."""
    return f"certificates/{certificate.key[:2]}/{certificate.key}.pdf"


class Certificate(models.Model):
    """One certificate PDF. ``key``: the hash of its content with the template edition, so one paper is made once."""

    recognition = models.ForeignKey(Recognition, models.PROTECT, related_name="certificates", verbose_name="认定")
    key = models.CharField("幂等键", max_length=64, unique=True)
    state = models.CharField("状态", max_length=10, choices=DocumentState, default=DocumentState.QUEUED)
    file = models.FileField("文件", upload_to=certificate_path, max_length=200, blank=True)
    size = models.PositiveBigIntegerField("大小", null=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    error = models.CharField("失败原因", max_length=300, blank=True)
    queued_at = models.DateTimeField("排队时间")
    started_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "证书"
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["queued_at"], condition=Q(state__in=["queued", "running"]), name="certificate_unfinished"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DocumentState.values), name="certificate_state_known"),
            models.CheckConstraint(condition=~Q(state="ready") | ~Q(file=""), name="certificate_ready_has_file"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="certificate_failed_says_why"),
        ]

    def __str__(self):
        return self.key
