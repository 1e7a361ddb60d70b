"""Facts that follow from the lists of a form: one function for each rule, with its source.

A derivation is a function of (facts, filled form) that returns further facts; FormEdition.derivations names them in
order. Rows are dicts {column: typed value or None}; a column that an edition does not ask is absent. An empty list
counts as none: 0 for a count, False for a claim, "none" for a level.
"""
import datetime
from decimal import Decimal

from django.utils import timezone

from applications.forms.shared.choices import (
    CLASS2_KINDS,
    INVENTION_KINDS,
    AwardKind,
    AwardLevel,
    BodyLevel,
    IpClass,
    IpKind,
)

#: 实用新型 and 外观设计 count when kept longer than this many years after grant (domain.md §1.9.5).
KEPT_YEARS = 2
#: Ranks that count (domain.md §1.7, §1.8, §2.2, §2.3).
TOP_HOLDERS, TOP_THREE, TOP_FIVE = 3, 3, 5
#: National awards by kind (domain.md §1.9.12).
NATIONAL_AWARDS = frozenset({AwardKind.PROGRESS, AwardKind.NATURAL, AwardKind.INVENTION, AwardKind.DEFENCE})


def recent_from(form, years):
    """Return the first day of 近N年: the N full years before the form's, and what has passed of its own.

    The official texts name no day; certificates and payments of the present year count in favour of the enterprise.
    """
    return datetime.date(form.period - years, 1, 1)


