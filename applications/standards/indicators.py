"""The building blocks of a score: bands, the kinds of indicator (指标) with bands, and direct conditions (直通条件).

Indicators that add up or take the better of two figures are in combined_indicators.py.

Bands are listed best first and the first that fits wins. Bounds include their value, so a figure on the boundary of
two bands takes the higher score (domain.md §1.9.13) without a rule of its own. The last band has no bound.
"""
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from applications.computed import FIELDS, number, plain, round_percent
from applications.standards.measures import money_to_target
from applications.standards.results import DirectResult, IndicatorResult


@dataclass(frozen=True)
class Band:
    """An option of an indicator (档): its letter, its official wording, its points and its inclusive bounds."""

    letter: str
    label: str
    points: Decimal
    at_least: Decimal | None = None
    at_most: Decimal | None = None

    @property
    def shown(self) -> str:
        """The band in words: 'B. 3%～5%（15分）'."""
        return f"{self.letter}. {self.label}（{plain(self.points)}分）"

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies in the band or in a better one."""
        above = self.at_least is None or value >= self.at_least
        below = self.at_most is None or value <= self.at_most
        return above and below


@dataclass(frozen=True, kw_only=True)
class CountBand(Band):
    """A band reached by a count of its own (``fact``, called ``noun``).

    ``part_of`` names the fact that counts the whole of which this one is a part: when the whole is 0, a blank part
    is 0 as well and need not be typed.
    """

    fact: str
    noun: str
    part_of: str = ""


@dataclass(frozen=True, kw_only=True)
class ChoiceBand(Band):
    """A band picked by an answer (``option``)."""

    option: str


@dataclass(frozen=True)
class Indicator(ABC):
    """A scored indicator; ``group`` is the code of its group. Each kind of indicator says how it is scored."""

    code: str
    label: str
    group: str

    @property
    @abstractmethod
    def max_points(self) -> Decimal:
        """The full score (满分)."""

    @property
    @abstractmethod
    def threshold_shown(self) -> str:
        """How it is scored, in words."""

    @abstractmethod
    def assess(self, facts: Mapping, year_names: Mapping | None = None) -> IndicatorResult:
        """Score the facts; an input that is blank gives a result without a band that names it."""

    def _result(self, **outcome):
        return IndicatorResult(self.code, self.label, self.group, self.max_points, self.threshold_shown, **outcome)

    def _blank(self, missing, reason=""):
        """The result without a score: inputs are missing, or ``reason`` says why there is no value."""
        missing = tuple(dict.fromkeys(missing))
        reason = reason or "缺少：" + "、".join(missing)
        return self._result(missing=missing, reason=reason)


@dataclass(frozen=True)
class BandedIndicator(Indicator):
    """An indicator scored by the band (档) that is reached."""

    bands: tuple[Band, ...]

    @property
    def max_points(self):
        """The points of the best band."""
        return max(band.points for band in self.bands)

    @property
    def threshold_shown(self):
        """The bands in words."""
        return "；".join(band.shown for band in self.bands)

    def _scored(self, band, **outcome):
        return self._result(points=band.points, band=band.letter, band_shown=band.label, **outcome)

    def _better(self, band):
        """The next better band, None at the best one."""
        place = self.bands.index(band)
        return self.bands[place - 1] if place else None


@dataclass(frozen=True, kw_only=True)
class MeasuredIndicator(BandedIndicator):
    """An indicator whose bands are ranges of a computed field (applications/computed.py), in percent."""

    field: str

    def assess(self, facts, year_names=None):
        """Score the exact value, never the rounded one."""
        field = FIELDS[self.field]
        computed = field.compute(facts, year_names)
        if computed.value is None:
            return self._blank(computed.missing, computed.reason)
        band = next(band for band in self.bands if band.holds(computed.value))
        return self._scored(
            band, value=computed.value, value_shown=computed.shown, gap_shown=self._gap(field, facts, computed, band)
        )

    def _gap(self, field, facts, computed, band):
        """Words for the distance to the next better band, in percentage points and in 万元 of the first input."""
        better = self._better(band)
        if better is None:
            return ""
        rising = better.at_least is not None
        target = better.at_least if rising else better.at_most
        with localcontext(prec=80):
            points = abs(target - round_percent(computed.value))
        distance = f"距“{better.label}”还差" if rising else f"比“{better.label}”高"
        money = money_to_target(field, facts, target)
        return f"{field.title} {computed.shown}，{distance} {points:f} 个百分点，约 {money}"


@dataclass(frozen=True, kw_only=True)
class CountIndicator(BandedIndicator):
    """An indicator whose bands each ask for a count of another kind of thing, e.g. kinds of 知识产权.

    A blank count above the band reached leaves the indicator without a score: a blank is not a zero. A blank is named
    by the noun and ``counted``.
    """

    unit: str = "项"
    counted: str = "数量"

    def assess(self, facts, year_names=None):
        """Take the best band whose count suffices."""
        missing = []
        for band in self.bands:
            count = self._count(facts, band)
            if count is None:
                missing.append(band.noun + self.counted)
            elif band.holds(count):
                if missing:
                    return self._blank(tuple(missing))
                shown = f"{band.noun} {plain(count)} {self.unit}" if isinstance(band, CountBand) else band.label
                return self._scored(band, value=count, value_shown=shown, gap_shown=self._gap(facts, band))
        raise ValueError(f"indicator {self.code} has no last band without a bound")

    def _count(self, facts, band):
        """The count a band asks for; the last band, which asks for none, gets 0. True counts as 1."""
        if not isinstance(band, CountBand):
            return Decimal(0)
        if isinstance(facts.get(band.fact), bool):
            return Decimal(facts[band.fact])
        count = number(facts, band.fact)
        if count is None and band.part_of and number(facts, band.part_of) == 0:
            return Decimal(0)
        return count

    def _gap(self, facts, band):
        better = self._better(band)
        if better is None:
            return ""
        lacking = better.at_least - self._count(facts, better)
        return f"目前为“{band.label}”，距“{better.label}”还差 {plain(lacking)} {self.unit}"


@dataclass(frozen=True, kw_only=True)
class ChoiceIndicator(BandedIndicator):
    """An indicator answered by picking an option; ``fact`` holds the option, None or "" when blank."""

    fact: str

    def assess(self, facts, year_names=None):
        """Take the band of the option picked. Raises ValueError for an option that no band has."""
        option = facts.get(self.fact)
        if option in (None, ""):
            return self._blank((self.label,))
        band = next((band for band in self.bands if band.option == option), None)
        if band is None:
            raise ValueError(f"fact {self.fact} has no option {option!r}")
        better = self._better(band)
        gap = f"目前为“{band.label}”；“{better.label}”得 {plain(better.points)} 分" if better else ""
        return self._scored(band, value=None, value_shown=band.label, gap_shown=gap)


@dataclass(frozen=True)
class DirectCondition:
    """A direct condition (直通条件): a claim of the enterprise, or a sum in 万元 when ``at_least`` is given."""

    code: str
    label: str
    fact: str
    noun: str = ""
    at_least: Decimal | None = None

    def assess(self, facts: Mapping) -> DirectResult:
        """Whether the condition holds; blank is not met. Raises TypeError for a claim that is not True, False, None."""
        if self.at_least is not None:
            return self._assess_sum(number(facts, self.fact))
        claim = facts.get(self.fact)
        if claim is None:
            return DirectResult(self.code, self.label, met=False, value_shown="未填写", missing=(self.label,))
        if not isinstance(claim, bool):
            raise TypeError(f"fact {self.fact} must be True, False or None, not {type(claim).__name__}")
        return DirectResult(self.code, self.label, met=claim, value_shown="是" if claim else "否")

    def _assess_sum(self, amount):
        if amount is None:
            return DirectResult(self.code, self.label, met=False, value_shown="未填写", missing=(self.noun,))
        met = amount >= self.at_least
        shown = f"{plain(amount)} 万元"
        lacking = f"距 {plain(self.at_least)} 万元还差 {plain(self.at_least - amount)} 万元"
        gap = "" if met else f"{self.noun}为 {shown}，{lacking}"
        return DirectResult(self.code, self.label, met=met, value_shown=shown, value=amount, gap_shown=gap)
