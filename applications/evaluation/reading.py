"""Reading the facts of a form for an indicator: what is there, and the names of what is blank."""
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from applications.computed import INPUT_LABELS, number, plain

#: y1 = the last full accounting year, y2 and y3 the two before it.
YEARS = ("y1", "y2", "y3")
#: Labels of the inputs, for naming what is missing.
LABELS = INPUT_LABELS | {
    "segment_years": "从事特定细分市场时间", "inventions": "有效发明专利数量",
    "inventions_main_class": "主导产品主要技术类别的发明专利数量", "inventions_recent": "近三年授权的发明专利数量",
    "standards_lead_national": "主持制修订国际、国家标准数量", "standards_lead_industry": "主持制修订行业标准数量",
    "standards_joined": "参与制修订标准数量", "quality_level": "质量管理体系认证情况", "product_certificates": "产品认证",
    "digital_score": "数字化水平评测得分", "smart_titles": "智能工厂等称号", "integration": "两化融合水平",
    "green_titles": "绿色制造称号", "pct_patents": "PCT 专利数量", "award_best": "科技奖项", "rd_body_level": "研发机构级别",
    "chain_work": "参与支撑重点产业链工作", "chain_honours": "获得产业链相关称号、荣誉", "entity_list": "被列入实体清单",
}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """What the facts say for one indicator.

    ``measures`` are (name of the scale, figure or option); ``shown`` is for the eye. Without measures ``missing``
    names the blank inputs or ``note`` says why the figure cannot be computed.
    """

    measures: tuple[tuple[str, object], ...] = ()
    shown: str = ""
    missing: tuple[str, ...] = ()
    note: str = ""


class Blank(Exception):
    """An input is blank or a base is not positive; carries the Reading that says so."""

    def __init__(self, *missing, note=""):
        super().__init__(note)
        self.reading = Reading(missing=tuple(dict.fromkeys(missing)), note=note)


class Inputs:
    """The facts with the calendar year of y1; reading one that is blank ends the indicator."""

    def __init__(self, facts: Mapping, last_year: int):
        self.facts = facts
        self.names = {year: f"{last_year - place}年" for place, year in enumerate(YEARS)}

    def label(self, key):
        """The label of a fact: 'revenue_y1' -> '2025年营业收入'."""
        name, _, year = key.rpartition("_")
        return self.names[year] + LABELS[name] if year in YEARS else LABELS[key]

    def numbers(self, *keys):
        """Return the figures; all blank ones are named together."""
        values = [number(self.facts, key) for key in keys]
        blank = [self.label(key) for key, value in zip(keys, values, strict=True) if value is None]
        if blank:
            raise Blank(*blank)
        return values

    def yearly(self, name):
        """Return the figures of the three years, the newest first."""
        return self.numbers(*(f"{name}_{year}" for year in YEARS))

    def answer(self, key):
        """Return an option, a tuple of options or a yes/no that was answered."""
        value = self.facts.get(key)
        if value is None or value == "":
            raise Blank(self.label(key))
        return value

    def positive(self, key, value):
        """Refuse a base of a ratio that is not positive."""
        if value <= 0:
            note = f"{self.label(key)}为 {plain(value)}，不是正数，无法计算，计 0 分；如填写有误，请更正"
            raise Blank(note=note)
        return value


def rounded(value: Decimal) -> Decimal:
    """A figure with 2 decimals, for the eye: no threshold hangs on it, so it is simply rounded half-up."""
    value = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return abs(value) if value == 0 else value


def read(function, inputs):
    """Return the Reading of an indicator, blank ones included."""
    try:
        return function(inputs)
    except Blank as blank:
        return blank.reading
