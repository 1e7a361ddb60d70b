"""Rules across the fields of 创新型自评表: one function each, a complete sentence for each breach.

A rule speaks only when the values that it compares are there; ``blank=True`` marks what is merely still to be filled
in, which a draft may leave open. 负债总额 above 资产总额 is possible (资不抵债) and is scored, not refused.
"""
import datetime

from django.utils import timezone

from applications.forms.innovative.direct import CERTIFICATES
from applications.forms.innovative.innovation import RdBodyLevel
from applications.forms.layout import YEARS
from applications.forms.shared.rules import company, figures
from applications.forms.shared.rules.speaking import ask, part_above_whole

#: (part, whole): 知识产权 counts.
PARTS_OF_IP = (("ip_class1_high_value", "ip_class1"), ("ip_class1_self", "ip_class1"))


def counts_within_class1(form):
    """高价值 and 自主研发 are kinds of Ⅰ类."""
    return [finding for part, whole in PARTS_OF_IP for finding in part_above_whole(form, part, whole, "项")]


def counts_of_class1_parts(form):
    """Ask for the two parts when there is Ⅰ类."""
    if not form.facts["ip_class1"]:
        return []
    return [
        form.finding("innovation", part, "填报了Ⅰ类知识产权的必须填写，没有的填 0。", blank=True)
        for part, _ in PARTS_OF_IP
        if form.by_key["innovation"].raw(part) == ""
    ]


def emerging_field_is_explained(form):
    """A claim of 战略性新兴产业 names the category and explains it."""
    if form.facts["emerging_industry"] != "yes":
        return []
    return ask(
        form, "specialization", ("emerging_category", "domain_note"), "您选择了属于《战略性新兴产业分类》，请填写此项。"
    )


def rd_body_is_named(form):
    """研发机构 of a level has a name."""
    if form.facts["rd_body_level"] in (None, "", RdBodyLevel.NONE):
        return []
    return ask(form, "innovation", ("rd_body_name",), "您填报了已建立研发机构，请填写研发机构名称。")


def claims_are_detailed(form):
    """A direct condition that is claimed has name, number and date of its certificate."""
    found = []
    for claim, details in CERTIFICATES.items():
        if form.facts[claim] is True:
            names = [f"{claim}_{detail}" for detail in details]
            found += ask(form, "direct", names, "您在本项直通条件选择了“是”，请填写此项。")
    return found


def award_is_recent(form):
    """近三年: the certificate is not older than the three years of the form."""
    day = form.facts["direct_award_date"]
    first = datetime.date(form.period - len(YEARS), 1, 1)
    if form.facts["direct_award"] is not True or day is None or day >= first:
        return []
    message = (
        f"您填写的“{day.isoformat()}”早于近三年（{first.isoformat()} 起），不符合本项直通条件。"
        "请核对证书日期；日期无误的，本项请选择“否”。"
    )
    return [form.finding("direct", "direct_award_date", message)]


def honour_is_valid(form):
    """均为有效期内: the honour has not expired."""
    day = form.facts["direct_honour_until"]
    if form.facts["direct_honour"] is not True or day is None or day >= timezone.localdate():
        return []
    message = (
        f"您填写的“{day.isoformat()}”已过有效期，不符合本项直通条件。请核对有效期；确已到期的，本项请选择“否”。"
    )
    return [form.finding("direct", "direct_honour_until", message)]


RULES = (
    figures.figures_of_existing_years,
    figures.rd_staff_within_staff,
    figures.main_revenue_within_revenue,
    figures.rd_expense_within_revenue,
    counts_of_class1_parts,
    counts_within_class1,
    company.segment_years_within_age,
    emerging_field_is_explained,
    rd_body_is_named,
    claims_are_detailed,
    award_is_recent,
    honour_is_valid,
    company.is_not_large,
)
