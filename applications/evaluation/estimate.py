"""Computing a 发展评价: facts, weights and means in, a Result out. Reads nothing else, writes nothing."""
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from applications.computed import plain
from applications.evaluation.catalogue import BONUS, DIMENSIONS, INDICATORS, RELATIVE
from applications.evaluation.data import FULL_TOTAL, Means, Weights, default_weights, scales
from applications.evaluation.reading import Inputs, read, rounded
from applications.evaluation.results import DimensionResult, IndicatorResult, Result

_CENT = Decimal("0.01")


def estimate(
    facts: Mapping, *, industry_code: str, year: int, weights: Weights | None = None, means: Means | None = None
) -> Result:
    """Return the 发展评价 of an enterprise's facts for the evaluation year ``year`` (y1 of the facts is the year before).

    ``industry_code`` is the 所属行业 of GB/T 4754 (3511; its first two digits are the division that has a mean), ""
    for all industries. Without ``weights`` and ``means`` the shipped defaults count. Raises TypeError or ValueError
    for a fact of a wrong type.
    """
    weights = weights or default_weights()
    means = means or Means()
    inputs = Inputs(facts, year - 1)
    full = weights.full_points()
    division = division_of(industry_code)
    indicators = tuple(
        _assess(indicator, inputs, full[code], means, division, year - 1) for code, indicator in INDICATORS.items()
    )
    items = tuple(
        _assess(item, inputs, weights.points[code], means, division, year - 1) for code, item in BONUS.items()
    )
    dimensions = tuple(_sum_up(code, label, indicators) for code, label in DIMENSIONS.items())
    bonus = sum((item.points for item in items), Decimal(0))
    base = sum((dimension.points for dimension in dimensions), Decimal(0))
    return Result(
        year=year,
        industry_code=industry_code,
        total=min(base + bonus, FULL_TOTAL).quantize(_CENT),
        dimensions=dimensions,
        indicators=indicators,
        bonus=bonus,
        bonus_full=sum((item.full for item in items), Decimal(0)),
        bonus_items=items,
        weights_code=weights.code,
        weights_title=weights.title,
        is_official=weights.is_official,
        weights_source=weights.source,
    )


def division_of(industry_code: str) -> str:
    """The division (大类) of an industry code: '3511' and 'C3511' -> '35', '' -> ''."""
    digits = industry_code.lstrip("ABCDEFGHIJKLMNOPQRST")
    return digits[:2] if len(digits) >= 2 else ""


def _assess(indicator, inputs, full, means, division, mean_year):
    """Read the figure, hold it against the mean where there is one, and give the share of the full points."""
    reading = read(indicator.read, inputs)
    shown = {}
    measures = reading.measures
    if indicator.compared:
        mean = means.find(indicator.code, division, mean_year)
        shown = {"mean_shown": _figure(indicator, mean.value), "mean_source": mean.told}
        if measures:
            ((name, value),) = measures
            if indicator.compared == RELATIVE:
                distance = 100 * (value - mean.value) / abs(mean.value)
                shown["difference_shown"] = _signed(f"{rounded(distance)}%")
            else:
                distance = value - mean.value
                shown["difference_shown"] = _signed(f"{rounded(distance)} 个百分点")
            measures = ((name, distance),)
    shares = [scales()[name].share(value) for name, value in measures]
    share = Decimal(0)
    if shares:
        share = max(shares) if indicator.best else sum(shares, Decimal(0)) / len(shares)
    return IndicatorResult(
        code=indicator.code,
        label=indicator.label,
        dimension=indicator.dimension,
        second=indicator.second,
        formula=indicator.formula,
        full=full,
        points=(full * share / 100).quantize(_CENT, ROUND_HALF_UP),
        raw_shown=reading.shown,
        missing=reading.missing,
        note=reading.note,
        counted=indicator.has_data,
        **shown,
    )


def _figure(indicator, value):
    return f"{plain(value)} {indicator.unit}" if indicator.compared == RELATIVE else f"{rounded(value)}%"


def _signed(text):
    return text.replace("-", "−", 1) if text.startswith("-") else f"+{text}"


def _sum_up(code, label, indicators):
    own = [result for result in indicators if result.dimension == code]
    points = sum((result.points for result in own), Decimal(0))
    full = sum((result.full for result in own), Decimal(0))
    percent = (100 * points / full).quantize(_CENT, ROUND_HALF_UP) if full else Decimal(0)
    return DimensionResult(code, label, points, full, percent)
