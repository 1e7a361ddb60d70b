"""特色化 indicators (地方特色指标) of the 2022 专精特新 standard: 1 to 3 for each province, 15 points in all (domain.md §1.7).

They are data: ``applications/data/regional_indicators_2022.json`` by code of the province (GB/T 2260); a 计划单列市 sets
its own and has its own code. ``certainty`` is "confirmed" for what a source tells, "default" for what the portal
assumes; a default is labelled wherever it is shown. A province without data scores 0 and says so.
"""
import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from applications.standards.indicators import ChoiceBand, ChoiceIndicator, Indicator

GROUP = "feature"
FULL_POINTS = Decimal(15)
NOT_ENTERED = "本省特色化指标尚未录入，按 0 分计"
#: The remark of indicators whose points the portal assumes.
ASSUMED = "分值为平台默认值，非官方，以本省细则为准"

_FILE = Path(__file__).resolve().parent.parent / "data" / "regional_indicators_2022.json"
#: 计划单列市: 大连, 宁波, 厦门, 青岛, 深圳.
_SEPARATE_PLANNING = {"2102", "3302", "3502", "3702", "4403"}


@dataclass(frozen=True, kw_only=True)
class RegionalIndicator(ChoiceIndicator):
    """An indicator that a province has set; ``remark`` tells how certain it is."""

    remark: str = ""

    @property
    def threshold_shown(self):
        """The options in words, with the remark."""
        return super().threshold_shown + (f"（{self.remark}）" if self.remark else "")


@dataclass(frozen=True)
class NotEntered(Indicator):
    """The place of the indicators of a province that has none entered: 0 points, whatever is answered."""

    @property
    def max_points(self):
        """The points that the national text gives to the province."""
        return FULL_POINTS

    @property
    def threshold_shown(self):
        """What is known of it."""
        return "由各省确定 1～3 项指标，满分 15 分"

    def assess(self, facts, year_names=None):
        """Score 0 and say why."""
        return self._result(value_shown="—", band_shown=NOT_ENTERED, gap_shown=NOT_ENTERED)


def province_of(region_code: str) -> str:
    """The code of the province, or 计划单列市, that a region code belongs to; "" for no region."""
    if region_code[:4] in _SEPARATE_PLANNING:
        return region_code[:4] + "00"
    return region_code[:2] + "0000" if region_code else ""


def regional_indicators(region_code: str) -> tuple[Indicator, ...]:
    """The indicators of the province of a region code of any level; their facts are regional_1, regional_2, regional_3.

    A form asks for those that have a ``fact``: ``label`` and ``bands`` (option, label, points) are its choices.
    """
    return _load().get(province_of(region_code), (NotEntered("regional", "地方特色指标", GROUP),))


@cache
def _load():
    """The indicators by province. Raises ValueError for a province whose indicators do not make up 15 points."""
    provinces = json.loads(_FILE.read_text(encoding="utf-8"))["provinces"]
    loaded = {
        code: tuple(_indicator(entry) for entry in province["indicators"]) for code, province in provinces.items()
    }
    for code, indicators in loaded.items():
        full = sum(indicator.max_points for indicator in indicators)
        if full != FULL_POINTS or len(indicators) > 3:
            raise ValueError(f"the regional indicators of {code} make up {full} points in {len(indicators)} indicators")
    return loaded


def _indicator(entry):
    bands = tuple(
        ChoiceBand(letter, option["label"], Decimal(option["points"]), option=option["option"])
        for letter, option in zip("ABCDEFGH", entry["options"], strict=False)
    )
    remark = "" if entry["certainty"] == "confirmed" else ASSUMED
    return RegionalIndicator(entry["fact"], entry["label"], GROUP, bands, fact=entry["fact"], remark=remark)
