"""存证校验: the result of one check of all filings' histories."""
from django.db import models
from django.db.models import F, Q


class Verification(models.Model):
    """One full run over the hash chains and snapshots of all submitted filings. Written once, at its end.

    ``faults`` holds the first of them as [filing number, sentence]; ``broken`` counts all.
    """

    began_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("完成时间")
    checked = models.PositiveIntegerField("校验件数")
    broken = models.PositiveIntegerField("不符处数")
    faults = models.JSONField("不符之处", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "存证校验"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gte=F("began_at")), name="verification_ends_after_it_begins"),
        ]

    def __str__(self):
        return f"{self.ended_at:%Y-%m-%d %H:%M} {self.checked}"
