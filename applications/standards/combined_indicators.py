"""Indicators (指标) without one list of bands: a capped sum, points for years, the better of two figures."""
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from applications.computed import FIELDS, input_label, number, plain
from applications.standards.condition_results import MET, MISSING
from applications.standards.indicators import Band, BandedIndicator, Indicator
from applications.standards.measures import money_to_target
from applications.standards.parts import Case, Part


@dataclass(frozen=True, kw_only=True)
class SumIndicator(Indicator):
    """So many points for each part that is met, up to a cap (质量管理水平: 每项 3 分，最高 5 分).

    Blank parts leave it without a score only while the others do not reach the cap.
    """

    parts: tuple[Part, ...]
    points_each: Decimal
    cap: Decimal

    @property
    def max_points(self):
        """The cap."""
        return self.cap

    @property
    def threshold_shown(self):
        """The parts in words."""
        labels = "；".join(part.label for part in self.parts)
        return f"每满足一项得 {plain(self.points_each)} 分，最高 {plain(self.cap)} 分：{labels}"

    def assess(self, facts: Mapping, year_names=None):
        """Add up, and cut at the cap."""
        results = [part.assess(Case(facts, year_names)) for part in self.parts]
        met = [result.label for result in results if result.state == MET]
        points = min(self.cap, self.points_each * len(met))
        missing = tuple(name for result in results if result.state == MISSING for name in result.missing)
        if missing and points < self.cap:
            return self._blank(missing)
        shown = "、".join(met) or "无"
        others = [result.label for result in results if result.state != MET]
        gap = f"再满足“{'”或“'.join(others)}”中的一项，可得 {plain(min(self.cap, points + self.points_each))} 分"
        return self._result(
            value=Decimal(len(met)), value_shown=shown, points=points, band_shown=f"满足 {len(met)} 项",
            gap_shown="" if points == self.cap else gap,
        )


@dataclass(frozen=True, kw_only=True)
class StepIndicator(Indicator):
    """One point for each full number of years, up to a maximum (从事特定细分市场年限: 每满 2 年 1 分，最高 5 分)."""

    fact: str
    noun: str
    years: int
    cap: Decimal

    @property
    def max_points(self):
        """The cap."""
        return self.cap

    @property
    def threshold_shown(self):
        """The rule in words."""
        return f"每满 {self.years} 年得 1 分，最高 {plain(self.cap)} 分"

    def assess(self, facts: Mapping, year_names=None):
        """Count the full steps."""
        value = number(facts, self.fact)
        if value is None:
            return self._blank((self.noun,))
        steps = Decimal(int(value / self.years))
        points = min(self.cap, steps)
        lacking = (points + 1) * self.years - value
        return self._result(
            value=value, value_shown=f"{plain(value)} 年", points=points,
            band_shown=f"满 {plain(steps * self.years)} 年" if steps else f"不满 {self.years} 年",
            gap_shown="" if points == self.cap else f"再满 {plain(lacking)} 年，可得 {plain(points + 1)} 分",
        )


@dataclass(frozen=True, kw_only=True)
class PairBand(Band):
    """A band reached by a sum in 万元 (``at_least``) or by its share in percent (``share_at_least``)."""

    share_at_least: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class BetterOfTwoIndicator(BandedIndicator):
    """The better of a yearly sum (``fact``, 万元) and its share (``field``, %): 研发费用投入.

    While one of the two is blank only the best band is certain.
    """

    fact: str
    field: str

    def assess(self, facts: Mapping, year_names=None):
        """Take the first band that either figure reaches."""
        amount = number(facts, self.fact)
        share = FIELDS[self.field].compute(facts, year_names)
        band = next(band for band in self.bands if self._reached(band, amount, share.value))
        if band is not self.bands[0]:
            if amount is None:
                return self._blank((input_label(self.fact, year_names), *share.missing))
            if share.value is None:
                return self._blank(share.missing, share.reason)
        shown = "" if amount is None else f"{plain(amount)} 万元"
        shown += f"（占比 {share.shown}）" if share.shown else ""
        return self._scored(band, value=amount, value_shown=shown, gap_shown=self._gap(facts, amount, band))

    @staticmethod
    def _reached(band, amount, share):
        if band.at_least is None:
            return True
        by_amount = amount is not None and amount >= band.at_least
        return by_amount or (share is not None and share >= band.share_at_least)

    def _gap(self, facts, amount, band):
        """Words for what is missing to the next better band by either way."""
        better = self._better(band)
        if better is None:
            return ""
        money = money_to_target(FIELDS[self.field], facts, better.share_at_least)
        return (
            f"距“{better.label}”，按金额还差 {plain(better.at_least - amount)} 万元，"
            f"按占比还差约 {money}"
        )
