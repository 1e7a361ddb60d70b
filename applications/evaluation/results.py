"""What a 发展评价 says: points per indicator, second level and dimension, the bonus and the total. Self-describing."""
from dataclasses import dataclass, fields
from decimal import Decimal

from applications.computed import plain

#: Points that are the same in every evaluation of an edition; the others are shown with 2 decimals.
_PLAIN = {"full", "bonus_full"}


@dataclass(frozen=True)
class IndicatorResult:
    """One third-level indicator (三级指标).

    ``raw_shown``, ``mean_shown`` and ``difference_shown`` are for the eye, empty where there is none; ``points`` of
    ``full`` have 2 decimals. ``missing`` names blank inputs, ``note`` says in a sentence why there are no points.
    ``counted`` is False for an indicator without data, whose weight the others of its dimension carry.
    """

    code: str
    label: str
    dimension: str
    second: str
    formula: str
    full: Decimal
    points: Decimal
    raw_shown: str = ""
    mean_shown: str = ""
    mean_source: str = ""
    difference_shown: str = ""
    missing: tuple[str, ...] = ()
    note: str = ""
    counted: bool = True


@dataclass(frozen=True)
class DimensionResult:
    """Points of a first-level indicator (一级指标); ``percent`` of its full points, for the radar."""

    code: str
    label: str
    points: Decimal
    full: Decimal
    percent: Decimal


@dataclass(frozen=True)
class Result:
    """A 发展评价 of one set of facts. ``total`` is the sum of the dimensions and the bonus, 100 at most."""

    year: int
    industry_code: str
    total: Decimal
    dimensions: tuple[DimensionResult, ...]
    indicators: tuple[IndicatorResult, ...]
    bonus: Decimal
    bonus_full: Decimal
    bonus_items: tuple[IndicatorResult, ...]
    weights_code: str
    weights_title: str
    is_official: bool
    weights_source: str

    @property
    def missing(self) -> tuple[str, ...]:
        """Labels of the blank inputs, each once."""
        return tuple(dict.fromkeys(label for row in self.indicators for label in row.missing))

    def as_payload(self) -> dict:
        """The result as JSON-ready data: Decimals as strings, full points plain, others with 2 decimals."""
        return _jsonable(self) | {"missing": list(self.missing), "schema": 1}


def _jsonable(value, name=""):
    if isinstance(value, Decimal):
        return plain(value) if name in _PLAIN else f"{value:.2f}"
    if isinstance(value, (tuple, list)):
        return [_jsonable(item) for item in value]
    if isinstance(value, (IndicatorResult, DimensionResult, Result)):
        return {entry.name: _jsonable(getattr(value, entry.name), entry.name) for entry in fields(value)}
    return value
