"""For every test of reviews: the small kinds of kinds.py are registered, and gone afterwards."""
import pytest

from reviews import kinds
from reviews.tests.kinds import KIND_CLASSES


@pytest.fixture(autouse=True)
def test_kinds(monkeypatch):
    """Register the test kinds; return {code: kind}."""
    made = {kind_class.code: kind_class() for kind_class in KIND_CLASSES}
    monkeypatch.setattr(kinds, "_kinds", kinds._kinds | made)
    return made
