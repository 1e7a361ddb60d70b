"""Facts derived from the lists: what counts as Ⅰ类, as recent, as national (one test for each rule of facts.py)."""
import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone

from applications import facts

FORM = SimpleNamespace(period=2026)


def ip(*rows):
    """Return the facts of a list of 知识产权 with its classes; each row names only what differs."""
    usual = {
        "kind": "invention", "transferred_on": None, "granted_on": datetime.date(2020, 5, 1), "applied": True,
        "self_applied": True, "holder_rank": 1, "high_value": False, "in_main_class": True,
    }  # fmt: skip
    rows = tuple(usual | row for row in rows)
    return facts.ip_rows_with_class({"ip": rows}, FORM)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("invention", "1"), ("defence", "1"), ("plant", "1"), ("crop", "1"), ("drug", "1"), ("medicine", "1"),
        ("layout", "1"), ("software", "2"), ("utility", "2"), ("design", "2"), (None, None),
    ],
)  # fmt: skip
def test_the_class_follows_from_the_kind(kind, expected):
    assert ip({"kind": kind})["ip"][0]["ip_class"] == expected


def test_class_one_counts_high_value_and_own_development_among_it():
    listed = ip({}, {"high_value": True}, {"self_applied": False}, {"kind": "software", "high_value": True})
    assert facts.class1_counts(listed, FORM) == {"ip_class1": 3, "ip_class1_high_value": 1, "ip_class1_self": 2}


def test_a_column_that_an_edition_does_not_ask_counts_as_no():
    rows = tuple({key: row[key] for key in row if key not in ("high_value", "self_applied")} for row in ip({})["ip"])
    assert facts.class1_counts({"ip": rows}, FORM) == {"ip_class1": 1, "ip_class1_high_value": 0, "ip_class1_self": 0}


@pytest.mark.parametrize(
    ("transferred", "counts"),
    [(None, True), ((2025, 5, 1), True), ((2025, 5, 2), False), ((2026, 5, 1), False)],
)
def test_a_transfer_counts_from_one_year_on(transferred, counts):
    row = {"transferred_on": transferred and datetime.date(*transferred)}
    assert facts.is_held_a_year(row, datetime.date(2026, 5, 1)) is counts


@pytest.mark.parametrize("kind", ["invention", "software"])
def test_a_transfer_of_today_does_not_count(kind):
    listed = ip({"kind": kind, "transferred_on": timezone.localdate()})
    counts = facts.class1_counts(listed, FORM) | facts.class2_count(listed, FORM)
    assert not any(counts.values())


@pytest.mark.parametrize(
    ("kind", "granted", "counts"),
    [
        ("utility", (2024, 4, 30), True),
        ("utility", (2024, 5, 1), False),
        ("design", (2024, 4, 30), True),
        ("design", (2024, 5, 1), False),
        ("design", None, False),
        ("software", (2026, 5, 1), True),
    ],
)
def test_utility_models_and_designs_count_when_kept_more_than_two_years(kind, granted, counts):
    row = {"kind": kind, "granted_on": granted and datetime.date(*granted)}
    assert facts.is_kept(row, datetime.date(2026, 5, 1)) is counts


def test_a_utility_model_granted_today_does_not_count():
    assert facts.class2_count(ip({"kind": "utility", "granted_on": timezone.localdate()}), FORM) == {"ip_class2": 0}


def test_software_counts_without_years():
    assert facts.class2_count(ip({"kind": "software", "granted_on": timezone.localdate()}), FORM) == {"ip_class2": 1}


def test_in_2022_class_one_must_be_applied_and_may_be_transferred_in():
    long_ago, today = {"transferred_on": datetime.date(2020, 1, 1)}, {"transferred_on": timezone.localdate()}
    listed = ip({}, {"applied": False}, long_ago, today, {"applied": None})
    assert facts.class1_effective_2022(listed, FORM) == {"ip_class1_effective_2022": 2}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, 1),
        ({"holder_rank": 3}, 1),
        ({"holder_rank": 4}, 0),
        ({"holder_rank": None}, 0),
        ({"holder_rank": 0}, 0),
        ({"applied": False}, 0),
        ({"self_applied": False}, 0),
        ({"transferred_on": datetime.date(2015, 1, 1)}, 0),
        ({"kind": "software"}, 0),
        ({"kind": "layout"}, 1),
    ],
)
def test_in_2026_class_one_must_be_applied_own_and_among_the_first_three_holders(row, expected):
    assert facts.class1_effective(ip(row), FORM) == {"ip_class1_effective": expected}


