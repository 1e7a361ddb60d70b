"""An officer's comment at one field of a filing."""
from django.db import models
from django.db.models import Q

from accounts.models import Authority, User
from reviews.enums import Visibility


class FieldComment(models.Model):
    """A comment at ``section.field``, 企业可见 or 内部; resolved at the next submission.

    An enterprise-visible comment reaches the enterprise with the decision that ``event`` names; before that it is
    the officers' own.
    """

    filing = models.ForeignKey("reviews.Filing", models.PROTECT, related_name="field_comments", verbose_name="申报件")
    round = models.PositiveSmallIntegerField("提交次数")
    section = models.CharField("部分", max_length=40)
    field = models.CharField("栏目", max_length=60)
    label = models.CharField("栏目名称", max_length=120)
    text = models.TextField("意见", max_length=1000)
    visibility = models.CharField("可见范围", max_length=10, choices=Visibility)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填写人")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name="主管部门")
    event = models.ForeignKey("reviews.ReviewEvent", models.PROTECT, null=True, related_name="field_comments")
    created_at = models.DateTimeField("时间", auto_now_add=True)
    resolved_at = models.DateTimeField("解决时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "栏目意见"
        ordering = ["filing", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="field_comment_has_text"),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="field_comment_visibility_known"
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.text[:20]}"

    @property
    def target(self):
        """``section.field``."""
        return f"{self.section}.{self.field}"
