"""Writes of the enterprise's record (企业基本情况)."""
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Enterprise, User
from accounts.size_class import size_class
from portal.tools.errors import NotPermitted, Refused, StaleVersion

#: What 【保存】 may write; name, uscc, size class, version and times are never taken from a form.
EDITABLE = (
    "registered_region", "address", "postcode", "legal_representative", "legal_representative_phone",
    "legal_representative_mobile", "controlling_shareholder", "actual_controller", "actual_controller_nationality",
    "contact_name", "contact_phone", "contact_mobile", "contact_fax", "contact_email", "founded_on",
    "registered_capital", "employees", "revenue", "total_assets", "industry", "product", "enterprise_type",
    "has_little_giant_holding", "little_giant_holding_name", "has_group_similar_product",
    "group_similar_product_name", "listing_status", "stock_code", "listing_progress", "listing_place",
)  # fmt: skip

NOT_VERIFIED = "企业名称：您的账户尚未通过实名认证，不能填写企业基本信息。请先在【用户中心】完成【法人】实名认证。"
RECOGNISED = (
    "企业基本情况：已认定企业不能在此页面编辑企业信息。请在年度信息更新开放期间通过【企业信息更新】修改，"
    "名称变更请到【名称变更申请】办理。"
)
RENAME_FIRST = (
    "企业名称：“{name}”已获得称号，不能通过【实名信息同步】修改名称。"
    "请到【企业信息管理】-【名称变更申请】提交优质中小企业简单更名申请表，审核通过后自动更名。"
)
STALE = "企业基本情况：您打开本页后，另一窗口已保存过修改。请对照下方内容核对，确认无误后再次点击【保存】。"

_title_checks = []


def register_title_check(check):
    """Register ``check(enterprise) -> bool``: whether the enterprise holds a valid title (已认定).

    Titles live in a higher layer, which registers its answer when the application starts.
    """
    if check not in _title_checks:
        _title_checks.append(check)


def has_title(enterprise):
    """Tell whether the enterprise is 已认定; False for None and while nothing is registered."""
    return enterprise is not None and any(check(enterprise) for check in _title_checks)


def check_editable(enterprise):
    """Raise Refused when the enterprise is 已认定 (manual §3, 注1).

    One that was recognised elsewhere before and has never completed its record here may still do so (注3).
    """
    if has_title(enterprise) and enterprise.is_complete:
        raise Refused(RECOGNISED, code="recognised", status=403)


@transaction.atomic
def save_enterprise(*, user, cleaned, seen_version):
    """Store 企业基本情况 and return the enterprise; the first save creates it from the user's verified data.

    ``cleaned`` holds model values by field name, ``seen_version`` the version the page was made from (0 before the
    first save). Raises NotPermitted without 实名认证, Refused for 已认定 enterprises, and StaleVersion with
    ``current`` when another window has saved meanwhile; nothing is written then.
    """
    user = _verified(user)
    enterprise = _locked(user)
    check_editable(enterprise)
    if seen_version != (enterprise.version if enterprise else 0):
        raise StaleVersion(STALE, current=enterprise)
    if enterprise is None:
        enterprise = Enterprise(account=user, name=user.verified_name, uscc=user.uscc, version=0)
    for name in EDITABLE:
        setattr(enterprise, name, cleaned[name])
    enterprise.size_class = (
        size_class(enterprise.industry_id, enterprise.employees, enterprise.revenue, enterprise.total_assets).size_class
        or ""
    )
    enterprise.completed_at = enterprise.completed_at or timezone.now()
    enterprise.version += 1
    enterprise.save()
    return enterprise


@transaction.atomic
def sync_verified_name(*, user, has_title):
    """【实名信息同步】: take the name from 实名认证; return the enterprise, or None before the first save.

    For 未认定 enterprises only. Raises Refused for one that holds a title and points to 【名称变更申请】
    (manual Q5, Q9). The version grows only when the name really changes.
    """
    user = _verified(user)
    enterprise = _locked(user)
    if has_title:
        name = enterprise.name if enterprise else user.verified_name
        raise Refused(RENAME_FIRST.format(name=name), code="recognised")
    if enterprise is not None and enterprise.name != user.verified_name:
        enterprise.name = user.verified_name
        enterprise.version += 1
        enterprise.save(update_fields=["name", "version", "updated_at"])
    return enterprise


def check_verified(user):
    """Raise NotPermitted unless the account is a 法人账户 that has passed 实名认证."""
    if not (user.is_legal_person and user.real_name_verified_at and user.uscc):
        raise NotPermitted(
            NOT_VERIFIED, code="not_verified", link=reverse("accounts:real_name"), link_label="实名认证"
        )


def _verified(user):
    """Lock the account, so that two first saves wait for each other, and return it as the database has it now."""
    user = User.objects.select_for_update().get(pk=user.pk)
    check_verified(user)
    return user


def _locked(user):
    return Enterprise.objects.select_for_update().filter(account=user).first()
