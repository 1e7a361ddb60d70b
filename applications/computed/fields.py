"""A computed field, its result for one set of facts, and the labels of the figures it is computed from."""
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from applications.computed.figures import amount, number, plain, round_percent

#: How the years are called when the caller does not know the calendar years.
YEAR_NAMES = {"y1": "上年度", "y2": "上上年度", "y3": "上上年度前一年"}

#: Labels of the yearly figures, without the year (rows of domain.md §5.2, part 二, and §3.3).
INPUT_LABELS = {
    "employees": "全职员工数量",
    "rd_staff": "研发人员数量",
    "revenue": "营业收入",
    "main_revenue": "主营业务收入",
    "main_cost": "主营业务成本",
    "sales_expense": "销售费用",
    "admin_expense": "管理费用",
    "total_profit": "利润总额",
    "net_profit": "净利润总额",
    "net_assets": "净资产",
    "total_assets": "资产总额",
    "total_liabilities": "负债总额",
    "rd_expense": "研发费用总额",
    "tax": "上缴税金",
    "equity_financing": "股权融资总额",
    "bank_loans": "银行贷款",
    "exports": "出口额",
}


@dataclass(frozen=True)
class ComputedResult:
    """One computed field for one set of facts. ``value`` is exact, in ``unit``; None when it cannot be computed.

    ``shown`` is the value for the eye ('2.80%', '75.00 万元/人', empty when blank), ``figure`` the same without the
    unit. ``missing`` names the blank inputs by label; ``reason`` is the Chinese sentence that explains a blank result.
    """

    key: str
    label: str
    value: Decimal | None
    figure: str
    missing: tuple[str, ...] = ()
    reason: str = ""
    unit: str = "%"

    @property
    def shown(self) -> str:
        """The value with its unit, empty when blank."""
        return amount(self.figure, self.unit) if self.figure else ""


@dataclass(frozen=True)
class ComputedField:
    """A figure computed from yearly figures. ``inputs`` are fact keys; ``function`` takes their values in that order.

    ``year`` is the year of the result, "" for a figure over several years. ``bases`` are the inputs that must be
    positive. ``inverse(target, *values of the other inputs)`` gives the first input that yields the target, None where
    no threshold needs it.
    """

    name: str
    year: str
    inputs: tuple[str, ...]
    function: Callable[..., Decimal]
    title: str
    bases: tuple[str, ...] = ()
    inverse: Callable[..., Decimal] | None = None
    unit: str = "%"

    @property
    def key(self) -> str:
        """The registry key, e.g. 'rd_ratio_y1', or the name of a figure over several years."""
        return f"{self.name}_{self.year}" if self.year else self.name

    def label(self, year_names: Mapping | None = None) -> str:
        """The label with its year: '上年度研发费用占营业收入比重'."""
        return (year_name(self.year, year_names) if self.year else "") + self.title

    def input_labels(self, year_names: Mapping | None = None) -> tuple[str, ...]:
        """The labels of the inputs, in the order of ``inputs``."""
        return tuple(input_label(key, year_names) for key in self.inputs)

    def compute(self, facts: Mapping, year_names: Mapping | None = None) -> ComputedResult:
        """Compute the field, or say why it is blank: inputs missing, or a base that is not positive.

        A base of 0 allows no percentage, and over a negative base (a loss in the year before) a growth rate has the
        wrong sign; §1.9.14 is silent on it, so the field stays blank and says so.
        """
        label = self.label(year_names)
        values = {key: number(facts, key) for key in self.inputs}
        missing = tuple(input_label(key, year_names) for key, value in values.items() if value is None)
        if missing:
            return self._blank(label, missing, "缺少：" + "、".join(missing))
        for key in self.bases:
            if values[key] <= 0:
                base = f"{input_label(key, year_names)}为 {plain(values[key])}"
                return self._blank(label, (), f"{base}，不是正数，无法计算{label}；如填写有误，请更正")
        value = self.function(*values.values())
        return ComputedResult(self.key, label, value, self.figure(value), unit=self.unit)

    def figure(self, value: Decimal) -> str:
        """The value for the eye without its unit: sums of money as they are, everything else with 2 decimals."""
        return plain(value) if self.unit == "万元" else f"{round_percent(value):f}"

    def _blank(self, label, missing, reason):
        return ComputedResult(self.key, label, None, "", missing, reason, self.unit)


def input_label(key: str, year_names: Mapping | None = None) -> str:
    """The label of a yearly figure: 'revenue_y1' -> '上年度营业收入', or '2025年营业收入' with year names."""
    name, _, year = key.rpartition("_")
    return year_name(year, year_names) + INPUT_LABELS[name]


def year_name(year: str, year_names: Mapping | None = None) -> str:
    """How a year is called: 'y1' -> '上年度', or '2025年' with year names."""
    return {**YEAR_NAMES, **(year_names or {})}[year]
