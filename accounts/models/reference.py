"""Reference data: authorities, regions, industries, SME size standards. Loaded by ``load_reference``."""
from django.db import models
from django.db.models import Q

from accounts.enums import AuthorityLevel, RegionLevel
from portal.tools.history import HistoricalRecords


class Authority(models.Model):
    """主管部门: the tree ministry → 37 provincial-level departments → city → county (design.md §4)."""

    code = models.CharField("代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=40)
    level = models.CharField("层级", max_length=10, choices=AuthorityLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    telephone = models.CharField("咨询电话", max_length=40, blank=True)
    is_active = models.BooleanField("在用", default=True)
    review_days = models.PositiveSmallIntegerField(
        "每步审核时限", default=10, help_text="工作日；超过后列为超期。没有全国统一规定，由各部门自行设置。"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入部门"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "主管部门"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="ministry", parent__isnull=True) | (~Q(level="ministry") & Q(parent__isnull=False)),
                name="authority_parent_iff_below_ministry",
                violation_error_message="部级以外的主管部门必须有上级。",
            ),
            models.CheckConstraint(condition=Q(level__in=AuthorityLevel.values), name="authority_level_known"),
            models.UniqueConstraint(fields=["level"], condition=Q(level="ministry"), name="authority_one_ministry"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(is_active=False), name="authority_merged_is_not_active"
            ),
            models.CheckConstraint(condition=Q(review_days__gte=1), name="authority_review_days_positive"),
        ]

    def __str__(self):
        return self.name


class Region(models.Model):
    """行政区划 (GB/T 2260). ``authority`` is the lowest authority responsible for an enterprise registered here."""

    code = models.CharField("代码", max_length=6, primary_key=True)
    name = models.CharField("名称", max_length=40)
    full_name = models.CharField("全称", max_length=80)
    level = models.CharField("层级", max_length=10, choices=RegionLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级区划"
    )
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="regions", verbose_name="主管部门")
    is_leaf = models.BooleanField("最末级", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level="province", parent__isnull=True) | (~Q(level="province") & Q(parent__isnull=False)),
                name="region_parent_iff_below_province",
            ),
            models.CheckConstraint(
                condition=Q(is_leaf=False) | Q(authority__isnull=False), name="region_leaf_has_authority"
            ),
        ]

    def __str__(self):
        return self.full_name


class Industry(models.Model):
    """国民经济行业分类 GB/T 4754-2017: 门类 / 大类 / 中类 / 小类."""

    code = models.CharField("代码", max_length=4, primary_key=True)
    name = models.CharField("名称", max_length=80)
    level = models.PositiveSmallIntegerField("层级")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    section = models.CharField("门类", max_length=1)

    class Meta:
        verbose_name = verbose_name_plural = "行业"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="industry_level_1_to_4"),
            models.CheckConstraint(
                condition=Q(level=1, parent__isnull=True) | Q(level__gt=1, parent__isnull=False),
                name="industry_parent_iff_below_section",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


class Product(models.Model):
    """产品: the leaves under a 小类 in the industry tree; informative only (manual, 图12)."""

    industry = models.ForeignKey(Industry, models.CASCADE, related_name="products", verbose_name="小类")
    name = models.CharField("名称", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "产品"
        ordering = ["industry_id", "id"]
        constraints = [models.UniqueConstraint(fields=["industry", "name"], name="product_once_per_industry")]

    def __str__(self):
        return self.name


class EmergingHint(models.Model):
    """战略性新兴产业 hint for a 小类: a suggestion to the user, never a decision (data/README)."""

    industry = models.ForeignKey(Industry, models.CASCADE, related_name="emerging_hints", verbose_name="小类")
    category = models.CharField("战略性新兴产业", max_length=80)
    name = models.CharField("名称", max_length=200)
    partial = models.BooleanField("仅部分产品属于", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "战略性新兴产业提示"
        constraints = [
            models.UniqueConstraint(fields=["industry", "category", "name"], name="emerging_hint_once"),
        ]

    def __str__(self):
        return f"{self.category} · {self.name}"


class SizeStandard(models.Model):
    """One row of 中小企业划型标准 (工信部联企业〔2011〕300号); persons and 万元 (domain.md §6).

    ``prefixes`` and ``excluded`` are lists of GB/T 4754 code prefixes; a letter means a whole section.
    """

    key = models.CharField("键", max_length=40)
    edition = models.CharField("版本", max_length=10, default="2011")
    industry_name = models.CharField("行业", max_length=40)
    prefixes = models.JSONField("行业代码前缀")
    excluded = models.JSONField("除外代码前缀", default=list)
    bounds = models.JSONField("界限")

    class Meta:
        verbose_name = verbose_name_plural = "中小企业划型标准"
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="size_standard_once_per_edition")]

    def __str__(self):
        return self.industry_name
