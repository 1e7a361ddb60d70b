"""Computed fields (自动计算字段): name -> inputs -> function, one function for each rule.

Autosave, submit and the standards all read this registry, so a ratio has one formula and one way to be shown.
Money is in 万元, head counts in 人, results in percent. A fact is a Decimal or an int, never a float; None means blank.

Years: y1 = 上年度 (the last full accounting year), y2 = 上上年度, y3 = the year before that. Pass ``year_names``
(``{"y1": "2025年", ...}``) and every label names the calendar year.
"""
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

#: How the years are called when the caller does not know the calendar years.
YEAR_NAMES = {"y1": "上年度", "y2": "上上年度", "y3": "上上年度前一年"}

#: Labels of the yearly figures, without the year (rows of domain.md §5.2, part 二).
INPUT_LABELS = {
    "employees": "全职员工数量",
    "rd_staff": "研发人员数量",
    "revenue": "营业收入",
    "main_revenue": "主营业务收入",
    "net_profit": "净利润总额",
    "total_assets": "资产总额",
    "total_liabilities": "负债总额",
    "rd_expense": "研发费用总额",
}

#: More digits than any figure of a form has, so that showing a number never fails or rounds twice.
_SHOWING_PRECISION = 80


def number(facts: Mapping, key: str) -> Decimal | None:
    """Read one fact as a Decimal; None when it is blank.

    Raises TypeError for a float, a bool or text and ValueError for NaN or infinity: the form cleans what people type,
    so those are mistakes of the caller.
    """
    value = facts.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise TypeError(f"fact {key} must be a Decimal or an int, not {type(value).__name__}")
    value = Decimal(value)
    if not value.is_finite():
        raise ValueError(f"fact {key} must be finite, not {value}")
    return value


