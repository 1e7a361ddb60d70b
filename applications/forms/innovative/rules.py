"""Rules across the fields of 创新型自评表: one function each, a complete sentence for each breach.

A rule speaks only when the values that it compares are there; ``blank=True`` marks what is merely still to be filled
in, which a draft may leave open. 负债总额 above 资产总额 is possible (资不抵债) and is scored, not refused.
"""
import datetime

from django.utils import timezone

from accounts.enums import SizeClass
from applications.computed import plain
from applications.forms.innovative.direct import CERTIFICATES
from applications.forms.innovative.economy import ROWS
from applications.forms.innovative.innovation import RdBodyLevel
from applications.forms.layout import YEARS

#: (part, whole, unit): a part of a figure is at most the whole, in each year.
PARTS_OF_FIGURES = (
    ("rd_staff", "employees", "人"),
    ("main_revenue", "revenue", "万元"),
)
#: (part, whole): 知识产权 counts.
PARTS_OF_IP = (("ip_class1_high_value", "ip_class1"), ("ip_class1_self", "ip_class1"))


def figures_of_existing_years(form):
    """Ask for the two earlier years, except those before the enterprise was founded."""
    founded = form.facts["founded_on"]
    entered = [row.key for row in ROWS if not row.computed]
    return [
        form.finding("economy", f"{key}_{year}", "此项必填，请填写；企业成立前的年度可不填。", blank=True)
        for offset, year in enumerate(YEARS, start=1)
        if year != "y1" and (founded is None or founded.year <= form.period - offset)
        for key in entered
        if form.by_key["economy"].raw(f"{key}_{year}") == ""
    ]


def parts_within_wholes(form):
    """研发人员 within 职工, 主营业务收入 within 营业收入."""
    found = []
    for year in YEARS:
        for part, whole, unit in PARTS_OF_FIGURES:
            found += _within(form, "economy", f"{part}_{year}", f"{whole}_{year}", unit)
    return found


def rd_expense_within_revenue(form):
    """研发费用 above 营业收入 is taken for a slip of the unit (issue: absurd figures); a firm without revenue is not."""
    found = []
    for year in YEARS:
        expense, revenue = form.facts[f"rd_expense_{year}"], form.facts[f"revenue_{year}"]
        if expense is not None and revenue is not None and expense > revenue > 0:
            found += _within(form, "economy", f"rd_expense_{year}", f"revenue_{year}", "万元")
    return found


def counts_within_class1(form):
    """高价值 and 自主研发 are kinds of Ⅰ类."""
    return [finding for part, whole in PARTS_OF_IP for finding in _within(form, "innovation", part, whole, "项")]


def counts_of_class1_parts(form):
    """Ask for the two parts when there is Ⅰ类."""
    if not form.facts["ip_class1"]:
        return []
    return [
        form.finding("innovation", part, "填报了Ⅰ类知识产权的必须填写，没有的填 0。", blank=True)
        for part, _ in PARTS_OF_IP
        if form.by_key["innovation"].raw(part) == ""
    ]


def _within(form, section, part, whole, unit):
    """Return the finding for a part that exceeds its whole."""
    part_value, whole_value = form.facts[part], form.facts[whole]
    if part_value is None or whole_value is None or part_value <= whole_value:
        return []
    whole_label = form.by_key[section].label_of(whole)
    return [
        form.finding(
            section,
            part,
            f"您填写的“{plain_number(part_value)}”{unit}大于{whole_label}“{plain_number(whole_value)}”{unit}，"
            f"应不超过{whole_label}。请核对两项数据及单位后改正。",
        )
    ]


def segment_years_within_age(form):
    """从事年限 cannot be longer than the enterprise exists; part of a year counts as a year."""
    years, founded = form.facts["segment_years"], form.facts["founded_on"]
    if years is None or founded is None:
        return []
    most = max(form.period - founded.year, 0)
    if years <= most:
        return []
    message = (
        f"您填写的“{years}”年超过企业存续时间：注册时间为 {founded.isoformat()}，"
        f"截至 {form.period - 1} 年末最多 {most} 年。请核对从事细分市场年限或注册时间后改正。"
    )
    return [form.finding("specialization", "segment_years", message)]


def emerging_field_is_explained(form):
    """A claim of 战略性新兴产业 names the category and explains it."""
    if form.facts["emerging_industry"] != "yes":
        return []
    return _ask(
        form, "specialization", ("emerging_category", "domain_note"), "您选择了属于《战略性新兴产业分类》，请填写此项。"
    )


def rd_body_is_named(form):
    """研发机构 of a level has a name."""
    if form.facts["rd_body_level"] in (None, "", RdBodyLevel.NONE):
        return []
    return _ask(form, "innovation", ("rd_body_name",), "您填报了已建立研发机构，请填写研发机构名称。")


def claims_are_detailed(form):
    """A direct condition that is claimed has name, number and date of its certificate."""
    found = []
    for claim, details in CERTIFICATES.items():
        if form.facts[claim] is True:
            names = [f"{claim}_{detail}" for detail in details]
            found += _ask(form, "direct", names, "您在本项直通条件选择了“是”，请填写此项。")
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


def is_not_large(form):
    """Only SMEs may apply (domain.md §1.2, §6)."""
    size = form.derived["basic", "size_class"]
    if size.shown != SizeClass.LARGE.label:
        return []
    message = (
        f"{size.note}大型企业不属于中小企业，不能申报。请核对所属行业、全职员工数量、营业收入和资产总额；"
        "数据无误的，请联系当地中小企业主管部门。"
    )
    return [form.finding("basic", "size_class", message)]


def plain_number(value):
    """Show a figure without superfluous zeros."""
    return value if isinstance(value, int) else plain(value)


def _ask(form, section, names, message):
    return [
        form.finding(section, name, message, blank=True) for name in names if form.by_key[section].raw(name) == ""
    ]


RULES = (
    figures_of_existing_years,
    parts_within_wholes,
    rd_expense_within_revenue,
    counts_of_class1_parts,
    counts_within_class1,
    segment_years_within_age,
    emerging_field_is_explained,
    rd_body_is_named,
    claims_are_detailed,
    award_is_recent,
    honour_is_valid,
    is_not_large,
)
