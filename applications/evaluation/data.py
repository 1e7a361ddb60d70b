"""Weights and industry means: the shipped defaults, and the shapes in which editions of the ministry come in."""
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from applications.computed import plain
from applications.evaluation.catalogue import BONUS, INDICATORS
from applications.evaluation.scales import Scale

_FOLDER = Path(__file__).resolve().parent.parent / "data"
_CENT = Decimal("0.01")
FULL_TOTAL = Decimal(100)
BONUS_LIMIT = Decimal(10)


@dataclass(frozen=True)
class Weights:
    """One edition of weights: ``points`` {indicator code: full points}, the bonus items included."""

    code: str
    title: str
    is_official: bool
    points: Mapping[str, Decimal]
    source: str = ""

    def full_points(self) -> dict[str, Decimal]:
        """The full points that count, {code: points of 2 decimals}; they add to 100.

        An indicator without data gets 0 and its weight is spread over the others of its dimension by their weights;
        what rounding leaves goes to the heaviest.
        """
        full = {code: Decimal(0) for code in INDICATORS}
        for dimension in dict.fromkeys(indicator.dimension for indicator in INDICATORS.values()):
            own = [indicator for indicator in INDICATORS.values() if indicator.dimension == dimension]
            total = sum((self.points[indicator.code] for indicator in own), Decimal(0))
            counted = {indicator.code: self.points[indicator.code] for indicator in own if indicator.has_data}
            base = sum(counted.values(), Decimal(0))
            if base <= 0:
                continue
            for code, points in counted.items():
                full[code] = (points * total / base).quantize(_CENT, ROUND_HALF_UP)
            heaviest = max(counted, key=counted.get)
            full[heaviest] += total - sum((full[code] for code in counted), Decimal(0))
        return full


def check_points(points: Mapping) -> list[str]:
    """Return Chinese sentences for what is wrong with the {code: points} of an edition; [] when nothing is."""
    wanted = {**INDICATORS, **BONUS}
    problems = [f"缺少指标“{entry.label}”的分值，请填写。" for code, entry in wanted.items() if points.get(code) is None]
    problems += [f"没有编号为“{code}”的指标，请删去。" for code in points if code not in wanted]
    if problems:
        return problems
    amounts = {code: Decimal(str(value)) for code, value in points.items()}
    problems = [
        f"{wanted[code].label}的分值是 {value}，分值应在 0 到 100 之间、最多两位小数，请更正。"
        for code, value in amounts.items()
        if not 0 <= value <= 100 or value != value.quantize(_CENT)
    ]
    total = sum((amounts[code] for code in INDICATORS), Decimal(0))
    if total != FULL_TOTAL:
        distance = f"{'多' if total > 100 else '少'} {plain(abs(total - 100))} 分"
        problems.append(f"23 项指标的分值合计是 {plain(total)}，应为 100，请调整（{distance}）。")
    for dimension in dict.fromkeys(entry.dimension for entry in INDICATORS.values()):
        own = [entry for entry in INDICATORS.values() if entry.dimension == dimension]
        if not any(amounts[entry.code] > 0 for entry in own if entry.has_data):
            problems.append(f"“{own[0].label}”所在维度没有一项可计算的指标有分值，请至少给其中一项分值。")
    bonus = sum((amounts[code] for code in BONUS), Decimal(0))
    if bonus > BONUS_LIMIT:
        problems.append(f"加分项合计是 {plain(bonus)} 分，最多 {BONUS_LIMIT} 分，请调整。")
    return problems


def read_weights(*, code, title, is_official, points, source="") -> Weights:
    """Return the Weights of stored data. Raises ValueError when the points are not those of an edition."""
    problems = check_points(points)
    if problems:
        raise ValueError("".join(problems))
    amounts = {name: Decimal(str(value)) for name, value in points.items()}
    return Weights(code, title, is_official, amounts, source)


@cache
def _file(name):
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))


@cache
def default_weights() -> Weights:
    """The shipped weights (非官方权重)."""
    data = _file("evaluation_weights_default.json")
    return read_weights(**{name: data[name] for name in ("code", "title", "is_official", "points", "source")})


@cache
def scales() -> dict[str, Scale]:
    """The shipped scales by name."""
    return {name: Scale.from_data(data) for name, data in _file("evaluation_weights_default.json")["scales"].items()}


@dataclass(frozen=True)
class Mean:
    """An industry mean: value, the accounting year it is of, the division ("" for all industries), source."""

    value: Decimal
    year: int
    division: str
    source: str
    is_default: bool = False

    @property
    def told(self) -> str:
        """Where it comes from, in words: '2025年 35大类 · 国家统计局'."""
        if self.is_default:
            return "平台默认均值"
        place = f"行业大类 {self.division}" if self.division else "全行业"
        return f"{self.year}年 {place} · {self.source}"


class Means:
    """Industry means that an evaluation may use; the shipped defaults stand in for what is not there."""

    def __init__(self, rows=()):
        """Take rows of (year, division, figure, value, source)."""
        self._known = {(year, division, figure): (value, source) for year, division, figure, value, source in rows}

    def find(self, figure: str, division: str, year: int) -> Mean:
        """The mean of the division for the accounting year or the newest before; else of all industries; else ours."""
        for wanted in dict.fromkeys((division, "")):
            years = [known for known, where, what in self._known if (where, what) == (wanted, figure) and known <= year]
            if years:
                value, source = self._known[max(years), wanted, figure]
                return Mean(value, max(years), wanted, source)
        data = _file("industry_means_default.json")
        return Mean(Decimal(data["means"][figure]), data["year"], "", data["source"], is_default=True)
