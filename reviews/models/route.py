"""审核链: which levels review a kind in a province. Without a row the kind's default holds."""
from django.db import models
from django.db.models import Q

from accounts.enums import AuthorityLevel
from accounts.models import Authority
from portal.tools.history import HistoricalRecords
from reviews.enums import StepSide


class Route(models.Model):
    """The levels for one kind in one province. A change never touches filings under way (they carry a copy)."""

    kind = models.CharField("事项", max_length=40)
    province = models.ForeignKey(Authority, models.PROTECT, related_name="routes", verbose_name="省级主管部门")

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "审核链"
        constraints = [models.UniqueConstraint(fields=["kind", "province"], name="route_once_per_kind_and_province")]

    def __str__(self):
        return f"{self.province.short_name} {self.kind}"


class RouteStep(models.Model):
    """One level of a route."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="steps", verbose_name="审核链")
    position = models.PositiveSmallIntegerField("顺序")
    level = models.CharField("层级", max_length=10, choices=AuthorityLevel)
    side = models.CharField("所属地", max_length=12, choices=StepSide, default=StepSide.ORIGIN)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "审核层级"
        ordering = ["route", "position"]
        constraints = [
            models.UniqueConstraint(fields=["route", "position"], name="route_step_position_once"),
            models.UniqueConstraint(fields=["route", "level", "side"], name="route_step_level_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="route_step_counts_from_one"),
        ]

    def __str__(self):
        return self.get_level_display()
