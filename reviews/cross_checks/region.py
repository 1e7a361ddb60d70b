"""企业注册地 against the area of the registration authority in 统一社会信用代码 (GB 32100: digits 3 to 8)."""
from accounts.models import Region
from reviews.cross_checks.registry import NOTICE, CrossCheck, Odd

#: Provinces that are one city (直辖市): their districts are numbered 01 and 02, which are no cities.
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
#: 65 is 新疆, 66 the 兵团 inside it: one may register with the other.
SAME_PROVINCE = {"66": "65"}
#: Digits 3 and 4 of the city part: the province itself registered the enterprise.
WHOLE_PROVINCE = "00"


def area_code(uscc):
    """Return the six digits of the area of the registration authority; "" for a code that has none."""
    area = uscc[2:8]
    return area if area.isdigit() and len(area) == 6 else ""


def uscc_area(case):
    """Yield an Odd when province or city of the code differ from those of 企业注册地; unknown areas are passed over."""
    area, region = area_code(case.filing.enterprise.uscc), case.filing.registered_region
    if not area or region is None:
        return
    level, length = ("省级", 2) if _province(area) != _province(region.code) else ("市级", 4)
    if level == "市级" and not _cities_differ(area, region.code):
        return
    prefixes = {code[:length].ljust(6, "0") for code in (area, region.code)}
    names = dict(Region.objects.filter(code__in=prefixes).values_list("code", "full_name"))
    theirs = names.get(area[:length].ljust(6, "0"))
    if theirs is None:
        return
    yield Odd(
        f"企业注册地为“{region.full_name}”，统一社会信用代码第 3 至 8 位“{area}”表示首次登记机关在“{theirs}”，{level}不一致。"
        "迁移后代码不变，可能属正常情况；请对照营业执照的登记机关，跨区域迁移的核对迁移材料。",
        severity=NOTICE, **case.place("basic", "registered_region"),
    )  # fmt: skip


def _province(code):
    return SAME_PROVINCE.get(code[:2], code[:2])


def _cities_differ(area, code):
    if code[:2] in MUNICIPALITIES or area[:2] != code[:2] or WHOLE_PROVINCE in (area[2:4], code[2:4]):
        return False
    return area[:4] != code[:4]


CHECKS = (
    CrossCheck(
        "region.uscc",
        "企业注册地与统一社会信用代码的登记机关不一致",
        "企业注册地的省、市，与统一社会信用代码第 3 至 8 位登记管理机关行政区划码的省、市比对；县区不比对，直辖市只比对到市，"
        "由省级机关登记的只比对到省，新疆与兵团视为同省；代码中的区划不在现行行政区划内的不比对。",
        "代码结构见 GB 32100—2015；不一致作提示，系本平台自定",
        uscc_area,
    ),
)
