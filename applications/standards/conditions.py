"""Conditions (条件) of a standard and how their parts are put together: all, any, tiers by a figure, each of two years.

A condition is one numbered requirement of the official text. Its rule is a part (parts.py) or a composition of parts:

- ``AllOf``: every part; one that is not met decides, whatever is still blank;
- ``AnyOf``: alternatives (revenue or equity) and waivers (免于考核). The first is the usual one, the others are claims:
  left blank they count as not met, as with direct conditions, so only the first can leave the condition open;
- ``Tiers``: the rule depends on a figure;
- ``each_year``: a threshold in the last and in the year before;
- ``ForRenewal``: a renewal (复核) is asked something else, or nothing.
"""
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from applications.standards.condition_results import (
    ALL,
    ANY,
    HUMAN,
    MET,
    MISSING,
    NOT_MET,
    ConditionResult,
    PartResult,
)
from applications.standards.measures import Computed, Fact, Measure
from applications.standards.parts import Case, Part, Threshold


@dataclass(frozen=True)
class AllOf(Part):
    """Every part must be met. ``label`` heads the parts where the composition is itself a part."""

    parts: tuple[Part, ...]
    label: str = "以下各项均须满足"

    def assess(self, case):
        """One part not met decides; a blank leaves the rest open."""
        return joined_by_all(self.label, tuple(part.assess(case) for part in self.parts))


@dataclass(frozen=True)
class AnyOf(Part):
    """One part suffices; the first is the usual one, the others are claims."""

    parts: tuple[Part, ...]
    label: str = "以下各项满足任一项即可"

    def assess(self, case):
        """Take any part that suffices; then the others are not asked for."""
        results = tuple(part.assess(case) for part in self.parts)
        sufficient = [result for result in results if result.suffices]
        if not sufficient:
            return PartResult(self.label, results[0].state, missing=results[0].missing, joined=ANY, parts=results)
        met = [result for result in sufficient if result.state == MET]
        direct = all(result.direct for result in met or sufficient)
        parts = tuple(
            result if result.suffices else result.excused("已有一项满足，不再要求") for result in results
        )
        return PartResult(self.label, MET if met else HUMAN, joined=ANY, direct=direct, parts=parts)


@dataclass(frozen=True)
class Tier:
    """One tier (档): from ``at_least`` upwards, None for the last; ``note`` is shown with it."""

    label: str
    at_least: Decimal | None
    rule: Part
    note: str = ""


@dataclass(frozen=True)
class Tiers(Part):
    """The rule of the first tier whose bound the measure reaches, best first; the bound belongs to the higher tier."""

    measure: Measure
    tiers: tuple[Tier, ...]

    def assess(self, case):
        """Assess the tier's rule; without the figure the tier is unknown."""
        reading = self.measure.read(case.facts, case.year_names)
        if reading.value is None:
            words = "；".join(f"{tier.label}" for tier in self.tiers)
            return PartResult(
                f"按{reading.label}分档（{words}）", MISSING, gap_shown=reading.reason, missing=reading.missing
            )
        tier = next(tier for tier in self.tiers if tier.at_least is None or reading.value >= tier.at_least)
        result = tier.rule.assess(case)
        label = f"{reading.label} {reading.shown}，适用“{tier.label}”档，以下各项均须满足"
        return replace(joined_by_all(label, result.parts if result.joined == ALL else (result,)), note=tier.note)


@dataclass(frozen=True)
class ForRenewal(Part):
    """A part that a renewal (复核) replaces by another, or is not asked (``renewal`` None, with the ``reason``)."""

    new: Part
    renewal: Part | None = None
    reason: str = "复核不要求"

    def assess(self, case):
        """Assess the part that the kind of filing asks for; what is not asked is still shown with its value."""
        if not case.renewal:
            return self.new.assess(case)
        if self.renewal is not None:
            return self.renewal.assess(case)
        result = self.new.assess(case)
        return replace(result.excused(self.reason), value_shown=result.value_shown)


def each_year(measure: Callable[[str], Measure], at_least: Decimal) -> tuple[Part, ...]:
    """The threshold in each of the last two years; ``measure`` makes the measure of a year."""
    return tuple(Threshold(measure=measure(year), at_least=at_least) for year in ("y1", "y2"))


def yearly(name: str) -> Callable[[str], Measure]:
    """The maker of a yearly fact in 万元, for ``each_year``."""
    return lambda year: Fact(f"{name}_{year}")


def computed(name: str) -> Callable[[str], Measure]:
    """The maker of a yearly computed field, for ``each_year``."""
    return lambda year: Computed(f"{name}_{year}")


def joined_by_all(label, results):
    """The result of parts that must all be met."""
    states = {result.state for result in results}
    state = next((state for state in (NOT_MET, MISSING, HUMAN) if state in states), MET)
    missing = tuple(name for result in results for name in result.missing)
    direct = any(result.direct for result in results)
    return PartResult(label, state, missing=missing, joined=ALL, direct=direct, parts=results)


@dataclass(frozen=True)
class Condition:
    """A numbered condition of a standard: its short label, the official wording and its rule.

    ``renewal_text`` is the wording for a renewal where it differs; ``note`` is always shown with the result.
    """

    code: str
    label: str
    text: str
    rule: Part
    note: str = ""
    renewal_text: str = ""

    def assess(self, case: Case) -> ConditionResult:
        """Assess the rule."""
        text = self.renewal_text if case.renewal and self.renewal_text else self.text
        return ConditionResult(self.code, self.label, text, self.rule.assess(case), self.note)
