"""企业基本情况 (domain.md §5.1)."""
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from accounts.enums import (
    EnterpriseType,
    ListingPlace,
    ListingProgress,
    ListingStatus,
    SizeClass,
)
from accounts.models.reference import Industry, Region
from accounts.models.user import User
from portal.tools.crypto import EncryptedTextField
from portal.tools.history import HistoricalRecords

mobile_rule = RegexValidator(r"^1[3-9]\d{9}$", "手机号应为 11 位数字，以 1 开头，例如 13800000000。")
phone_rule = RegexValidator(
    r"^(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?$|^1[3-9]\d{9}$|^400-?\d{3}-?\d{4}$",
    "电话应为区号加号码（例如 025-88886666）或 11 位手机号。",
)
postcode_rule = RegexValidator(r"^\d{6}$", "邮编应为 6 位数字。")


class Enterprise(models.Model):
    """An enterprise's record, owned by one 法人账户. Written by accounts.services.enterprises only."""

    account = models.OneToOneField(User, models.PROTECT, related_name="enterprise", verbose_name="法人账户")
    name = models.CharField("企业名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True)
    registered_region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", verbose_name="企业注册地"
    )
    address = models.CharField("通讯地址", max_length=200)
    postcode = models.CharField("邮编", max_length=6, validators=[postcode_rule])
    legal_representative = models.CharField("法定代表人", max_length=40)
    legal_representative_phone = models.CharField("法定代表人电话", max_length=30, blank=True, validators=[phone_rule])
    legal_representative_mobile = EncryptedTextField("法定代表人手机", validators=[mobile_rule])
    controlling_shareholder = models.CharField("控股股东", max_length=120)
    actual_controller = models.CharField("实际控制人", max_length=120)
    actual_controller_nationality = models.CharField("实际控制人国籍", max_length=40, default="中国")
    contact_name = models.CharField("联系人", max_length=40)
    contact_phone = models.CharField("联系人电话", max_length=30, blank=True, validators=[phone_rule])
    contact_mobile = EncryptedTextField("联系人手机", validators=[mobile_rule])
    contact_fax = models.CharField("传真", max_length=30, blank=True, validators=[phone_rule])
    contact_email = models.EmailField("E-mail")
    founded_on = models.DateField("注册时间", null=True)
    registered_capital = models.DecimalField(
        "注册资本", max_digits=14, decimal_places=2, null=True, validators=[MinValueValidator(0)], help_text="万元"
    )
    employees = models.PositiveIntegerField("上年末从业人员", null=True, help_text="人，用于判定企业规模")
    revenue = models.DecimalField(
        "上年度营业收入", max_digits=14, decimal_places=2, null=True, validators=[MinValueValidator(0)],
        help_text="万元，用于判定企业规模",
    )
    total_assets = models.DecimalField(
        "上年末资产总额", max_digits=14, decimal_places=2, null=True, validators=[MinValueValidator(0)],
        help_text="万元，用于判定企业规模",
    )
    size_class = models.CharField("企业规模", max_length=10, choices=SizeClass, blank=True, editable=False)
    industry = models.ForeignKey(Industry, models.PROTECT, null=True, related_name="+", verbose_name="所属行业")
    product = models.CharField("产品", max_length=200, blank=True)
    enterprise_type = models.CharField("企业类型", max_length=10, choices=EnterpriseType)
    has_little_giant_holding = models.BooleanField("是否与现有“小巨人”企业存在控股关系", default=False)
    little_giant_holding_name = models.CharField("存在控股关系的“小巨人”企业名称", max_length=120, blank=True)
    has_group_similar_product = models.BooleanField(
        "同集团内是否有其他生产相似主导产品的企业获得认定或申报", default=False
    )
    group_similar_product_name = models.CharField("同集团相似主导产品企业名称", max_length=120, blank=True)
    listing_status = models.CharField("上市情况", max_length=10, choices=ListingStatus, default=ListingStatus.NO_PLAN)
    stock_code = models.CharField("股票代码", max_length=20, blank=True)
    listing_progress = models.CharField("上市进程", max_length=20, choices=ListingProgress, blank=True)
    listing_place = models.CharField("拟上市地", max_length=20, choices=ListingPlace, blank=True)
    completed_at = models.DateTimeField("完善时间", null=True, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "企业"
        ordering = ["uscc"]
        constraints = [
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True)
                | Q(registered_region__isnull=False, industry__isnull=False, founded_on__isnull=False),
                name="enterprise_complete_has_region_and_industry",
            ),
            models.CheckConstraint(
                condition=Q(size_class="") | Q(size_class__in=SizeClass.values), name="enterprise_size_class_known"
            ),
            models.CheckConstraint(
                condition=Q(registered_capital__isnull=True) | Q(registered_capital__gte=0),
                name="enterprise_capital_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(has_little_giant_holding=False) | ~Q(little_giant_holding_name=""),
                name="enterprise_holding_is_named",
                violation_error_message="存在控股关系的，请填写“小巨人”企业名称。",
            ),
            models.CheckConstraint(
                condition=Q(has_group_similar_product=False) | ~Q(group_similar_product_name=""),
                name="enterprise_group_peer_is_named",
                violation_error_message="存在同集团相似主导产品企业的，请填写企业名称。",
            ),
            models.CheckConstraint(
                condition=~Q(listing_status="listed") | ~Q(stock_code=""),
                name="enterprise_listed_has_stock_code",
                violation_error_message="已上市的，请填写股票代码。",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_complete(self):
        """Whether 完善企业基本信息 has been done, so that filings may be opened."""
        return self.completed_at is not None
