"""导出: a list or a selection of documents, made by Celery from stored filters (design.md §8)."""
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from reviews.enums import ExportKind, ExportState


def export_path(export, name):
    """Return where the file of an export lies."""
    return f"exports/{export.pk}/{name}"


class ExportLayout(models.Model):
    """A choice of columns in an order, under a name of the officer's own."""

    officer = models.ForeignKey(User, models.CASCADE, related_name="export_layouts", verbose_name="账户")
    name = models.CharField("名称", max_length=40)
    columns = models.JSONField("列")
    created_at = models.DateTimeField("保存时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "导出格式"
        ordering = ["officer", "name"]
        constraints = [models.UniqueConstraint(fields=["officer", "name"], name="export_layout_name_once")]

    def __str__(self):
        return self.name


class Export(models.Model):
    """One export. ``query`` is the work list's query string, ``selection`` filing ids when rows were ticked.

    The worker reads the rows anew under the officer's jurisdiction at that time. ``key`` makes a double click one job.
    """

    officer = models.ForeignKey(User, models.PROTECT, related_name="exports", verbose_name="账户")
    kind = models.CharField("内容", max_length=12, choices=ExportKind)
    key = models.CharField("幂等键", max_length=64, unique=True)
    query = models.CharField("条件", max_length=1000, blank=True)
    selection = models.JSONField("所选申报件", default=list, blank=True)
    columns = models.JSONField("列", default=list, blank=True)
    state = models.CharField("状态", max_length=10, choices=ExportState, default=ExportState.QUEUED)
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总数", null=True)
    file = models.FileField("文件", upload_to=export_path, max_length=200, blank=True)
    size = models.PositiveBigIntegerField("大小", null=True)
    error = models.CharField("失败原因", max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    queued_at = models.DateTimeField("排队时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True)
    beat_at = models.DateTimeField("最近进展", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)
    expires_at = models.DateTimeField("失效时间", null=True)
    cancel_asked_at = models.DateTimeField("请求取消时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "导出任务"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["officer", "-id"], name="export_by_officer"),
            models.Index(fields=["queued_at"], condition=Q(state__in=["queued", "running"]), name="export_unfinished"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state_known"),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(file="") & Q(finished_at__isnull=False, expires_at__isnull=False)),
                name="export_ready_has_file_and_expires",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="export_failed_says_why"),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(done__lte=F("total")), name="export_done_within_total"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"
