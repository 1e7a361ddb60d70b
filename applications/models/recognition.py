"""认定: the title that an announcement gives an enterprise."""
from django.db import models
from django.db.models import F, Q

from accounts.models import Authority, Enterprise
from applications.enums import Tier
from portal.tools.history import HistoricalRecords
from reviews.models import Filing, PublicityList


class RecognitionSeries(models.Model):
    """The counter of recognition numbers of one tier, authority and year; locked while a number is taken.

    A row instead of a database sequence because numbers must have no gaps.
    """

    tier = models.CharField("梯度", max_length=20, choices=Tier)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name="认定部门")
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最后编号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "认定编号序列"
        constraints = [
            models.UniqueConstraint(fields=["tier", "authority", "year"], name="recognition_series_once"),
        ]

    def __str__(self):
        return f"{self.tier} {self.authority_id} {self.year}: {self.last}"


class RecognitionQuerySet(models.QuerySet):
    """Reads of recognitions."""

    def valid_on(self, day):
        """Return the recognitions that hold on ``day``."""
        return self.filter(valid_from__lte=day, valid_until__gte=day)


class Recognition(models.Model):
    """One title of one enterprise, with its validity. One filing leads to one recognition at most."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="recognitions", verbose_name="企业")
    tier = models.CharField("梯度", max_length=20, choices=Tier)
    number = models.CharField("认定编号", max_length=40, unique=True)
    filing = models.OneToOneField(Filing, models.PROTECT, related_name="recognition", verbose_name="申报件")
    announcement = models.ForeignKey(PublicityList, models.PROTECT, related_name="recognitions", verbose_name="公告")
    valid_from = models.DateField("有效期起")
    valid_until = models.DateField("有效期止", help_text="含当日")
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    objects = RecognitionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "认定"
        ordering = ["-valid_from", "-id"]
        indexes = [models.Index(fields=["enterprise", "-valid_until"], name="recognition_by_enterprise")]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="recognition_valid_for_a_while"),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="recognition_tier_known"),
        ]

    def __str__(self):
        return self.number
