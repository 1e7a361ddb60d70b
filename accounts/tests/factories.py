"""Plain functions that make accounts and reference rows for tests; every name and code is invented or reserved.

Each ``make_`` function may be called any number of times. The small tree of authorities covers the three shapes of
a route: a province (江苏), a 计划单列市 (大连) and a municipality (重庆); see design.md §4.
"""
import datetime
import itertools
from decimal import Decimal

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from accounts.enums import AuthorityLevel, EnterpriseType, OfficerRole, RegionLevel, SizeClass, UserKind
from accounts.models import Authority, Enterprise, Industry, Product, Region, SizeStandard, User
from accounts.uscc import invented_uscc

PASSWORD = "Tiidu-2026-peiyu"
MOBILE = "13800000000"

_serial = itertools.count(1)


def number_from(first):
    """Number what is made from here on from ``first``: several processes may fill one database."""
    global _serial
    _serial = itertools.count(first)


MINISTRY, PROVINCE = AuthorityLevel.MINISTRY, AuthorityLevel.PROVINCE
CITY, COUNTY = AuthorityLevel.CITY, AuthorityLevel.COUNTY

#: code, short name, level, parent
AUTHORITIES = [
    ("000000", "工业和信息化部", MINISTRY, None),
    ("320000", "江苏省", PROVINCE, "000000"),
    ("210000", "辽宁省", PROVINCE, "000000"),
    ("210200", "大连市", PROVINCE, "000000"),
    ("500000", "重庆市", PROVINCE, "000000"),
    ("320100", "南京市", CITY, "320000"),
    ("320500", "苏州市", CITY, "320000"),
    ("210202", "中山区", CITY, "210200"),
    ("500103", "渝中区", CITY, "500000"),
    ("320102", "玄武区", COUNTY, "320100"),
    ("320106", "鼓楼区", COUNTY, "320100"),
    ("320508", "姑苏区", COUNTY, "320500"),
]

#: code, name, full name, level, parent, code of the authority; 大连 lies in 辽宁 and answers to itself
REGIONS = [
    ("320000", "江苏省", "江苏省", RegionLevel.PROVINCE, None, "320000"),
    ("210000", "辽宁省", "辽宁省", RegionLevel.PROVINCE, None, "210000"),
    ("500000", "重庆市", "重庆市", RegionLevel.PROVINCE, None, "500000"),
    ("320100", "南京市", "江苏省南京市", RegionLevel.PREFECTURE, "320000", "320100"),
    ("320500", "苏州市", "江苏省苏州市", RegionLevel.PREFECTURE, "320000", "320500"),
    ("210200", "大连市", "辽宁省大连市", RegionLevel.PREFECTURE, "210000", "210200"),
    ("320102", "玄武区", "江苏省南京市玄武区", RegionLevel.COUNTY, "320100", "320102"),
    ("320106", "鼓楼区", "江苏省南京市鼓楼区", RegionLevel.COUNTY, "320100", "320106"),
    ("320508", "姑苏区", "江苏省苏州市姑苏区", RegionLevel.COUNTY, "320500", "320508"),
    ("210202", "中山区", "辽宁省大连市中山区", RegionLevel.COUNTY, "210200", "210202"),
    ("500103", "渝中区", "重庆市渝中区", RegionLevel.COUNTY, "500000", "500103"),
]

#: code, name, level, parent
INDUSTRIES = [
    ("C", "制造业", 1, None),
    ("35", "专用设备制造业", 2, "C"),
    ("351", "采矿、冶金、建筑专用设备制造", 3, "35"),
    ("3511", "矿山机械制造", 4, "351"),
]
PRODUCT = "矿山开采成套控制系统"

#: 工业 of the SME size standards of 2011
INDUSTRY_SIZES = {
    "industry_name": "工业",
    "prefixes": ["B", "C", "D"],
    "excluded": [],
    "bounds": {
        "rule": "any",
        "sme": {"employees": 1000, "revenue": 40000},
        "medium": {"employees": 300, "revenue": 2000},
        "small": {"employees": 20, "revenue": 300},
    },
}


def make_authority_tree():
    """Make the ministry, three provincial-level departments and what lies below, with regions and an industry.

    Rows that are there stay as they are. Nearly every test needs the tree, so it is made in a few statements.
    """
    known = set(Region.objects.filter(code__in=[row[0] for row in REGIONS]).values_list("code", flat=True))
    if len(known) < len(REGIONS):
        authorities = {row.code: row for row in Authority.objects.filter(code__in=[row[0] for row in AUTHORITIES])}
        for level in (MINISTRY, PROVINCE, CITY, COUNTY):
            missing = [row for row in AUTHORITIES if row[2] == level and row[0] not in authorities]
            made = bulk_create_with_history([_authority(*row, authorities) for row in missing], Authority)
            authorities |= {row.code: row for row in made}
        Region.objects.bulk_create([_region(*row, authorities) for row in REGIONS if row[0] not in known])
    make_industry()


