"""异议: a real-name objection to one enterprise on a publicity list, and its answer."""
from django.db import models
from django.db.models import Q

from accounts.models import User
from portal.tools.crypto import EncryptedTextField
from reviews.enums import ObjectionState


class Objection(models.Model):
    """One objection (实名, with evidence) received during publicity. Name and contact are sealed at rest."""

    entry = models.ForeignKey(
        "reviews.PublicityEntry", models.PROTECT, related_name="objections", verbose_name="公示条目"
    )
    objector = EncryptedTextField("异议人")
    contact = EncryptedTextField("联系方式")
    content = models.TextField("异议内容", max_length=2000)
    received_on = models.DateField("收到日期")
    state = models.CharField("状态", max_length=10, choices=ObjectionState, default=ObjectionState.OPEN)
    answer = models.TextField("核查结论和答复", max_length=2000, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    answered_at = models.DateTimeField("答复时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "异议"
        ordering = ["entry", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ObjectionState.values), name="objection_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (~Q(state="open") & Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="objection_answered_iff_closed",
            ),
            models.CheckConstraint(
                condition=~Q(content="") & ~Q(objector="") & ~Q(contact=""), name="objection_is_by_name"
            ),
        ]

    def __str__(self):
        return f"{self.entry_id} {self.received_on}"
