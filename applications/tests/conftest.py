import pytest

from applications.tests.filled import KIND
from applications.tests.listed import LISTED
from reviews.kinds import get_kind


@pytest.fixture
def listed(monkeypatch):
    """Let new filings of 创新型 take the form edition with lists (listed.py)."""
    kind = get_kind(KIND)
    monkeypatch.setattr(kind, "editions", kind.editions | {LISTED.code: LISTED})
    monkeypatch.setattr(kind, "edition_by_standard", dict.fromkeys(kind.edition_by_standard, LISTED.code))
    return kind
