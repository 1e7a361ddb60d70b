"""申报开放时间: when a kind is open where."""
from django.db import models
from django.db.models import F, Q

from accounts.models import Authority
from portal.tools.history import HistoricalRecords


class WindowQuerySet(models.QuerySet):
    """Reads of windows."""

    def open_at(self, moment):
        """Return the windows that are open at ``moment``."""
        return self.filter(opens_at__lte=moment, closes_at__gt=moment)


class Window(models.Model):
    """One opening of one kind for one province, or by the ministry for the whole nation."""

    kind = models.CharField("事项", max_length=40)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="windows", verbose_name="开放部门")
    period = models.PositiveSmallIntegerField("年度")
    opens_at = models.DateTimeField("开放时间")
    closes_at = models.DateTimeField("截止时间")
    note = models.CharField("说明", max_length=200, blank=True)

    objects = WindowQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "申报开放时间"
        ordering = ["-opens_at"]
        indexes = [models.Index(fields=["kind", "authority", "opens_at"], name="window_lookup")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="window_closes_after_it_opens",
                violation_error_message="截止时间必须晚于开放时间。",
            ),
            models.UniqueConstraint(
                fields=["kind", "authority", "opens_at"],
                name="window_once",
                violation_error_message="同一事项在同一部门已有相同开放时间的记录。",
            ),
        ]

    def __str__(self):
        return f"{self.authority.short_name} {self.period}"