def test_inventions_in_use_are_counted_by_age_and_by_technical_class():
    listed = ip(
        {"granted_on": datetime.date(2023, 1, 1)},
        {"granted_on": datetime.date(2022, 12, 31), "in_main_class": False},
        {"kind": "defence", "granted_on": datetime.date(2025, 6, 1)},
        {"applied": False},
        {"kind": "plant"},
    )
    assert facts.invention_counts(listed, FORM) == {
        "inventions": 3, "inventions_recent": 2, "inventions_main_class": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("levels", "best", "provincial"),
    [
        ((), "none", False),
        (("below",), "below", False),
        (("city", "below"), "city", False),
        (("city", "provincial"), "provincial", True),
        (("provincial", "national"), "national", True),
        ((None,), "none", False),
    ],
)
def test_the_best_research_body_counts(levels, best, provincial):
    listed = {"rd_bodies": tuple({"level": level} for level in levels)}
    assert facts.rd_body_facts(listed, FORM) == {
        "rd_body_level": best, "has_rd_body": bool(levels), "rd_body_provincial": provincial,
    }  # fmt: skip


def award(**columns):
    """Return the facts of one award: national, 科技进步奖, ranked first, of the last year."""
    usual = {"level": "national", "kind": "progress", "awarded_on": datetime.date(2025, 1, 1), "holder_rank": 1}
    return {"awards": (usual | columns,)}


@pytest.mark.parametrize(
    ("columns", "claims"),
    [
        ({}, (True, True, True)),
        ({"holder_rank": 3}, (True, True, True)),
        ({"holder_rank": 4}, (False, True, False)),
        ({"holder_rank": 5}, (False, True, False)),
        ({"holder_rank": 6}, (False, False, False)),
        ({"holder_rank": None}, (False, False, False)),
        ({"kind": "other"}, (False, False, False)),
        ({"level": "provincial", "kind": "other"}, (False, False, True)),
        ({"level": "provincial", "holder_rank": 4}, (False, False, False)),
        ({"level": "other"}, (False, False, False)),
        ({"awarded_on": datetime.date(2023, 1, 1)}, (True, True, True)),
        ({"awarded_on": datetime.date(2022, 12, 31)}, (False, False, False)),
        ({"awarded_on": None}, (False, False, False)),
    ],
)
def test_awards_count_by_level_rank_and_three_years(columns, claims):
    assert tuple(facts.award_claims(award(**columns), FORM).values()) == claims


@pytest.mark.parametrize(
    ("columns", "best"),
    [
        ({}, "national"),
        ({"level": "provincial", "holder_rank": 9}, "provincial"),
        ({"level": "other"}, "other"),
        ({"awarded_on": datetime.date(2022, 12, 31)}, "none"),
    ],
)
def test_the_best_award_of_three_years_counts_whatever_the_rank(columns, best):
    assert facts.award_best(award(**columns), FORM) == {"award_best": best}
    assert facts.award_best({"awards": ()}, FORM) == {"award_best": "none"}


def test_new_equity_is_what_qualified_investors_paid_in_two_and_three_years():
    def payment(day, amount, qualified=True):
        return {"received_on": datetime.date(*day), "amount": Decimal(amount), "qualified": qualified}

    listed = {
        "equity": (
            payment((2024, 1, 1), "100"),
            payment((2023, 12, 31), "20"),
            payment((2022, 12, 31), "9"),
            payment((2025, 5, 1), "7000", qualified=False),
            {"received_on": None, "amount": Decimal(5), "qualified": True},
            {"received_on": datetime.date(2025, 5, 1), "amount": None, "qualified": True},
        )
    }
    assert facts.new_equity(listed, FORM) == {"new_equity_2y": Decimal(100), "new_equity_3y": Decimal(120)}
    assert facts.new_equity({"equity": ()}, FORM) == {"new_equity_2y": Decimal(0), "new_equity_3y": Decimal(0)}


@pytest.mark.parametrize(
    ("revenue", "sales", "share"), [("400", "100", "25"), ("0", "100", None), (None, "100", None), ("400", None, None)]
)
def test_the_share_of_a_product_follows_from_its_income(revenue, sales, share):
    known = {
        "revenue_y1": None if revenue is None else Decimal(revenue),
        "products": ({"revenue": None if sales is None else Decimal(sales)},),
    }
    (row,) = facts.product_shares(known, FORM)["products"]
    assert row["share"] == (None if share is None else Decimal(share))


@pytest.mark.parametrize(
    ("field", "belongs"),
    [("six_bases", True), ("key_industries", True), ("network_power", True), ("none", False), ("", None), (None, None)],
)
def test_the_field_of_2022_is_known_from_the_choice(field, belongs):
    assert facts.field_2022({"strategic_field": field}, FORM) == {"domain_2022": belongs}


def test_no_six_bases_outside_that_field():
    assert facts.six_bases({"strategic_field": "emerging", "six_bases": "software"}, FORM) == {"six_bases": "none"}
    assert facts.six_bases({"strategic_field": "six_bases", "six_bases": "software"}, FORM) == {}


def test_a_year_after_the_29th_of_february_is_the_28th():
    assert facts.years_later(datetime.date(2024, 2, 29), 1) == datetime.date(2025, 2, 28)
