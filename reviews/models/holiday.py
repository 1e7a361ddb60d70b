"""Days that differ from the calendar the portal ships (节假日调整)."""
from django.db import models

from accounts.models import User


class HolidayOverride(models.Model):
    """One day that is, or is not, a working day whatever the shipped calendar says (e.g. a year not yet in it)."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("工作日")
    note = models.CharField("依据", max_length=120)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="设置账户")
    made_at = models.DateTimeField("设置时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "节假日调整"
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day} {'工作日' if self.is_workday else '休息日'}"