def _authority(code, short_name, level, parent, authorities):
    return Authority(
        code=code,
        name=short_name if level == MINISTRY else f"{short_name}中小企业主管部门",
        short_name=short_name,
        level=level,
        parent=authorities[parent] if parent else None,
        telephone=f"010-{code}00",
    )


def _region(code, name, full_name, level, parent, authority, authorities):
    return Region(
        code=code,
        name=name,
        full_name=full_name,
        level=level,
        parent_id=parent,
        authority=authorities[authority],
        is_leaf=level == RegionLevel.COUNTY,
    )


def make_industry():
    """Make one chain of GB/T 4754 from 门类 to 小类 with a product and the size standard; return the 小类."""
    if not Product.objects.filter(industry_id="3511", name=PRODUCT).exists():
        rows = [dict(zip(("code", "name", "level", "parent_id"), row, strict=True)) for row in INDUSTRIES]
        Industry.objects.bulk_create([Industry(section="C", **row) for row in rows], ignore_conflicts=True)
        Product.objects.create(industry_id="3511", name=PRODUCT)
    SizeStandard.objects.get_or_create(edition="2011", key="industry", defaults=INDUSTRY_SIZES)
    return Industry.objects.get(code="3511")


def make_officer(authority_code="320100", role=OfficerRole.REVIEWER, login_name=None, password=PASSWORD, **fields):
    """Make an officer of the authority with that code; the tree is made when it is not there yet."""
    make_authority_tree()
    fields = {"person_name": f"经办{authority_code}", "mobile": MOBILE} | fields
    return User.objects.create_user(
        login_name or f"officer-{authority_code}-{next(_serial)}",
        password,
        kind=UserKind.OFFICER,
        authority=Authority.objects.get(code=authority_code),
        role=role,
        **fields,
    )


def make_operator(login_name=None, password=PASSWORD):
    """Make an operator (运维账户)."""
    return User.objects.create_superuser(login_name or f"operator-{next(_serial)}", password, person_name="运维")


def make_natural_person(login_name=None, password=PASSWORD):
    """Make a 自然人账户, who may sign in and may not file."""
    return User.objects.create_user(
        login_name or f"person-{next(_serial)}", password, kind=UserKind.NATURAL_PERSON, person_name="个人"
    )


def make_legal_person(name=None, login_name=None, password=PASSWORD, verified=True, uscc=None, mobile=MOBILE):
    """Make a 法人账户 without an enterprise record, with 实名认证 unless ``verified`` is false."""
    n = next(_serial)
    name = name or f"测试精密机械{n}号有限公司"
    return User.objects.create_user(
        login_name or f"enterprise-{n}",
        password,
        kind=UserKind.LEGAL_PERSON,
        uscc=uscc or invented_uscc(n),
        verified_name=name if verified else "",
        real_name_verified_at=timezone.now() if verified else None,
        person_name="联系人",
        mobile=mobile,
    )


def make_enterprise(name=None, region="320102", login_name=None, complete=True, password=PASSWORD, **fields):
    """Make a verified 法人账户 and its enterprise; return the enterprise.

    ``complete`` fills 完善企业基本信息; without it only the name and the USCC are there. ``fields`` override columns.
    """
    make_authority_tree()
    account = make_legal_person(name=name, login_name=login_name, password=password)
    base = {"account": account, "name": account.verified_name, "uscc": account.uscc}
    filled = base | _complete_record(region) if complete else base
    return Enterprise.objects.create(**filled | fields)


def _complete_record(region):
    return {
        "registered_region": Region.objects.get(code=region),
        "address": "科技路 1 号",
        "postcode": "210000",
        "legal_representative": "张三",
        "legal_representative_phone": "025-88880000",
        "legal_representative_mobile": "13900000000",
        "controlling_shareholder": "测试控股有限公司",
        "actual_controller": "张三",
        "contact_name": "李四",
        "contact_phone": "025-88880001",
        "contact_mobile": "13800000000",
        "contact_email": "contact@example.com",
        "founded_on": datetime.date(2015, 5, 8),
        "registered_capital": Decimal("1000.00"),
        "employees": 120,
        "revenue": Decimal("5600.00"),
        "total_assets": Decimal("7200.00"),
        "size_class": SizeClass.SMALL,
        "industry": make_industry(),
        "product": PRODUCT,
        "enterprise_type": EnterpriseType.PRIVATE,
        "completed_at": timezone.now(),
    }
