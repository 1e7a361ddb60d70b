"""What an assessment against a standard says: results per condition, indicator, group, direct condition; the verdict.

All of it is self-describing (labels, values as shown, bands in words), because snapshots keep it and the review desk,
the PDF and the exports show it without asking the standard again.
"""
from dataclasses import dataclass, fields
from decimal import Decimal

from applications.computed import plain
from applications.standards.condition_results import ConditionResult

#: Verdicts of an assessment.
MEETS = "meets"
MEETS_DIRECT = "meets_direct"
NOT_YET = "not_yet"
INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class IndicatorResult:
    """One scored indicator (指标).

    ``band`` is the letter of the option reached, ``band_shown`` its wording, both empty when it could not be scored; an
    indicator that adds up has words but no letter. ``value`` is exact (percent or a count), None when blank or when the
    indicator is a choice. ``missing`` names the
    blank inputs; ``reason`` says in a sentence why there is no score; ``gap_shown`` is what is missing to the next
    better band, empty at the best one and without a score. An indicator without a score counts 0 points.
    """

    code: str
    label: str
    group: str
    max_points: Decimal
    threshold_shown: str
    value: Decimal | None = None
    value_shown: str = ""
    points: Decimal = Decimal(0)
    band: str = ""
    band_shown: str = ""
    missing: tuple[str, ...] = ()
    reason: str = ""
    gap_shown: str = ""

    @property
    def complete(self) -> bool:
        """Whether the inputs sufficed to score it."""
        return bool(self.band_shown)

    @property
    def met(self) -> bool:
        """Whether it brings points."""
        return self.points > 0


@dataclass(frozen=True)
class GroupResult:
    """Points of a group of indicators (一类指标) against its minimum."""

    code: str
    label: str
    points: Decimal
    minimum: Decimal
    max_points: Decimal

    @property
    def met(self) -> bool:
        """Whether the minimum is reached (reaching it exactly counts)."""
        return self.points >= self.minimum


@dataclass(frozen=True)
class DirectResult:
    """One direct condition (直通条件). Unanswered counts as not met; ``missing`` then names the input."""

    code: str
    label: str
    met: bool
    value_shown: str
    value: Decimal | None = None
    missing: tuple[str, ...] = ()
    gap_shown: str = ""


@dataclass(frozen=True)
class Assessment:
    """The outcome of a standard for one set of facts.

    Of a standard without conditions ``verdict`` is MEETS (the score suffices), MEETS_DIRECT (a direct condition holds
    and the score does not suffice), INCOMPLETE (neither, and an indicator could not be scored) or NOT_YET. With
    conditions it is MEETS (each is met, or claimed and left to the authority's judgement), MEETS_DIRECT (the same, one
    of them only by a direct way), NOT_YET (one is not met) or INCOMPLETE. ``verdict_shown`` explains it completely;
    ``summary_shown`` counts the conditions.
    """

    standard: str
    title: str
    source: str
    note: str
    total: Decimal
    pass_total: Decimal
    max_total: Decimal
    groups: tuple[GroupResult, ...]
    indicators: tuple[IndicatorResult, ...]
    directs: tuple[DirectResult, ...]
    verdict: str
    verdict_shown: str
    conditions: tuple[ConditionResult, ...] = ()
    summary_shown: str = ""

    @property
    def self_score(self) -> Decimal | None:
        """The score, None for a standard that scores nothing."""
        return self.total if self.indicators else None

    @property
    def passes(self) -> bool:
        """Whether the standard is satisfied, by score or by a direct condition."""
        return self.verdict in (MEETS, MEETS_DIRECT)

    @property
    def directs_met(self) -> tuple[DirectResult, ...]:
        """The direct conditions that hold."""
        return tuple(direct for direct in self.directs if direct.met)

    @property
    def missing(self) -> tuple[str, ...]:
        """Labels of the blank inputs, each once: of the conditions, then of the indicators, in their order."""
        results = (*self.conditions, *self.indicators)
        return tuple(dict.fromkeys(label for result in results for label in result.missing))

    def as_payload(self) -> dict:
        """The assessment as JSON-ready data for a snapshot: Decimals as plain strings, tuples as lists."""
        payload = _fields_of(self)
        payload["passes"] = self.passes
        payload["missing"] = list(self.missing)
        payload["groups"] = [_fields_of(group) | {"met": group.met} for group in self.groups]
        payload["indicators"] = [
            _fields_of(indicator) | {"complete": indicator.complete, "met": indicator.met}
            for indicator in self.indicators
        ]
        payload["directs"] = [_fields_of(direct) for direct in self.directs]
        payload["conditions"] = [condition.as_payload() for condition in self.conditions]
        return payload


def _fields_of(result):
    return {field.name: _jsonable(getattr(result, field.name)) for field in fields(result)}


def _jsonable(value):
    if isinstance(value, Decimal):
        return plain(value)
    return list(value) if isinstance(value, tuple) else value
