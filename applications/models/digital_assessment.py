"""数字化水平评测: one self-test of an enterprise, in two stages (domain.md §4.1)."""
from django.db import models
from django.db.models import Q

from accounts.models import Enterprise
from applications.enums import AssessmentStage


class DigitalAssessment(models.Model):
    """One run of the test. Stage one is closed for good when it ends; a run is valid when both stages are complete.

    ``score`` are the points of stage one (0 to 100), ``level`` is 0 (无等级) to 4.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="digital_assessments", verbose_name="企业")
    edition = models.CharField("评测版本", max_length=40)
    stage = models.CharField("阶段", max_length=12, choices=AssessmentStage, default=AssessmentStage.ONE)
    version = models.PositiveIntegerField("版本", default=1)
    questions = models.JSONField("第一阶段作答", default=dict)
    scenes = models.JSONField("第二阶段作答", default=dict)
    score = models.DecimalField("得分", max_digits=6, decimal_places=3, null=True)
    level = models.PositiveSmallIntegerField("等级", null=True)
    started_at = models.DateTimeField("开始时间", auto_now_add=True)
    stage_one_ended_at = models.DateTimeField("第一阶段完成时间", null=True)
    completed_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "数字化水平评测"
        ordering = ["-id"]
        indexes = [models.Index(fields=["enterprise", "-completed_at"], name="digital_assessment_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=AssessmentStage.values), name="digital_assessment_stage_known"
            ),
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(stage__in=["one", "two"]), name="digital_assessment_one_under_way"
            ),
            models.CheckConstraint(
                condition=Q(stage="complete", score__isnull=False, level__isnull=False, completed_at__isnull=False)
                | (~Q(stage="complete") & Q(level__isnull=True, completed_at__isnull=True)),
                name="digital_assessment_result_iff_complete",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["one", "abandoned"])
                | Q(stage_one_ended_at__isnull=False, score__isnull=False),
                name="digital_assessment_stage_one_scored",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__lte=4), name="digital_assessment_level_in_range"
            ),
        ]

    def __str__(self):
        return f"{self.enterprise_id} {self.edition} {self.get_stage_display()}"
