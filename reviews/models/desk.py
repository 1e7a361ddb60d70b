"""What officers keep at their desk: saved filters, phrases, who works on what."""
from django.db import models
from django.db.models import Q

from accounts.models import Authority, User
from reviews.enums import Action


class SavedFilter(models.Model):
    """A filter of a work list under a name of the officer's own; ``query`` is the query string of the list."""

    officer = models.ForeignKey(User, models.CASCADE, related_name="saved_filters", verbose_name="账户")
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=1000)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    created_at = models.DateTimeField("保存时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "常用筛选"
        ordering = ["officer", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["officer", "name"], name="saved_filter_name_once")]

    def __str__(self):
        return self.name


class Phrase(models.Model):
    """A standing phrase (常用语) of an authority for the reason of a decision."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="phrases", verbose_name="主管部门")
    action = models.CharField("用于", max_length=12, choices=Action)
    text = models.CharField("内容", max_length=500)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    is_active = models.BooleanField("启用", default=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="设置账户")
    made_at = models.DateTimeField("设置时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "审核常用语"
        ordering = ["authority", "action", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "action", "text"], name="phrase_once"),
            models.CheckConstraint(
                condition=Q(action__in=["approve", "return", "reject"]), name="phrase_of_a_decision"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="phrase_has_text"),
        ]

    def __str__(self):
        return self.text


class Handover(models.Model):
    """One handing over of a filing to a colleague of the same authority (转交); the present one is Filing.handler."""

    filing = models.ForeignKey("reviews.Filing", models.PROTECT, related_name="handovers", verbose_name="申报件")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name="主管部门")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="转交人")
    handler = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办人")
    note = models.CharField("说明", max_length=200, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "转交记录"
        ordering = ["filing", "id"]

    def __str__(self):
        return f"{self.filing_id} → {self.handler_id}"
