"""How accounts come in: the sign-in log, the scan of an electronic licence, the national unified login."""
import secrets

from django.db import models
from django.db.models import Q

from accounts.enums import ScanPurpose, ScanState, SignInResult, SignInWay
from accounts.models.user import User


class SignInLog(models.Model):
    """One attempt to sign in, successful or not. Append-only."""

    login_name = models.CharField("登录名", max_length=60)
    account = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="账户")
    way = models.CharField("方式", max_length=20, choices=SignInWay)
    result = models.CharField("结果", max_length=20, choices=SignInResult)
    address = models.GenericIPAddressField("来源地址", null=True)
    device = models.CharField("设备", max_length=200, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录日志"
        ordering = ["-id"]
        indexes = [models.Index(fields=["account", "-id"], name="sign_in_by_account")]

    def __str__(self):
        return f"{self.login_name} {self.get_result_display()}"


def new_scan_token():
    """Return an unguessable token for a QR code."""
    return secrets.token_urlsafe(32)


class LicenceScan(models.Model):
    """One QR code of 电子营业执照扫码 that waits for its scan; bound to the browser that shows it."""

    token = models.CharField("二维码", max_length=64, unique=True, default=new_scan_token)
    purpose = models.CharField("用途", max_length=10, choices=ScanPurpose)
    browser_hash = models.CharField("浏览器", max_length=64)
    account = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="账户")
    state = models.CharField("状态", max_length=10, choices=ScanState, default=ScanState.WAITING)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    enterprise_name = models.CharField("企业名称", max_length=120, blank=True)
    legal_representative = models.CharField("法定代表人", max_length=40, blank=True)
    created_at = models.DateTimeField("创建时间")
    expires_at = models.DateTimeField("失效时间")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "电子营业执照扫码"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state__in=["confirmed", "used"], confirmed_at__isnull=False) & ~Q(uscc=""))
                | Q(state__in=["waiting", "refused"], confirmed_at__isnull=True),
                name="licence_scan_confirmed_has_licence",
            ),
            models.CheckConstraint(
                condition=Q(state="used", used_at__isnull=False) | (~Q(state="used") & Q(used_at__isnull=True)),
                name="licence_scan_used_iff_used_at",
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()} {self.get_state_display()}"


class UnifiedIdentity(models.Model):
    """The identity of the national unified login (统一登录系统) that belongs to an account."""

    account = models.OneToOneField(User, models.PROTECT, related_name="unified_identity", verbose_name="账户")
    issuer = models.CharField("签发方", max_length=200)
    subject = models.CharField("用户标识", max_length=200)
    linked_at = models.DateTimeField("关联时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "统一登录身份"
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="unified_identity_once")]

    def __str__(self):
        return f"{self.issuer} {self.subject}"
