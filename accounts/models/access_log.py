"""Who read personal data or took a file, and when. Append-only."""
from django.db import models

from accounts.models.user import User


class AccessLog(models.Model):
    """One reading of personal data or of a private file by a signed-in user."""

    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="账户")
    action = models.CharField("操作", max_length=40)
    subject = models.CharField("对象", max_length=200)
    address = models.GenericIPAddressField("来源地址", null=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "访问日志"
        ordering = ["-id"]
        indexes = [models.Index(fields=["actor", "-id"], name="access_log_by_actor")]

    def __str__(self):
        return f"{self.action} {self.subject}"
