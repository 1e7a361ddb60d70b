"""满足复核条件 by an Excel list: what was uploaded, and the result of each row."""
from django.db import models
from django.db.models import Q

from accounts.models import Authority, User
from applications.enums import Tier
from reviews.enums import JobState


class EligibilityList(models.Model):
    """One uploaded list. ``rows`` are [row number, 企业名称, 统一社会信用代码] as read; ``results`` one entry per row.

    ``key`` makes a double click one job; the worker goes on where it was after a crash.
    """

    officer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="账户")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name="主管部门")
    tier = models.CharField("梯度", max_length=20, choices=Tier)
    note = models.CharField("说明", max_length=200, blank=True)
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    key = models.CharField("幂等键", max_length=64, unique=True)
    rows = models.JSONField("名单")
    results = models.JSONField("逐行结果", default=list, blank=True)
    state = models.CharField("状态", max_length=10, choices=JobState, default=JobState.QUEUED)
    asked_at = models.DateTimeField("上传时间", auto_now_add=True)
    beat_at = models.DateTimeField("最近进展", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "满足复核条件名单"
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(state__in=["queued", "running"]), name="eligibility_unfinished"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="eligibility_list_tier_known"),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="eligibility_list_state_known"),
            models.CheckConstraint(
                condition=Q(state="done", finished_at__isnull=False) | (~Q(state="done") & Q(finished_at__isnull=True)),
                name="eligibility_list_done_iff_finished",
            ),
        ]

    def __str__(self):
        return self.name
