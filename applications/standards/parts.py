"""The measurable parts of a condition (条件): a threshold, a claim, an answer, a list of answers, the score."""
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from applications.computed import amount, plain
from applications.standards.condition_results import HUMAN, MET, MISSING, NOT_MET, PartResult
from applications.standards.measures import Measure

BLANK = "未填写"


@dataclass(frozen=True)
class Case:
    """What a condition is assessed for: the facts, new or renewal, and the score of the standard's indicators.

    ``unscored`` names the blank inputs of the indicators, and ``unscored_reasons`` says why others have no score.
    """

    facts: Mapping
    year_names: Mapping | None = None
    renewal: bool = False
    total: Decimal = Decimal(0)
    unscored: tuple[str, ...] = ()
    unscored_reasons: tuple[str, ...] = ()


class Part(ABC):
    """A part of a condition; each kind says how it is assessed."""

    direct: bool = False

    @abstractmethod
    def assess(self, case: Case) -> PartResult:
        """Assess the part; a blank input gives MISSING and is named."""


@dataclass(frozen=True, kw_only=True)
class Threshold(Part):
    """A figure that must be at least, or at most, a bound; the bound itself suffices (domain.md §1.9.13).

    ``words`` tells the bound otherwise than "不低于 3%". ``absent`` is for a figure that need not exist: when it is blank
    it is not met, and shown with these words.
    """

    measure: Measure
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    words: str = ""
    absent: str = ""
    note: str = ""
    direct: bool = False

    def assess(self, case):
        """Compare the exact value, never the rounded one."""
        reading = self.measure.read(case.facts, case.year_names)
        told = {"label": reading.label, "threshold_shown": self._bound(), "note": self.note, "direct": self.direct}
        if reading.value is None:
            if self.absent:
                return PartResult(state=NOT_MET, value_shown=self.absent, **told)
            value_shown = "" if reading.reason and not reading.missing else BLANK
            return PartResult(
                state=MISSING, value_shown=value_shown, gap_shown=reading.reason, missing=reading.missing, **told
            )
        rising = self.at_least is not None
        met = reading.value >= self.at_least if rising else reading.value <= self.at_most
        gap = "" if met else self._gap(case.facts, reading.value)
        state = MET if met else NOT_MET
        return PartResult(state=state, value_shown=reading.shown, value=reading.value, gap_shown=gap, **told)

    def _bound(self):
        if self.words:
            return self.words
        if self.at_least is not None:
            return "不低于 " + amount(plain(self.at_least), self.measure.unit)
        return "不超过 " + amount(plain(self.at_most), self.measure.unit)

    def _gap(self, facts, value):
        if self.at_least is not None:
            return "还差 " + self.measure.distance(facts, value, self.at_least)
        return "超出 " + self.measure.distance(facts, value, self.at_most)


@dataclass(frozen=True, kw_only=True)
class Claim(Part):
    """A yes-or-no statement of the enterprise; with ``human`` a yes is left to the judgement of the authority."""

    fact: str
    label: str
    human: bool = False
    note: str = ""
    direct: bool = False

    def assess(self, case):
        """Take the answer. Raises TypeError for a claim that is not True, False or None."""
        claim = case.facts.get(self.fact)
        told = {"label": self.label, "threshold_shown": "须符合", "note": self.note, "direct": self.direct}
        if claim is None:
            gap = f"缺少：{self.label}"
            return PartResult(state=MISSING, value_shown=BLANK, gap_shown=gap, missing=(self.label,), **told)
        if not isinstance(claim, bool):
            raise TypeError(f"fact {self.fact} must be True, False or None, not {type(claim).__name__}")
        if not claim:
            return PartResult(state=NOT_MET, value_shown="否", **told)
        if self.human:
            gap = "企业填报符合，没有量化标准，由审核部门判断"
            return PartResult(state=HUMAN, value_shown="是", gap_shown=gap, **told)
        return PartResult(state=MET, value_shown="是", **told)


@dataclass(frozen=True, kw_only=True)
class Picked(Part):
    """An answer picked from options ({value: label}) that must be one of ``accepted``."""

    fact: str
    label: str
    options: Mapping = field(hash=False)
    accepted: tuple[str, ...]
    words: str
    note: str = ""

    def assess(self, case):
        """Take the option picked. Raises ValueError for an option that does not exist."""
        option = case.facts.get(self.fact)
        told = {"label": self.label, "threshold_shown": self.words, "note": self.note}
        if option in (None, ""):
            gap = f"缺少：{self.label}"
            return PartResult(state=MISSING, value_shown=BLANK, gap_shown=gap, missing=(self.label,), **told)
        if option not in self.options:
            raise ValueError(f"fact {self.fact} has no option {option!r}")
        met = option in self.accepted
        return PartResult(state=MET if met else NOT_MET, value_shown=self.options[option], **told)


@dataclass(frozen=True, kw_only=True)
class Listed(Part):
    """Answers ticked from options ({value: label}), of which at least one must be in ``accepted`` (blank: any of them).

    Nothing ticked is an answer (none), None is a blank.
    """

    fact: str
    label: str
    options: Mapping = field(hash=False)
    accepted: tuple[str, ...] = ()
    words: str = "至少 1 项"

    def assess(self, case):
        """Look for an accepted answer. Raises ValueError for an option that does not exist."""
        ticked = case.facts.get(self.fact)
        told = {"label": self.label, "threshold_shown": self.words}
        if ticked is None:
            gap = f"缺少：{self.label}"
            return PartResult(state=MISSING, value_shown=BLANK, gap_shown=gap, missing=(self.label,), **told)
        unknown = set(ticked) - set(self.options)
        if unknown:
            raise ValueError(f"fact {self.fact} has no option {sorted(unknown)}")
        counted = [option for option in ticked if not self.accepted or option in self.accepted]
        shown = "、".join(self.options[option] for option in ticked) or "无"
        gap = "" if counted else "还差 1 项"
        return PartResult(state=MET if counted else NOT_MET, value_shown=shown, gap_shown=gap, **told)


@dataclass(frozen=True, kw_only=True)
class Score(Part):
    """The score of the standard's indicators; blanks leave it open only while it does not suffice."""

    at_least: Decimal
    label: str = "指标得分"

    def assess(self, case):
        """Compare the sum of points."""
        told = {
            "label": self.label,
            "threshold_shown": f"不低于 {plain(self.at_least)} 分",
            "value_shown": f"{plain(case.total)} 分",
            "value": case.total,
        }
        if case.total >= self.at_least:
            return PartResult(state=MET, **told)
        gap = f"还差 {plain(self.at_least - case.total)} 分"
        if case.unscored or case.unscored_reasons:
            gap = f"目前{gap}，尚有指标未填写完整"
            return PartResult(state=MISSING, gap_shown=gap, missing=case.unscored, **told)
        return PartResult(state=NOT_MET, gap_shown=gap, **told)
