"""The account: an enterprise's 法人账户, a 自然人账户, an officer, an operator."""
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.enums import DocumentType, OfficerRole, UserKind
from accounts.models.reference import Authority
from portal.tools.crypto import EncryptedTextField
from portal.tools.history import QuietHistory


class UserManager(BaseUserManager):
    """Creates accounts; passwords are always hashed."""

    def create_user(self, login_name, password=None, **fields):
        """Create an account; ``kind`` is required among ``fields``."""
        user = self.model(login_name=login_name, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, login_name, password=None, **fields):
        """Create an operator account that may open everything technical and decide nothing."""
        fields |= {"kind": UserKind.OPERATOR, "is_superuser": True}
        return self.create_user(login_name, password, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. What it may do follows from ``kind``, and for officers from authority and role."""

    login_name = models.CharField(
        "登录名",
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[A-Za-z][A-Za-z0-9_.-]{3,39}$", "登录名为 4 至 40 位，以字母开头，可含字母、数字、点、横线。")],
    )
    kind = models.CharField("账户类型", max_length=20, choices=UserKind)
    person_name = models.CharField("姓名", max_length=40, blank=True)
    mobile = EncryptedTextField("绑定手机号", blank=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, null=True, blank=True, unique=True)
    #: What a 法人 stated at registration; nothing of it counts before 实名认证.
    declared_name = models.CharField("注册时填写的企业名称", max_length=120, blank=True)
    legal_representative = models.CharField("法定代表人", max_length=40, blank=True)
    document_type = models.CharField("法定代表人证件类型", max_length=20, choices=DocumentType, blank=True)
    document_number = EncryptedTextField("法定代表人证件号码", blank=True)
    verified_name = models.CharField("实名认证名称", max_length=120, blank=True)
    real_name_verified_at = models.DateTimeField("实名认证时间", null=True, blank=True)
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="officers", verbose_name="主管部门"
    )
    role = models.CharField("角色", max_length=10, choices=OfficerRole, blank=True)
    is_active = models.BooleanField("在用", default=True)
    date_joined = models.DateTimeField("创建时间", default=timezone.now)

    USERNAME_FIELD = "login_name"
    objects = UserManager()
    history = QuietHistory(excluded_fields=["password", "last_login", "mobile", "document_number"])

    class Meta:
        verbose_name = verbose_name_plural = "账户"
        ordering = ["login_name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=UserKind.values), name="user_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="officer", authority__isnull=False, role__in=OfficerRole.values)
                | (~Q(kind="officer") & Q(authority__isnull=True, role="")),
                name="user_authority_and_role_iff_officer",
                violation_error_message="主管部门账户必须有主管部门和角色，其他账户不能有。",
            ),
            models.CheckConstraint(
                condition=Q(uscc__isnull=True) | Q(kind="legal_person"),
                name="user_uscc_only_legal_person",
                violation_error_message="只有法人账户可以有统一社会信用代码。",
            ),
            models.CheckConstraint(
                condition=Q(real_name_verified_at__isnull=True) | ~Q(verified_name=""),
                name="user_verified_has_name",
            ),
            models.CheckConstraint(
                condition=Q(is_superuser=False) | Q(kind="operator"), name="user_superuser_only_operator"
            ),
        ]

    def __str__(self):
        return self.person_name or self.verified_name or self.login_name

    @property
    def is_legal_person(self):
        """法人账户."""
        return self.kind == UserKind.LEGAL_PERSON

    @property
    def is_officer(self):
        """主管部门账户."""
        return self.kind == UserKind.OFFICER

    @property
    def is_staff(self):
        """Whether the admin opens: officers and operators."""
        return self.kind in {UserKind.OFFICER, UserKind.OPERATOR}

    @property
    def may_decide(self):
        """An officer who may approve, return and reject for the authority."""
        return self.is_active and self.is_officer and self.role in {OfficerRole.REVIEWER, OfficerRole.MANAGER}

    @property
    def may_publish(self):
        """An officer who may publicise, announce and open windows for the authority."""
        return self.is_active and self.is_officer and self.role == OfficerRole.MANAGER
