"""SMS codes: sent to a number for one purpose, valid for minutes, usable once."""
from django.db import models
from django.db.models import Q

from accounts.enums import CodePurpose
from accounts.models.user import User
from portal.tools.crypto import EncryptedTextField


class VerificationCode(models.Model):
    """One code that was sent. The code itself is stored as a keyed hash only.

    ``mobile_index`` (blind_index of the number), ``account`` and ``address`` are what the limits count by.
    """

    purpose = models.CharField("用途", max_length=20, choices=CodePurpose)
    mobile = EncryptedTextField("手机号")
    mobile_index = models.CharField("手机号索引", max_length=64)
    account = models.ForeignKey(User, models.CASCADE, null=True, related_name="+", verbose_name="账户")
    address = models.GenericIPAddressField("来源地址", null=True)
    code_hash = models.CharField("验证码摘要", max_length=64)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    created_at = models.DateTimeField("发送时间")
    expires_at = models.DateTimeField("失效时间")
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "短信验证码"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["mobile_index", "purpose", "-created_at"], name="code_by_mobile"),
            models.Index(fields=["account", "-created_at"], name="code_by_account"),
            models.Index(fields=["address", "-created_at"], name="code_by_address"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="code_expires_after_it_was_sent"
            ),
            models.CheckConstraint(condition=Q(purpose__in=CodePurpose.values), name="code_purpose_known"),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()} {self.created_at:%Y-%m-%d %H:%M}"
