"""批量办理: one decision on many filings, carried out row by row with a result per row."""
from django.db import models
from django.db.models import Q

from accounts.models import Authority, User
from reviews.enums import Action, JobState


class BulkDecision(models.Model):
    """One bulk decision. ``selection`` is [[filing id, version seen], ...]; ``results`` grows by one entry per row.

    ``key`` makes a double click one job. The worker calls the same service as a single decision, each row in a
    transaction of its own, and writes its result in that transaction, so that a job that died goes on where it was.
    """

    officer = models.ForeignKey(User, models.PROTECT, related_name="bulk_decisions", verbose_name="账户")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name="主管部门")
    action = models.CharField("操作", max_length=12, choices=Action)
    comment = models.TextField("意见", max_length=2000, blank=True)
    note = models.TextField("内部备注", max_length=2000, blank=True)
    key = models.CharField("幂等键", max_length=64, unique=True)
    selection = models.JSONField("所选申报件")
    results = models.JSONField("逐件结果", default=list, blank=True)
    state = models.CharField("状态", max_length=10, choices=JobState, default=JobState.QUEUED)
    asked_at = models.DateTimeField("提交时间", auto_now_add=True)
    beat_at = models.DateTimeField("最近进展", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "批量办理"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["officer", "-id"], name="bulk_by_officer"),
            models.Index(fields=["asked_at"], condition=Q(state__in=["queued", "running"]), name="bulk_unfinished"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(action__in=["approve", "return"]), name="bulk_approve_or_return"),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="bulk_state_known"),
            models.CheckConstraint(
                condition=Q(state="done", finished_at__isnull=False) | (~Q(state="done") & Q(finished_at__isnull=True)),
                name="bulk_done_iff_finished",
            ),
        ]

    def __str__(self):
        return f"{self.get_action_display()} {self.pk}"
