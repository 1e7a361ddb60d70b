"""催办: a reminder from an authority to one below it."""
from django.db import models
from django.db.models import Q

from accounts.models import Authority, User


class Reminder(models.Model):
    """One reminder (催办), about one filing or about all that are overdue at an authority."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="reminders", verbose_name="被催办部门")
    filing = models.ForeignKey(
        "reviews.Filing", models.PROTECT, null=True, related_name="reminders", verbose_name="申报件"
    )
    sender = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name="催办部门")
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="催办人")
    text = models.CharField("内容", max_length=500)
    overdue = models.PositiveIntegerField("催办时的超期件数", default=0)
    sent_at = models.DateTimeField("时间", auto_now_add=True)
    seen_at = models.DateTimeField("阅读时间", null=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="阅读人")

    class Meta:
        verbose_name = verbose_name_plural = "催办"
        ordering = ["-id"]
        indexes = [models.Index(fields=["authority", "-id"], name="reminder_by_authority")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reminder_has_text"),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="reminder_seen_by_somebody",
            ),
        ]

    def __str__(self):
        return self.text
