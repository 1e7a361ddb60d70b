"""Reads of 满足复核条件 for the desk: the titles of an area with their setting, and what a list of enterprises would do."""
import datetime
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from stdnum.cn import uscc as uscc_rule

from accounts.enums import AuthorityLevel
from accounts.models import Authority, Enterprise
from accounts.queries.officers import jurisdiction
from applications.enums import Tier
from applications.models import EligibilityList, Recognition, RenewalEligibility
from portal.tools.text import narrow
from reviews.services.routes import authorities_of

#: A shorter piece of a code or number fits too many rows to be worth a search.
SHORTEST_CODE = 4
DAYS_OF_MONTH = 30.5
#: The choices of the filter 到期: months from today, or over.
EXPIRES = [("3", "3 个月内到期"), ("6", "6 个月内到期"), ("12", "12 个月内到期"), ("over", "已过有效期")]
SETTINGS = [("no", "未设置"), ("yes", "已设置")]


def titles_for(user):
    """Return the last title of each enterprise and tier in the officer's area (by 企业注册地); fails closed.

    Those that hold come first, the one that ends soonest before the others.
    """
    if not (user.is_authenticated and user.is_active and user.is_officer):
        return Recognition.objects.none()
    later = Recognition.objects.filter(enterprise=OuterRef("enterprise"), tier=OuterRef("tier")).filter(
        Q(valid_until__gt=OuterRef("valid_until")) | Q(valid_until=OuterRef("valid_until"), pk__gt=OuterRef("pk"))
    )
    titles = Recognition.objects.filter(~Exists(later))
    if user.authority.level != AuthorityLevel.MINISTRY:
        titles = titles.filter(enterprise__registered_region__authority__in=jurisdiction(user))
    is_over = Case(When(valid_until__lt=timezone.localdate(), then=Value(1)), default=Value(0))
    return titles.select_related("enterprise__registered_region").order_by(is_over, "valid_until", "pk")


def areas_of(user):
    """Return (value, name) of the authorities directly below the officer's own, for the filter 所在地."""
    if user.authority.level == AuthorityLevel.COUNTY:
        return []
    below = Authority.objects.filter(parent=user.authority_id).order_by("code")
    return [(str(pk), name) for pk, name in below.values_list("pk", "short_name")]


def _is_set():
    return Exists(
        RenewalEligibility.objects.filter(
            enterprise=OuterRef("enterprise"), tier=OuterRef("tier"), withdrawn_at__isnull=True
        )
    )


def filtered(titles, conditions):
    """Limit titles to the conditions of the list: tier, expires, eligible, area (id of an authority) and q."""
    today = timezone.localdate()
    if conditions.get("tier"):
        titles = titles.filter(tier=conditions["tier"])
    expires = conditions.get("expires")
    if expires == "over":
        titles = titles.filter(valid_until__lt=today)
    elif expires:
        end = today + datetime.timedelta(days=round(int(expires) * DAYS_OF_MONTH))
        titles = titles.filter(valid_until__gte=today, valid_until__lte=end)
    if conditions.get("eligible"):
        titles = titles.filter(_is_set() if conditions["eligible"] == "yes" else ~_is_set())
    if conditions.get("area"):
        area = int(conditions["area"])
        below = Authority.objects.filter(Q(pk=area) | Q(parent=area) | Q(parent__parent=area))
        titles = titles.filter(enterprise__registered_region__authority__in=below)
    return _searched(titles, conditions.get("q") or "")


def _searched(titles, text):
    """Limit to a 统一社会信用代码 or 认定编号 (or its beginning) or a piece of the name."""
    text = narrow(text)[:120]
    if not text:
        return titles
    code = text.upper()
    if code.isascii() and code.isalnum() and len(code) >= SHORTEST_CODE:
        return titles.filter(Q(number__startswith=code) | Q(enterprise__uscc__startswith=code))
    return titles.filter(enterprise__name__has_piece=text)


def add_settings(titles):
    """Give each title ``setting``: the row by which it satisfies the conditions now, or None; one query for all."""
    rows = RenewalEligibility.objects.filter(
        enterprise__in={title.enterprise_id for title in titles}, withdrawn_at__isnull=True
    ).select_related("granted_by", "authority")
    found = {(row.enterprise_id, row.tier): row for row in rows}
    today = timezone.localdate()
    for title in titles:
        title.setting = found.get((title.enterprise_id, title.tier))
        title.is_valid = title.valid_from <= today <= title.valid_until
    return titles


def settings_of(enterprise, tier):
    """Return every setting of an enterprise in a tier, newest first, with who set and withdrew it."""
    rows = RenewalEligibility.objects.filter(enterprise=enterprise, tier=tier)
    return rows.select_related("granted_by", "withdrawn_by", "authority").order_by("-id")


