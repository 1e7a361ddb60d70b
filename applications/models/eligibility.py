"""满足复核条件: the province's word that an enterprise may file a renewal (manual §4)."""
from django.db import models
from django.db.models import Q

from accounts.models import Authority, Enterprise, User
from applications.enums import Tier


class RenewalEligibility(models.Model):
    """One setting of 满足复核条件 for one tier; withdrawing it keeps the row. At most one holds at a time."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="eligibilities", verbose_name="企业")
    tier = models.CharField("梯度", max_length=20, choices=Tier)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name="设置部门")
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="设置账户")
    granted_at = models.DateTimeField("设置时间", auto_now_add=True)
    note = models.CharField("说明", max_length=200, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="撤销账户")
    withdrawn_at = models.DateTimeField("撤销时间", null=True)
    withdrawn_reason = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "满足复核条件"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "tier"], condition=Q(withdrawn_at__isnull=True), name="eligibility_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="eligibility_tier_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="eligibility_withdrawn_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.enterprise} {self.get_tier_display()}"
