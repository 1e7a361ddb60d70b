"""What an account asks an officer to decide: 手机号修改 by 人工核验, and 人工实名认证."""
import uuid

from django.db import models
from django.db.models import Q

from accounts.enums import DocumentType, RequestState
from accounts.models.reference import Authority, Region
from accounts.models.user import User
from portal.tools.crypto import EncryptedTextField


def evidence_path(request, name):
    """Return where the evidence of a request lies: nothing of the user's own name reaches the disk."""
    return f"requests/{uuid.uuid4().hex}"


class OfficerRequest(models.Model):
    """A request that waits for an officer of ``authority``. Written by accounts.services only.

    ``receipt`` is the number with which the applicant looks the state up; it says nothing about the account.
    """

    receipt = models.CharField("受理编号", max_length=20, unique=True)
    account = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="账户")
    uscc = models.CharField("统一社会信用代码", max_length=18)
    enterprise_name = models.CharField("企业名称", max_length=120)
    legal_representative = models.CharField("法定代表人", max_length=40)
    document_type = models.CharField("法定代表人证件类型", max_length=20, choices=DocumentType)
    document_number = EncryptedTextField("法定代表人证件号码")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="企业注册地")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name="受理部门")
    evidence = models.FileField("证明材料", upload_to=evidence_path, max_length=200)
    evidence_name = models.CharField("材料文件名", max_length=200)
    state = models.CharField("状态", max_length=10, choices=RequestState, default=RequestState.PENDING)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    decided_at = models.DateTimeField("办理时间", null=True)
    comment = models.CharField("办理意见", max_length=300, blank=True)
    address = models.GenericIPAddressField("来源地址", null=True)
    created_at = models.DateTimeField("申请时间", auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self):
        return f"{self.receipt} {self.enterprise_name}"


def request_constraints(name):
    """Return the constraints that both kinds of request share."""
    return [
        models.CheckConstraint(condition=Q(state__in=RequestState.values), name=f"{name}_state_known"),
        models.CheckConstraint(
            condition=Q(state__in=["pending", "cancelled"], decided_by__isnull=True, decided_at__isnull=True)
            | Q(state__in=["approved", "rejected"], decided_by__isnull=False, decided_at__isnull=False),
            name=f"{name}_decided_iff_decided_by",
        ),
        models.CheckConstraint(condition=~Q(state="rejected") | ~Q(comment=""), name=f"{name}_rejection_says_why"),
    ]


class MobileChangeRequest(OfficerRequest):
    """手机号修改 by 人工核验. Nothing changes before approval, and the old number is told (manual Q3)."""

    new_mobile = EncryptedTextField("新手机号")

    class Meta(OfficerRequest.Meta):
        verbose_name = verbose_name_plural = "手机号修改申请"
        indexes = [models.Index(fields=["authority", "state", "id"], name="mobile_change_desk")]
        constraints = [
            *request_constraints("mobile_change"),
            models.UniqueConstraint(
                fields=["uscc"], condition=Q(state="pending"), name="mobile_change_one_pending_per_uscc"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(account__isnull=False), name="mobile_change_approved_has_account"
            ),
        ]


class RealNameRequest(OfficerRequest):
    """人工实名认证: binds name and 统一社会信用代码 to the account, or corrects the verified name."""

    mobile = EncryptedTextField("联系手机号")

    class Meta(OfficerRequest.Meta):
        verbose_name = verbose_name_plural = "人工实名认证申请"
        indexes = [models.Index(fields=["authority", "state", "id"], name="real_name_desk")]
        constraints = [
            *request_constraints("real_name"),
            models.UniqueConstraint(
                fields=["account"], condition=Q(state="pending"), name="real_name_one_pending_per_account"
            ),
            models.CheckConstraint(condition=Q(account__isnull=False), name="real_name_has_account"),
        ]


class RealNameRecord(models.Model):
    """Every 实名认证 that took effect on an account, and by which way. Append-only."""

    account = models.ForeignKey(User, models.PROTECT, related_name="real_name_records", verbose_name="账户")
    way = models.CharField("方式", max_length=20)
    uscc = models.CharField("统一社会信用代码", max_length=18)
    name_before = models.CharField("原名称", max_length=120, blank=True)
    name = models.CharField("认证名称", max_length=120)
    legal_representative = models.CharField("法定代表人", max_length=40)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "实名认证记录"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False) & ~Q(name=""), name="real_name_record_has_name"
            ),
        ]

    def __str__(self):
        return f"{self.uscc} {self.name}"


