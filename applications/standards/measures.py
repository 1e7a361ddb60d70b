"""What a threshold is compared with: a computed field, or a fact as it is; each knows its label, unit and distance."""
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext

from applications.computed import FIELDS, INPUT_LABELS, amount, input_label, number, plain, round_percent


@dataclass(frozen=True)
class Reading:
    """A measure read from facts; without a value ``missing`` names blank inputs and ``reason`` is the sentence."""

    label: str
    value: Decimal | None
    shown: str = ""
    missing: tuple[str, ...] = ()
    reason: str = ""


class Measure(ABC):
    """A figure with a unit that can be read from facts."""

    unit: str

    @abstractmethod
    def read(self, facts: Mapping, year_names: Mapping | None = None) -> Reading:
        """Read the value, or say which inputs are blank."""

    def distance(self, facts: Mapping, value: Decimal, target: Decimal) -> str:
        """The distance between value and target in words, always positive: '82 万元', '2 个百分点'."""
        return amount(plain(abs(target - value)), "个百分点" if self.unit == "%" else self.unit)


@dataclass(frozen=True)
class Computed(Measure):
    """A computed field (applications/computed) by key."""

    key: str

    @property
    def unit(self):
        """The unit of the field."""
        return FIELDS[self.key].unit

    def read(self, facts, year_names=None):
        """Compute the field."""
        result = FIELDS[self.key].compute(facts, year_names)
        return Reading(result.label, result.value, result.shown, result.missing, result.reason)

    def distance(self, facts, value, target):
        """A ratio in percentage points and in 万元 of its first input: '0.2 个百分点，约 12 万元（研发费用总额）'."""
        if self.unit != "%":
            return super().distance(facts, value, target)
        with localcontext(prec=80):
            points = abs(target - round_percent(value))
        sum_shown = money_to_target(FIELDS[self.key], facts, target)
        return f"{plain(points)} 个百分点" + (f"，约 {sum_shown}" if sum_shown else "")


@dataclass(frozen=True)
class Fact(Measure):
    """A fact as it was typed or counted. ``noun`` is its label; a yearly figure has its label of INPUT_LABELS.

    ``shape`` shows the value otherwise than with its unit behind it, e.g. "第 {} 名".
    """

    key: str
    noun: str = ""
    unit: str = "万元"
    shape: str = ""

    def read(self, facts, year_names=None):
        """Read the fact."""
        label = self.noun or input_label(self.key, year_names)
        value = number(facts, self.key)
        if value is None:
            return Reading(label, None, missing=(label,), reason=f"缺少：{label}")
        shown = self.shape.format(plain(value)) if self.shape else amount(plain(value), self.unit)
        return Reading(label, value, shown)


def money_to_target(field, facts, target):
    """How much the first input of a ratio must change to reach the target: '12 万元（研发费用总额）', '3 人（…）'.

    The other inputs are taken as they stand. The sum is rounded up to 0.01 (heads to 1), so that it really suffices.
    """
    first, *others = (number(facts, key) for key in field.inputs)
    name = field.inputs[0].rpartition("_")[0]
    unit, step = ("人", Decimal(1)) if name == "rd_staff" else ("万元", Decimal("0.01"))
    with localcontext(prec=80):
        lacking = abs(field.inverse(target, *others) - first).quantize(step, ROUND_CEILING)
    return f"{plain(lacking)} {unit}（{INPUT_LABELS[name]}）"