def eligibilities_for(user):
    """Return the settings for enterprises in the officer's area; fails closed."""
    if not (user.is_authenticated and user.is_active and user.is_officer):
        return RenewalEligibility.objects.none()
    rows = RenewalEligibility.objects.all()
    if user.authority.level == AuthorityLevel.MINISTRY:
        return rows
    return rows.filter(enterprise__registered_region__authority__in=jurisdiction(user))


def lists_for(user):
    """Return the lists of the officer's own authority, a province; nothing for anybody else."""
    if not (user.is_authenticated and user.is_active and user.is_officer):
        return EligibilityList.objects.none()
    return EligibilityList.objects.filter(authority=user.authority_id)


@dataclass(frozen=True)
class Finding:
    """What a row of a list leads to: ``outcome`` "ready", "already" or "failed" with the sentence for it."""

    outcome: str
    message: str
    enterprise_id: int | None = None


def duplicates(rows):
    """Return {index: row number of the first} for rows whose code stands further up in the list."""
    first, found = {}, {}
    for index, (number, _, code) in enumerate(rows):
        if code and first.setdefault(code, number) != number:
            found[index] = first[code]
    return found


def judge(rows, *, authority, tier, doubled, start=0, lock=False):
    """Return a Finding for each of ``rows`` ([number, name, code]); three queries however many.

    ``doubled`` comes from ``duplicates`` of the whole list, in which the first of ``rows`` has the index ``start``.
    ``lock`` keeps the enterprises for the present transaction, in one order, so that two lists never wait for each
    other.
    """
    codes = {code for _, _, code in rows if uscc_rule.is_valid(code)}
    enterprises = Enterprise.objects.filter(uscc__in=codes).order_by("pk").select_related(
        "registered_region__authority__parent__parent__parent"
    )
    if lock:
        enterprises = enterprises.select_for_update(of=("self",))
    known = {enterprise.uscc: enterprise for enterprise in enterprises}
    ids = [enterprise.pk for enterprise in known.values()]
    titled = set(Recognition.objects.filter(enterprise__in=ids, tier=tier).values_list("enterprise", flat=True))
    active = RenewalEligibility.objects.filter(enterprise__in=ids, tier=tier, withdrawn_at__isnull=True)
    settings = {row.enterprise_id: row for row in active.select_related("granted_by")}
    findings = []
    for index, (_, name, code) in enumerate(rows, start=start):
        enterprise = known.get(code)
        fault = _typing_fault(name, code)
        if fault is None and index in doubled:
            fault = f"与第 {doubled[index]} 行重复，只按第 {doubled[index]} 行办理。"
        fault = fault or _fault(enterprise, name, code, authority, tier, titled)
        if fault:
            findings.append(Finding("failed", fault))
        elif enterprise.pk in settings:
            findings.append(Finding("already", _already(settings[enterprise.pk]), enterprise.pk))
        else:
            findings.append(Finding("ready", "可以设置。", enterprise.pk))
    return findings


def _typing_fault(name, code):
    """Return what is wrong in the cells themselves, or None."""
    if not code:
        return "统一社会信用代码未填写。请补全后重新上传这一行。"
    if "E+" in code:
        return (
            f"统一社会信用代码“{code}”在表格中是数字格式，末几位已丢失。"
            "请把这一列的单元格格式改为“文本”，重新填写完整代码后再上传。"
        )
    if len(code) != 18:
        return f"统一社会信用代码“{code}”有 {len(code)} 位，应为 18 位。请核对后重新上传这一行。"
    if not uscc_rule.is_valid(code):
        return f"统一社会信用代码“{code}”的校验位不符，可能有字符录错（如 0 与 O、1 与 I）。请核对营业执照后重新上传这一行。"
    if not name:
        return "企业名称未填写，无法与代码核对。请补全后重新上传这一行。"
    return None


def _fault(enterprise, name, code, authority, tier, titled):
    """Return what keeps the enterprise from being set, or None."""
    if enterprise is None:
        return f"平台上没有统一社会信用代码为“{code}”的企业。请核对代码；企业尚未注册的，请其先注册。"
    if _province(enterprise) != authority.pk:
        return f"统一社会信用代码“{code}”的企业注册地不在{authority.short_name}，不能设置。请从名单中删除。"
    if comparable(enterprise.name) != comparable(name):
        return f"企业名称不一致：平台上该代码的企业是“{enterprise.name}”，名单中是“{name}”。请核对后重新上传这一行。"
    if enterprise.pk not in titled:
        return f"平台上没有该企业被认定为{Tier(tier).label}的记录，不能设置。请核对企业和梯度。"
    return None


def _already(row):
    return f"{timezone.localtime(row.granted_at):%Y-%m-%d} 已由 {row.granted_by} 设置过，没有重复设置。"


def _province(enterprise):
    if not enterprise.registered_region_id:
        return None
    found = authorities_of(enterprise.registered_region).get(AuthorityLevel.PROVINCE)
    return found.pk if found else None


def comparable(name):
    """Return a name for comparing: full-width letters and brackets narrowed, no blanks, one case."""
    return "".join(narrow(name).split()).casefold()