def plain(value: Decimal) -> str:
    """Show a Decimal without exponent and trailing zeros: 12.50 -> '12.5', 1E+3 -> '1000'."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def round_percent(value: Decimal) -> Decimal:
    """Round a percentage half-up to 2 decimals, or to as many more as keep it off a whole percent that it is not.

    Every threshold of the standards is a whole percent. A figure that only rounds to one would be read as reaching
    it (2.996 as "3.00", 55.004 as "55.00"), so such a figure keeps its digits: 2.996, 55.004.
    """
    with localcontext(prec=_SHOWING_PRECISION):
        digits = 2
        rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
        while rounded != value and rounded == rounded.to_integral_value():
            digits += 1
            rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def show_percent(value: Decimal) -> str:
    """Show a percentage as a person reads it, e.g. '2.80%' (see ``round_percent``)."""
    return f"{round_percent(value):f}%"


def share(part: Decimal, whole: Decimal) -> Decimal:
    """占比: part / whole × 100%."""
    return part * 100 / whole


def part_at_share(percent: Decimal, whole: Decimal) -> Decimal:
    """The part that makes ``percent`` of the whole (the inverse of ``share``)."""
    return percent * whole / 100


def growth(present: Decimal, base: Decimal) -> Decimal:
    """增长率: (本年 − 上年) / 上年 × 100% (domain.md §1.9.14)."""
    return (present - base) * 100 / base


def present_at_growth(percent: Decimal, base: Decimal) -> Decimal:
    """The figure that has grown by ``percent`` over the base year (the inverse of ``growth``)."""
    return base * (100 + percent) / 100


@dataclass(frozen=True)
class ComputedResult:
    """One computed field for one set of facts. ``value`` is exact, in percent; None when it cannot be computed.

    ``shown`` is the value for the eye ('2.80%', empty when blank), ``figure`` the same without the unit.
    ``missing`` names the blank inputs by label; ``reason`` is the Chinese sentence that explains a blank result.
    """

    key: str
    label: str
    value: Decimal | None
    shown: str
    missing: tuple[str, ...] = ()
    reason: str = ""

    @property
    def figure(self) -> str:
        """The value as shown, without its unit: '2.80', empty when blank."""
        return self.shown.removesuffix("%")


@dataclass(frozen=True)
class ComputedField:
    """A percentage of two yearly figures. ``inputs`` are fact keys: first the numerator, then the base.

    ``inverse(percent, base)`` gives the numerator that yields the percentage: what is missing to a threshold in 万元.
    """

    name: str
    year: str
    inputs: tuple[str, str]
    function: Callable[[Decimal, Decimal], Decimal]
    inverse: Callable[[Decimal, Decimal], Decimal]
    title: str
    unit: str = "%"

    @property
    def key(self) -> str:
        """The registry key, e.g. 'rd_ratio_y1'."""
        return f"{self.name}_{self.year}"

    def label(self, year_names: Mapping | None = None) -> str:
        """The label with its year: '上年度研发费用占营业收入比重'."""
        return _year_name(self.year, year_names) + self.title

    def input_labels(self, year_names: Mapping | None = None) -> tuple[str, ...]:
        """The labels of the inputs, in the order of ``inputs``."""
        return tuple(input_label(key, year_names) for key in self.inputs)

    def compute(self, facts: Mapping, year_names: Mapping | None = None) -> ComputedResult:
        """Compute the field, or say why it is blank: inputs missing, or a base that is not positive.

        A base of 0 allows no percentage, and over a negative base (a loss in the year before) a growth rate has the
        wrong sign; §1.9.14 is silent on it, so the field stays blank and says so.
        """
        label = self.label(year_names)
        values = [number(facts, key) for key in self.inputs]
        labels = self.input_labels(year_names)
        missing = tuple(name for name, value in zip(labels, values, strict=True) if value is None)
        if missing:
            return ComputedResult(self.key, label, None, "", missing, "缺少：" + "、".join(missing))
        base = values[1]
        if base <= 0:
            reason = f"{labels[1]}为 {plain(base)}，不是正数，无法计算{label}；如填写有误，请更正"
            return ComputedResult(self.key, label, None, "", (), reason)
        value = self.function(*values)
        return ComputedResult(self.key, label, value, show_percent(value))


def input_label(key: str, year_names: Mapping | None = None) -> str:
    """The label of a yearly figure: 'revenue_y1' -> '上年度营业收入', or '2025年营业收入' with year names."""
    name, _, year = key.rpartition("_")
    return _year_name(year, year_names) + INPUT_LABELS[name]


def _year_name(year, year_names):
    return {**YEAR_NAMES, **(year_names or {})}[year]


def _shares(name, title, part, whole):
    return [
        ComputedField(name, year, (f"{part}_{year}", f"{whole}_{year}"), share, part_at_share, title)
        for year in ("y1", "y2", "y3")
    ]


def _growths(name, title, figure):
    return [
        ComputedField(name, year, (f"{figure}_{year}", f"{figure}_{before}"), growth, present_at_growth, title)
        for year, before in (("y1", "y2"), ("y2", "y3"))
    ]


#: Every computed field by key, in the order of the form.
FIELDS: dict[str, ComputedField] = {
    field.key: field
    for field in (
        *_shares("rd_ratio", "研发费用占营业收入比重", "rd_expense", "revenue"),
        *_shares("main_ratio", "主营业务收入占营业收入比重", "main_revenue", "revenue"),
        *_growths("main_growth", "主营业务收入增长率", "main_revenue"),
        *_growths("net_profit_growth", "净利润增长率", "net_profit"),
        *_shares("debt_ratio", "资产负债率", "total_liabilities", "total_assets"),
        *_shares("rd_staff_ratio", "研发人员占比", "rd_staff", "employees"),
    )
}


def compute_all(facts: Mapping, year_names: Mapping | None = None) -> dict[str, ComputedResult]:
    """Compute every field from the facts; key -> result, in the order of the form."""
    return {key: field.compute(facts, year_names) for key, field in FIELDS.items()}
