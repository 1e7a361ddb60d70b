"""Rules of the lists of 创新能力 and 专业化 (domain.md §1.9.3-12, §2.3)."""
from decimal import Decimal

from applications.facts import NATIONAL_AWARDS
from applications.forms.layout import YEARS
from applications.forms.rows import cell_key, unique_in_list
from applications.forms.shared.choices import AwardLevel, BodyLevel, IpClass
from applications.forms.shared.rules.speaking import home, plain_number

ip_numbers_once = unique_in_list("innovation", "ip", "number")
products_once = unique_in_list("specialization", "products", "name")


def _cells(form, section, name, column, message, breaks):
    """Return a finding at ``column`` of each row that ``breaks``; ``message`` is a text or a function of the row."""
    return [
        form.finding(
            section, cell_key(name, row["row"], column), message(row) if callable(message) else message
        )
        for row in form.facts[name]
        if breaks(row)
    ]


def high_value_is_class1(form):
    """高价值 is a kind of Ⅰ类 (§1.9.4)."""
    return _cells(
        form, "innovation", "ip", "high_value",
        "Ⅱ类知识产权没有高价值之分，本项请选择“否”；种类填写有误的，请改正种类。",
        lambda row: row["ip_class"] == IpClass.TWO and row.get("high_value") is True,
    )  # fmt: skip


def own_application_is_no_transfer(form):
    """自主申请 and 受让 exclude each other (§2.3)."""
    return _cells(
        form, "innovation", "ip", "self_applied",
        lambda row: (
            f"您填写了受让取得日期“{row['transferred_on'].isoformat()}”，受让取得的本项应为“否”。"
            "请改选“否”，或清空受让取得日期。"
        ),
        lambda row: row.get("self_applied") is True and row["transferred_on"] is not None,
    )  # fmt: skip


def grant_is_within_age(form):
    """A right granted before the enterprise was founded can only have come by transfer."""
    founded = form.facts["founded_on"]
    if founded is None:
        return []
    return _cells(
        form, "innovation", "ip", "granted_on",
        lambda row: (
            f"您填写的“{row['granted_on'].isoformat()}”早于企业注册时间 {founded.isoformat()}。"
            "请核对日期；受让取得的，请填写受让取得日期。"
        ),
        lambda row: row["granted_on"] and row["granted_on"] < founded and row["transferred_on"] is None,
    )  # fmt: skip


def transfer_is_within_age(form):
    """Nothing is transferred to an enterprise before it is founded."""
    founded = form.facts["founded_on"]
    if founded is None:
        return []
    return _cells(
        form, "innovation", "ip", "transferred_on",
        lambda row: f"您填写的“{row['transferred_on'].isoformat()}”早于企业注册时间 {founded.isoformat()}，请核对后改正。",
        lambda row: row["transferred_on"] and row["transferred_on"] < founded,
    )  # fmt: skip


def ranks_start_at_one(form):
    """排名 is at least 1."""
    message = "您填写的“0”不是名次，单独所有或排名第一的填 1，请改正。"
    return [
        finding
        for name in ("ip", "awards")
        for finding in _cells(
            form, "innovation", name, "holder_rank", message, lambda row: row.get("holder_rank") == 0
        )
    ]


def national_awards_are_of_four_kinds(form):
    """国家级 are four kinds of award only (§1.9.12)."""
    return _cells(
        form, "innovation", "awards", "level",
        "国家级科技奖励只包括科技进步奖、自然科学奖、技术发明奖、国防科技奖。请核对种类；属于其他奖项的，级别请选择“其他”。",
        lambda row: row["level"] == AwardLevel.NATIONAL and row["kind"] and row["kind"] not in NATIONAL_AWARDS,
    )  # fmt: skip


def bodies_are_approved(form):
    """A 研发机构 of the city or above has the number of its approval (§1.7, §5.6)."""
    levels = (BodyLevel.NATIONAL, BodyLevel.PROVINCIAL, BodyLevel.CITY)
    section = form.by_key["innovation"].lists["rd_bodies"]
    return [
        form.finding(
            "innovation", row.key("number"), "市级以上研发机构须经认定，请填写认定文号；未经认定的，级别请选择“市级以下”。", blank=True
        )
        for row in section.filled
        if row.cleaned["level"] in levels and row.raw("number") == ""
    ]


def equity_within_yearly_total(form):
    """What is listed for a year is part of that year's 股权融资总额."""
    found = []
    for offset, year in enumerate(YEARS, start=1):
        total = form.facts[f"equity_financing_{year}"]
        calendar_year = form.period - offset
        rows = [
            row for row in form.facts["equity"] if row["received_on"] and row["received_on"].year == calendar_year
        ]
        listed = sum((row["amount"] or Decimal(0) for row in rows), Decimal(0))
        if total is None or listed <= total:
            continue
        message = (
            f"您填写的“{plain_number(total)}”万元小于创新能力中该年度各笔股权融资实缴金额之和“{plain_number(listed)}”万元，"
            "应不小于该合计。请核对两处数据及单位后改正。"
        )
        key = f"equity_financing_{year}"
        found.append(form.finding(home(form, key), key, message))
    return found


def products_within_revenue(form):
    """The shares of the three products add up to 100% at most: their income is part of 营业收入."""
    revenue = form.facts["revenue_y1"]
    listed = sum((row["revenue"] or Decimal(0) for row in form.facts["products"]), Decimal(0))
    if revenue is None or listed <= revenue:
        return []
    message = (
        f"各产品上年度销售收入合计“{plain_number(listed)}”万元大于营业收入“{plain_number(revenue)}”万元，占比之和超过 100%。"
        "请核对两处数据及单位后改正。"
    )
    return [form.finding("specialization", "products", message)]


LIST_RULES = (
    ip_numbers_once,
    products_once,
    high_value_is_class1,
    own_application_is_no_transfer,
    grant_is_within_age,
    transfer_is_within_age,
    ranks_start_at_one,
    national_awards_are_of_four_kinds,
    bodies_are_approved,
    equity_within_yearly_total,
    products_within_revenue,
)
