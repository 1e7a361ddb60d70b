"""专精特新发展评价: the year's score of an enterprise, its cap, and the data it is computed with (domain.md §3)."""
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from accounts.models import Enterprise, User
from reviews.models import Filing, Snapshot


class EvaluationWeights(models.Model):
    """One edition of weights. The shipped default is a data file; the ministry may lay an edition over it.

    ``points`` is {indicator code: full points}. Rows are added, never changed: evaluations name the code.
    """

    code = models.SlugField("版本", max_length=40, unique=True)
    title = models.CharField("名称", max_length=120)
    is_official = models.BooleanField("官方权重", default=False)
    valid_from = models.DateField("启用日期", unique=True)
    points = models.JSONField("各指标分值")
    source = models.CharField("来源", max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="设置账户")
    made_at = models.DateTimeField("设置时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "发展评价权重"
        ordering = ["-valid_from"]

    def __str__(self):
        return self.title


class IndustryMean(models.Model):
    """行业均值 of one figure in one year. ``division`` is the 2-digit code of GB/T 4754, "" for all industries."""

    year = models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    division = models.CharField("行业大类", max_length=2, blank=True)
    figure = models.CharField("指标", max_length=40)
    value = models.DecimalField("均值", max_digits=14, decimal_places=4)
    source = models.CharField("来源", max_length=200)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="设置账户")
    made_at = models.DateTimeField("设置时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "行业均值"
        ordering = ["-year", "division", "figure"]
        constraints = [models.UniqueConstraint(fields=["year", "division", "figure"], name="industry_mean_once")]

    def __str__(self):
        return f"{self.year} {self.division or '全行业'} {self.figure}"


class EvaluationYear(models.Model):
    """The cap of one enterprise's score in one year: the score of the first submission of that year (manual §5)."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="evaluation_years", verbose_name="企业")
    year = models.PositiveSmallIntegerField("年度")
    cap = models.DecimalField("最高得分", max_digits=5, decimal_places=2)
    first = models.ForeignKey(Filing, models.PROTECT, related_name="+", verbose_name="首次提交的申报件")
    made_at = models.DateTimeField("设定时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "发展评价年度最高得分"
        ordering = ["enterprise", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "year"], name="evaluation_year_once"),
            models.CheckConstraint(condition=Q(cap__gte=0), name="evaluation_year_cap_not_negative"),
        ]

    def __str__(self):
        return f"{self.enterprise_id} {self.year} ≤{self.cap}"


class Evaluation(models.Model):
    """The evaluation of one submission, frozen with its snapshot. ``score`` is ``computed`` held down to the cap."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="evaluations", verbose_name="申报件")
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="evaluation", verbose_name="快照")
    year = models.ForeignKey(EvaluationYear, models.PROTECT, related_name="evaluations", verbose_name="年度")
    computed = models.DecimalField("测算得分", max_digits=5, decimal_places=2)
    cap = models.DecimalField("年度最高得分", max_digits=5, decimal_places=2)
    score = models.DecimalField("得分", max_digits=5, decimal_places=2)
    payload = models.JSONField("测算过程")
    made_at = models.DateTimeField("测算时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "专精特新发展评价"
        ordering = ["-id"]
        indexes = [models.Index(fields=["year", "-id"], name="evaluation_by_year")]
        constraints = [
            models.CheckConstraint(condition=Q(score__lte=F("cap")), name="evaluation_within_cap"),
            models.CheckConstraint(condition=Q(score__lte=F("computed")), name="evaluation_within_computed"),
            models.CheckConstraint(condition=Q(score__gte=0), name="evaluation_not_negative"),
        ]

    def __str__(self):
        return f"{self.filing_id}: {self.score}"
