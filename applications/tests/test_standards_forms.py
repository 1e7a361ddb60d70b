"""Every input that a standard reads is asked by the form edition that serves it, or follows from what it asks."""
from datetime import date
from decimal import Decimal

import pytest

from applications import standards
from reviews.kinds import get_kind

#: What the evaluation brings, see FormKind.further_facts.
FROM_ELSEWHERE = {"development_score", "development_score_last"}

#: Kind, a day on which the standard holds, the standard.
SERVED = [
    ("innovative_application", date(2025, 6, 1), "innovative_2022"),
    ("specialized_application", date(2025, 6, 1), "specialized_2022"),
    ("specialized_application", date(2026, 6, 1), "specialized_2026"),
    ("specialized_renewal", date(2026, 6, 1), "specialized_2026"),
    ("little_giant_application", date(2025, 6, 1), "little_giant_2022"),
    ("little_giant_application", date(2026, 6, 1), "little_giant_2026"),
    ("little_giant_renewal", date(2026, 6, 1), "little_giant_2022"),
    ("little_giant_renewal", date(2026, 8, 1), "little_giant_2026"),
]


class Asked(dict):
    """Facts that remember which keys were read."""

    def __init__(self, **known):
        super().__init__(known)
        self.keys_read = set()

    def get(self, key, default=None):
        self.keys_read.add(key)
        return super().get(key, default)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind_code", "on", "standard_code"), SERVED)
def test_no_input_of_a_standard_is_missing_from_its_form(kind_code, on, standard_code):
    kind = get_kind(kind_code)
    standard = standards.choose(kind.tier, kind.is_renewal, on)
    assert standard.code == standard_code
    edition = kind.editions[kind.edition_by_standard[standard_code]]
    region = "510104"
    form = edition.fill({"basic": {"registered_region": region}}, period=on.year, slot_counts={})
    read = set()
    for revenue in (None, Decimal(1), Decimal(6000), Decimal(20000)):  # one for each tier by revenue
        facts = Asked(revenue_y1=revenue)
        standard.assess(facts, renewal=kind.is_renewal, region=region)
        read |= facts.keys_read
    asked = set(form.facts) | FROM_ELSEWHERE
    assert len(read) >= 10
    assert sorted(read - asked) == []