def years_later(day, years):
    """Return the same day some years later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def ip_class(kind):
    """Return the class (Ⅰ类, Ⅱ类) of a kind of 知识产权: each kind has one, so nobody is asked (§1.9.3, §1.9.5)."""
    return IpClass.TWO if kind in CLASS2_KINDS else IpClass.ONE


def is_held_a_year(row, today):
    """Whether a 知识产权 is no transfer of less than one year (§1.9.3, §1.9.5): exactly one year is enough."""
    day = row["transferred_on"]
    return day is None or years_later(day, 1) <= today


def is_kept(row, today):
    """Whether a 实用新型 or 外观设计 has been kept more than two years after grant (§1.9.5); software needs no years."""
    if row["kind"] not in (IpKind.UTILITY, IpKind.DESIGN):
        return True
    return row["granted_on"] is not None and years_later(row["granted_on"], KEPT_YEARS) < today


def ip_rows_with_class(facts, form):
    """Give each 知识产权 its class, None while the kind is blank."""
    return {"ip": tuple(row | {"ip_class": row["kind"] and ip_class(row["kind"]).value} for row in facts["ip"])}


def _class1(facts):
    today = timezone.localdate()
    return [row for row in facts["ip"] if row["ip_class"] == IpClass.ONE and is_held_a_year(row, today)]


def class1_counts(facts, form):
    """Ⅰ类, of it 高价值 and 自主研发 (§1.9.3, §1.9.4, indicator 10 of §1.7)."""
    rows = _class1(facts)
    return {
        "ip_class1": len(rows),
        "ip_class1_high_value": sum(row.get("high_value") is True for row in rows),
        "ip_class1_self": sum(row.get("self_applied") is True for row in rows),
    }


def class2_count(facts, form):
    """Ⅱ类 (§1.9.5)."""
    today = timezone.localdate()
    rows = [row for row in facts["ip"] if row["ip_class"] == IpClass.TWO]
    return {"ip_class2": sum(is_held_a_year(row, today) and is_kept(row, today) for row in rows)}


def class1_effective_2022(facts, form):
    """Ⅰ类 in use that earns, no transfer of less than a year (一般性条件 3 of §1.8)."""
    return {"ip_class1_effective_2022": sum(row["applied"] is True for row in _class1(facts))}


def class1_effective(facts, form):
    """Ⅰ类 in use that earns, applied for by the enterprise itself, which is among the first three holders (§2.3)."""
    return {
        "ip_class1_effective": sum(
            row["applied"] is True
            and row.get("self_applied") is True
            and row["transferred_on"] is None
            and (row.get("holder_rank") or 0) in range(1, TOP_HOLDERS + 1)
            for row in _class1(facts)
        )
    }


def invention_counts(facts, form):
    """发明专利 in use: all, granted in the last three years, in the main technical classes (§3.2, §3.3)."""
    rows = [row for row in _class1(facts) if row["kind"] in INVENTION_KINDS and row["applied"] is True]
    first = recent_from(form, 3)
    return {
        "inventions": len(rows),
        "inventions_recent": sum(row["granted_on"] is not None and row["granted_on"] >= first for row in rows),
        "inventions_main_class": sum(row["in_main_class"] is True for row in rows),
    }


def rd_body_facts(facts, form):
    """研发机构: the best level, whether there is one, whether one is 省部级以上 (indicator 13 of §1.7, §1.8, §2.2)."""
    levels = {row["level"] for row in facts["rd_bodies"]}
    best = next((level.value for level in BodyLevel if level in levels), "none")
    return {
        "rd_body_level": best,
        "has_rd_body": bool(facts["rd_bodies"]),
        "rd_body_provincial": best in (BodyLevel.NATIONAL, BodyLevel.PROVINCIAL),
    }


def _recent_awards(facts, form):
    """Awards of the last three years by the date of the certificate (§1.6)."""
    first = recent_from(form, 3)
    return [row for row in facts["awards"] if row["awarded_on"] is not None and row["awarded_on"] >= first]


def counts_as_national(row):
    """Whether an award is one of the four national ones (§1.9.12)."""
    return row["level"] == AwardLevel.NATIONAL and row["kind"] in NATIONAL_AWARDS


def award_claims(facts, form):
    """近三年 科技奖励 by level and rank among the winners; 省级 includes 国家级 (§1.7, §1.8, §2.2, §2.3)."""
    rows = _recent_awards(facts, form)
    national = [row["holder_rank"] or TOP_FIVE + 1 for row in rows if counts_as_national(row)]
    provincial = [row["holder_rank"] or TOP_FIVE + 1 for row in rows if row["level"] == AwardLevel.PROVINCIAL]
    return {
        "award_national_top3": any(rank <= TOP_THREE for rank in national),
        "award_national_top5": any(rank <= TOP_FIVE for rank in national),
        "award_provincial_top3": any(rank <= TOP_THREE for rank in (*national, *provincial)),
    }


def award_best(facts, form):
    """科技奖项情况 of the development evaluation: the best level of the last three years (§3.2)."""
    levels = {row["level"] for row in _recent_awards(facts, form)}
    return {"award_best": next((level.value for level in AwardLevel if level in levels), "none")}


def new_equity(facts, form):
    """近2年, 近3年新增股权融资: what 合格机构投资者 have paid in, 万元 (§1.9.8, §1.9.9)."""

    def since(years):
        first = recent_from(form, years)
        rows = [row for row in facts["equity"] if row["qualified"] is True and row["amount"] is not None]
        return sum((row["amount"] for row in rows if row["received_on"] and row["received_on"] >= first), Decimal(0))

    return {"new_equity_2y": since(2), "new_equity_3y": since(3)}


def product_shares(facts, form):
    """Give each of the main products its share of last year's 营业收入, %."""
    revenue = facts["revenue_y1"]

    def share(row):
        known = row["revenue"] is not None and revenue is not None and revenue > 0
        return row["revenue"] * 100 / revenue if known else None

    return {"products": tuple(row | {"share": share(row)} for row in facts["products"])}


def field_2022(facts, form):
    """Whether the main product belongs to a field of 附件3 of 63号文 (§1.8), None while the field is blank."""
    field = facts.get("strategic_field")
    return {"domain_2022": None if not field else field in ("six_bases", "key_industries", "network_power")}


def six_bases(facts, form):
    """六基: none unless the field is 六基 (§2.3); asked only then."""
    if facts.get("strategic_field") in (None, "", "six_bases"):
        return {}
    return {"six_bases": "none"}


#: Derivations of 专精特新 and 小巨人, in the order in which they build on each other.
DERIVATIONS = (
    ip_rows_with_class,
    class1_counts,
    class2_count,
    class1_effective_2022,
    class1_effective,
    invention_counts,
    rd_body_facts,
    award_claims,
    award_best,
    new_equity,
    product_shares,
    field_2022,
    six_bases,
)
