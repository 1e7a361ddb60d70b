"""A standard (认定标准, 评价标准): rules as data, one function that assesses facts against them.

How to add a standard, e.g. 专精特新 2026:

1. Write ``applications/standards/<tier>_<edition>.py`` with one ``STANDARD``. Copy the official wording of bands and
   conditions letter by letter; list bands best first; give bounds as Decimal (money 万元, ratios percent). Name the
   paragraph of the source in the module docstring, and every fact key in a TypedDict.
2. A ratio that no computed field gives yet goes into ``applications/computed.py`` (one function for each rule), never
   into the standard. Thresholds in percent are whole numbers; ``computed.round_percent`` relies on it.
3. A way of scoring that ``indicators.py`` and ``combined_indicators.py`` do not have is another subclass of
   ``Indicator`` with its own ``assess``.
4. A standard of conditions that must all be met (2026), or with conditions beside the score (2022 专精特新), lists them
   as ``conditions``: each a ``Condition`` with a rule put together from parts.py and conditions.py. The score is then
   the part ``Score`` of the condition that asks for it.
5. Add the ``STANDARD`` to ``registry.STANDARDS`` with its periods. New applications and renewals have periods of
   their own: the 2026 renewals of 小巨人 still used the 2022 standard (domain.md §0.4). Close the period of the edition
   before; periods of one tier may not overlap, the registry refuses to load then.
6. Test every bound: exactly on it, just below, just above, with literal figures.

A published standard is never edited: a change of the rules is a new module with a new code, because snapshots name it.
"""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from applications.standards.condition_results import HUMAN, MET, NOT_MET
from applications.standards.conditions import Condition
from applications.standards.indicators import DirectCondition, Indicator
from applications.standards.parts import Case
from applications.standards.regional import regional_indicators
from applications.standards.results import INCOMPLETE, MEETS, MEETS_DIRECT, NOT_YET, Assessment, GroupResult
from applications.standards.wording import explain, explain_conditions, summarise

#: Shown wherever bands are shown (domain.md §1.9.13).
BOUNDARY_NOTE = "“以上”“以下”均含本数；数值恰为两档分界时，取较高得分。"


@dataclass(frozen=True)
class Group:
    """A group of indicators (一类指标) with the minimum it must reach, if any."""

    code: str
    label: str
    minimum: Decimal = Decimal(0)


@dataclass(frozen=True)
class Period:
    """When a standard is used, for new applications (申报) or for renewals (复核). Both days are included."""

    renewal: bool
    valid_from: date
    valid_until: date | None = None

    def covers(self, *, renewal: bool, on: date) -> bool:
        """Whether the period holds for this kind of filing on this day."""
        started = self.valid_from <= on
        ended = self.valid_until is not None and on > self.valid_until
        return self.renewal == renewal and started and not ended


@dataclass(frozen=True)
class Standard:
    """A standard: conditions that must all be met; or ``pass_total`` points and every group minimum, or a direct one.

    ``source`` is the regulation as cited to the user; ``tier`` is innovative, specialized or little_giant.
    ``regional_group`` is the group whose indicators each province sets (地方特色指标), worth ``regional_points``;
    they stand where ``regional_group`` stands among the groups.
    """

    code: str
    tier: str
    tier_title: str
    title: str
    source: str
    periods: tuple[Period, ...]
    pass_total: Decimal = Decimal(0)
    groups: tuple[Group, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    directs: tuple[DirectCondition, ...] = ()
    conditions: tuple[Condition, ...] = ()
    regional_group: str = ""
    regional_points: Decimal = Decimal(0)

    @property
    def valid_from(self) -> date:
        """The first day on which the standard is used at all."""
        return min(period.valid_from for period in self.periods)

    @property
    def max_total(self) -> Decimal:
        """The full score of all indicators."""
        return sum((indicator.max_points for indicator in self.indicators), self.regional_points)

    def covers(self, *, renewal: bool, on: date) -> bool:
        """Whether the standard is used for this kind of filing on this day."""
        return any(period.covers(renewal=renewal, on=on) for period in self.periods)

    def indicators_of(self, region: str = "") -> tuple[Indicator, ...]:
        """The indicators, with those that the province of a region code has set, in the order of the groups."""
        if not self.regional_group:
            return self.indicators
        every = (*self.indicators, *regional_indicators(region))
        return tuple(indicator for group in self.groups for indicator in every if indicator.group == group.code)

    def assess(
        self, facts: Mapping, year_names: Mapping | None = None, *, renewal: bool = False, region: str = ""
    ) -> Assessment:
        """Assess the facts (fact key -> Decimal, int, bool, option or None; keys it does not know are ignored).

        An indicator with a blank input counts 0 points and names the input. ``year_names`` as in computed; ``renewal``
        tells a 复核 from a 申报; ``region`` is the code of 企业注册地, for the indicators that a province sets.
        Raises TypeError or ValueError for a fact of a wrong type, which the form must have refused.
        """
        indicators = tuple(indicator.assess(facts, year_names) for indicator in self.indicators_of(region))
        directs = tuple(direct.assess(facts) for direct in self.directs)
        groups = tuple(self._sum_up(group, indicators) for group in self.groups)
        total = sum((result.points for result in indicators), Decimal(0))
        unscored = [result for result in indicators if not result.complete]
        case = Case(
            facts, year_names, renewal, total,
            tuple(dict.fromkeys(label for result in unscored for label in result.missing)),
            tuple(result.reason for result in unscored if not result.missing),
        )
        conditions = tuple(condition.assess(case) for condition in self.conditions)
        if conditions:
            verdict = self._judge_conditions(conditions)
            shown = explain_conditions(verdict, conditions)
        else:
            verdict = self._judge(total, groups, indicators, directs)
            shown = explain(verdict, total, self.pass_total, groups, indicators, directs)
        return Assessment(
            self.code, self.title, self.source, BOUNDARY_NOTE, total, self.pass_total, self.max_total,
            groups, indicators, directs, verdict, shown, conditions, summarise(conditions),
        )

    def _sum_up(self, group, results):
        own = [result for result in results if result.group == group.code]
        points = sum((result.points for result in own), Decimal(0))
        full = sum((result.max_points for result in own), Decimal(0))
        return GroupResult(group.code, group.label, points, group.minimum, full)

    def _judge(self, total, groups, indicators, directs):
        """The pass rule. A sufficient score or a direct condition decides even when inputs are blank."""
        if total >= self.pass_total and all(group.met for group in groups):
            return MEETS
        if any(direct.met for direct in directs):
            return MEETS_DIRECT
        return NOT_YET if all(result.complete for result in indicators) else INCOMPLETE

    def _judge_conditions(self, conditions):
        """Every condition must be met. One that is not decides; what the authority judges does not stand in the way."""
        states = {condition.state for condition in conditions}
        if NOT_MET in states:
            return NOT_YET
        if not states <= {MET, HUMAN}:
            return INCOMPLETE
        return MEETS_DIRECT if any(condition.direct for condition in conditions) else MEETS
