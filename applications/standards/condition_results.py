"""What an assessment says of a condition (条件) and its parts: value, threshold, met or not, and what is missing.

A condition is a tree of parts; for snapshots it becomes a list of rows with a depth, which any reader can show as a
table without knowing how parts are combined.
"""
from dataclasses import dataclass, replace
from decimal import Decimal

from applications.computed import plain

#: States of a part and of a condition.
MET = "met"
NOT_MET = "not_met"
MISSING = "missing"
HUMAN = "human"
NEEDLESS = "needless"

STATE_LABELS = {
    MET: "满足",
    NOT_MET: "未满足",
    MISSING: "待补充",
    HUMAN: "由审核部门判断",
    NEEDLESS: "不要求",
}

#: How the parts of a composition belong together.
ALL = "all"
ANY = "any"


@dataclass(frozen=True)
class PartResult:
    """One part of a condition: a measured one, or with ``parts`` a composition that is ``joined`` by ALL or ANY.

    ``gap_shown`` says what is missing in words, ``missing`` names the blank inputs. HUMAN is a claim of the enterprise
    without a measure, which the authority judges; NEEDLESS is what is not asked for, because an alternative is met or
    because a renewal (复核) is excused from it. ``direct`` marks a direct way (直通) through the condition.
    """

    label: str
    state: str
    threshold_shown: str = ""
    value_shown: str = ""
    value: Decimal | None = None
    gap_shown: str = ""
    missing: tuple[str, ...] = ()
    note: str = ""
    joined: str = ""
    direct: bool = False
    parts: tuple["PartResult", ...] = ()

    @property
    def suffices(self) -> bool:
        """Whether nothing more is asked of the enterprise here; a claim that others judge suffices."""
        return self.state in (MET, HUMAN, NEEDLESS)

    def excused(self, reason="") -> "PartResult":
        """Return the part as one that is not asked for; what is met anyhow stays met."""
        if self.state == MET:
            return self
        parts = tuple(part.excused() for part in self.parts)
        return replace(self, state=NEEDLESS, gap_shown=reason, missing=(), parts=parts)

    def lacking(self) -> str:
        """What is missing, in words: '2025年营业收入 900 万元，还差 600 万元；缺少：2025年负债总额'."""
        sentences = [*self._sentences()]
        if self.missing and self.value is None:
            sentences.append("缺少：" + "、".join(dict.fromkeys(self.missing)))
        return "；".join(sentences)

    def _sentences(self):
        """Yield a sentence for each part with a value that does not suffice; of alternatives, one for all of them."""
        if self.joined == ALL:
            for part in self.parts:
                if not part.suffices:
                    yield from part._sentences()
        elif self.joined == ANY:
            first, *others = self.parts
            told = "；".join(first._sentences())
            if self.state == MISSING:
                yield from [told] if told else []
            elif len(others) == 1:
                yield f"{told}，或{'；'.join(others[0]._sentences()) or others[0].label + '未填写'}"
            else:
                yield f"{told}，其余 {len(others)} 项可替代的条件也未满足"
        elif self.value_shown and (self.value is not None or not self.missing):
            if self.gap_shown:
                yield f"{self.label} {self.value_shown}，{self.gap_shown}"
            else:
                yield f"{self.label}：{self.value_shown}"
        elif not self.missing:
            yield self.gap_shown

    def rows(self, depth=0, option=0):
        """Yield the part and everything below it as JSON-ready rows; ``option`` counts alternatives from 1."""
        yield {
            "label": self.label,
            "state": self.state,
            "state_shown": STATE_LABELS[self.state],
            "threshold_shown": self.threshold_shown,
            "value_shown": self.value_shown,
            "value": None if self.value is None else plain(self.value),
            "gap_shown": self.gap_shown,
            "missing": list(self.missing),
            "note": self.note,
            "joined": self.joined,
            "depth": depth,
            "option": option,
        }
        yield from self.rows_below(depth + 1)

    def rows_below(self, depth=0):
        """Yield the rows of the parts; those of alternatives are numbered."""
        for place, part in enumerate(self.parts, start=1):
            yield from part.rows(depth, place if self.joined == ANY else 0)


@dataclass(frozen=True)
class ConditionResult:
    """One condition (条件) of a standard with the result of its rule.

    ``text`` is the official wording; ``note`` a remark that is always shown with it, e.g. on 非官方权重.
    """

    code: str
    label: str
    text: str
    rule: PartResult
    note: str = ""

    @property
    def state(self) -> str:
        """MET, NOT_MET, MISSING or HUMAN."""
        return MET if self.rule.state == NEEDLESS else self.rule.state

    @property
    def met(self) -> bool:
        """Whether the figures and answers meet it."""
        return self.state == MET

    @property
    def direct(self) -> bool:
        """Whether only a direct way (直通) meets it."""
        return self.rule.direct

    @property
    def missing(self) -> tuple[str, ...]:
        """Labels of the blank inputs that could still change the result, each once."""
        return tuple(dict.fromkeys(self.rule.missing))

    def as_payload(self) -> dict:
        """The condition as JSON-ready data; a composition at the top gives its parts as the rows."""
        return {
            "code": self.code,
            "label": self.label,
            "text": self.text,
            "note": self.note,
            "state": self.state,
            "state_shown": STATE_LABELS[self.state],
            "met": self.met,
            "direct": self.direct,
            "lacking_shown": "" if self.rule.suffices else self.rule.lacking(),
            "missing": list(self.missing),
            "joined": self.rule.joined,
            "parts": [*(self.rule.rows_below() if self.rule.joined else self.rule.rows())],
        }
