"""Internal records at a filing: 实地抽查 and 专家意见. Officers read them, the enterprise never does."""
import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Authority, User
from reviews.enums import VisitResult


class SiteVisit(models.Model):
    """实地抽查: one visit of an authority to the enterprise. Written once; a mistake is corrected by a further one."""

    filing = models.ForeignKey("reviews.Filing", models.PROTECT, related_name="site_visits", verbose_name="申报件")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name="主管部门")
    visited_on = models.DateField("抽查日期")
    people = models.CharField("抽查人员", max_length=200)
    result = models.CharField("结果", max_length=12, choices=VisitResult)
    text = models.TextField("情况说明", max_length=2000)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="记录人")
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "实地抽查记录"
        ordering = ["filing", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(result__in=VisitResult.values), name="site_visit_result_known"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(people=""), name="site_visit_says_who_and_what"),
        ]

    def __str__(self):
        return f"{self.filing_id} {self.visited_on}"


class ExpertOpinion(models.Model):
    """专家意见: one expert's opinion, recorded by an officer."""

    filing = models.ForeignKey("reviews.Filing", models.PROTECT, related_name="expert_opinions", verbose_name="申报件")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name="主管部门")
    expert = models.CharField("专家", max_length=40)
    organisation = models.CharField("单位", max_length=120, blank=True)
    given_on = models.DateField("评审日期")
    score = models.DecimalField("评分", max_digits=5, decimal_places=2, null=True, blank=True)
    text = models.TextField("意见", max_length=2000)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="记录人")
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "专家意见"
        ordering = ["filing", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(expert=""), name="expert_opinion_says_who_and_what"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100), name="expert_opinion_score_in_range"
            ),
        ]

    def __str__(self):
        return f"{self.filing_id} {self.expert}"


def record_path(file, name):
    """Return where a record's file lies: nothing of the user's own name reaches the disk."""
    return f"records/{uuid.uuid4().hex}"


class RecordFile(models.Model):
    """A photo or paper of a site visit, an expert opinion or an objection: exactly one of them."""

    visit = models.ForeignKey(SiteVisit, models.PROTECT, null=True, related_name="files", verbose_name="实地抽查记录")
    opinion = models.ForeignKey(ExpertOpinion, models.PROTECT, null=True, related_name="files", verbose_name="专家意见")
    objection = models.ForeignKey(
        "reviews.Objection", models.PROTECT, null=True, related_name="files", verbose_name="异议"
    )
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("大小")
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.FileField("文件", upload_to=record_path, max_length=200)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传账户")
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "记录附件"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visit__isnull=False, opinion__isnull=True, objection__isnull=True)
                | Q(visit__isnull=True, opinion__isnull=False, objection__isnull=True)
                | Q(visit__isnull=True, opinion__isnull=True, objection__isnull=False),
                name="record_file_of_exactly_one",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="record_file_not_empty"),
        ]

    def __str__(self):
        return self.name
