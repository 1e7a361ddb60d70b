"""The contact person (联系人) of the filing in the records of other enterprises.

Mobile numbers are encrypted at rest and no index tells which are equal. The comparison is therefore narrowed by what
is plain: other enterprises of the same prefecture-level city whose contact person has the same name, the newest
MOST_COMPARED of them. E-mail addresses are plain and compared with all enterprises of that city.
"""
from accounts.models import Enterprise
from portal.tools.crypto import mask
from reviews.cross_checks.registry import NOTICE, OURS, WARN, CrossCheck, Odd

#: Records whose mobile numbers are opened and compared for one submission.
MOST_COMPARED = 200
#: Enterprises that one sentence counts and names.
MOST_COUNTED, NAMES_SHOWN = 50, 3
#: Digits of a code of GB/T 2260 that name the prefecture-level city.
CITY_DIGITS = 4


def same_mobile(case):
    """Yield an Odd when enterprises of the same city name the same person with the same mobile number."""
    mobile, name = case.value("basic", "contact_mobile"), case.value("basic", "contact_name")
    if not mobile or not name:
        return
    rows = _of_the_city(case).filter(contact_name=name).only("name", "contact_mobile", "registered_region")
    found = [row for row in rows.order_by("-id")[:MOST_COMPARED] if row.contact_mobile == mobile]
    if found:
        yield Odd(
            f"联系人“{name}”的手机“{mask(mobile)}”同时是{_whose(case, found)}的联系人手机。"
            "请核实联系人是否为本企业人员，是否由中介机构代为申报。",
            severity=WARN, **case.place("basic", "contact_mobile"),
        )  # fmt: skip


def same_email(case):
    """Yield an Odd when enterprises of the same city have the same e-mail address."""
    email = case.value("basic", "contact_email")
    if not email:
        return
    rows = _of_the_city(case).filter(contact_email__iexact=email).only("name", "registered_region")
    found = list(rows.order_by("-id")[: MOST_COUNTED + 1])
    if found:
        yield Odd(
            f"联系邮箱“{email}”同时是{_whose(case, found)}的联系邮箱。"
            "同一集团的企业可能共用邮箱；请核实企业之间的关系，是否由中介机构代为申报。",
            severity=NOTICE, **case.place("basic", "contact_email"),
        )  # fmt: skip


def _of_the_city(case):
    city = (case.filing.registered_region_id or "")[:CITY_DIGITS]
    others = Enterprise.objects.exclude(pk=case.filing.enterprise_id)
    # A range and not a prefix: the index of the foreign key serves it on every database.
    first, last = f"{city}00", f"{city}99"
    return others.filter(registered_region__gte=first, registered_region__lte=last) if city else others.none()


def _whose(case, found):
    """Name the enterprises of the same county, which every desk on the route may know of; count the others."""
    count = f"{MOST_COUNTED} 家以上" if len(found) > MOST_COUNTED else f"{len(found)} 家"
    near = [row.name for row in found if row.registered_region_id == case.filing.registered_region_id][:NAMES_SHOWN]
    named = f"（其中在同一县区注册的有：{'、'.join(near)}）" if near else ""
    return f"同一城市另外 {count}企业{named}"


CHECKS = (
    CrossCheck(
        "contact.mobile",
        "联系人手机与其他企业相同",
        f"本次填报的联系人手机，与同一地级市内联系人姓名相同的其他企业（最近登记的 {MOST_COMPARED} 家以内）的联系人手机比对。"
        "手机号加密保存，不能按号码检索；姓名不同或在其他城市登记的不比对。",
        OURS,
        same_mobile,
    ),
    CrossCheck(
        "contact.email",
        "联系邮箱与其他企业相同",
        "本次填报的联系邮箱，与同一地级市内其他企业【企业主页】登记的联系邮箱比对，不区分大小写；其他城市的不比对。",
        OURS,
        same_email,
    ),
)
