"""What looks like a slip of the pen (请核实): warnings that never block and are not part of any standard.

The thresholds are the portal's own, set wide so that a true figure is seldom asked about. Each function returns a
warning for FormEdition.warnings: a function of the FilledForm that returns a list of Finding. Money is in 万元.
"""
from decimal import Decimal

from applications.computed import plain
from applications.computed.formulas import growth
from applications.forms.describing import show
from applications.forms.layout import YEARS

#: A figure this many times its neighbour year's, or this small a part of it, is taken for one in another unit:
#: 1 万元 is 10,000 元, 1 亿元 is 10,000 万元.
JUMP = 1000
#: A figure typed in 元 is large; below this nothing is asked (万元).
JUMP_FLOOR = 1000
#: Growth within a year beyond this is asked about (percent), from a base of at least GROWTH_BASE (万元 or 人).
GROWTH_LIMIT = 1000
GROWTH_BASE = 10
#: 万元 for each person and year: (least, most). Null keeps an end open.
REVENUE_PER_HEAD = (Decimal("0.1"), 10_000)
ASSETS_PER_HEAD = (None, 100_000)
RD_EXPENSE_PER_HEAD = (Decimal("0.05"), 2_000)


def unit_slips(section_key, *keys):
    """Return the warning about figures of a years table that are in 元 or 亿元 by the look of their neighbours."""

    def warn(form):
        return [finding for key in keys for finding in _slips_of(form, section_key, key)]

    return warn


def _slips_of(form, section_key, key):
    """Name the year that stands out; with two years only, the larger one."""
    figures = {year: value for year in YEARS if (value := form.facts.get(f"{key}_{year}"))}
    found = {}
    for year, before in zip(YEARS, YEARS[1:], strict=False):
        if year not in figures or before not in figures or not _jumps(figures[year], figures[before]):
            continue
        large, small = sorted((year, before), key=lambda each: abs(figures[each]), reverse=True)
        third = next((figures[each] for each in figures if each not in (year, before)), None)
        if third is not None and not _jumps(figures[large], third) and _jumps(figures[small], third):
            found[small] = (large, f"的 1/{_times(figures[large], figures[small])}，可能以亿元为单位填写")
        else:
            found[large] = (small, f"的 {_times(figures[large], figures[small])} 倍，可能以元为单位填写")
    return [
        form.finding(
            section_key,
            f"{key}_{year}",
            f"您填写的“{show(figures[year])}”万元约为{form.year_names[other]}“{show(figures[other])}”万元{words}。"
            "请核对单位是否为万元。",
        )
        for year, (other, words) in found.items()
    ]


def _jumps(one, two):
    large, small = max(abs(one), abs(two)), min(abs(one), abs(two))
    return large >= JUMP_FLOOR and large >= JUMP * small


def _times(large, small):
    return f"{round(abs(large) / abs(small)):,}"


def per_head(section_key, key, heads, limits):
    """Return the warning about a yearly figure that is absurd for each of the ``heads`` (employees, rd_staff)."""
    least, most = limits

    def warn(form):
        found = []
        for year in YEARS:
            figure, count = form.facts.get(f"{key}_{year}"), form.facts.get(f"{heads}_{year}")
            if not figure or not count:
                continue
            each = figure / count
            if most is not None and each > most:
                rule, unit = f"高于 {most:,} 万元", "元"
            elif least is not None and each < least:
                rule, unit = f"低于 {plain(least)} 万元", "亿元"
            else:
                continue
            label = form.by_key[section_key].label_of(f"{heads}_{year}")
            message = (
                f"您填写的“{show(figure)}”万元按{label}“{show(count)}”人计算，人均约 {_rounded(each)} 万元，{rule}，"
                f"可能以{unit}为单位填写。请核对单位是否为万元，以及人数是否正确。"
            )
            found.append(form.finding(section_key, f"{key}_{year}", message))
        return found

    return warn


def _rounded(value):
    return show(round(Decimal(value), 2)) if value >= Decimal("0.01") else "不足 0.01"


def fast_growth(section_key, *keys, unit="万元"):
    """Return the warning about figures that grew more in a year than is likely; unit slips are left to the other."""

    def warn(form):
        found = []
        for key in keys:
            for year, before in zip(YEARS, YEARS[1:], strict=False):
                now, base = form.facts.get(f"{key}_{year}"), form.facts.get(f"{key}_{before}")
                if not now or not base or base < GROWTH_BASE or (unit == "万元" and _jumps(now, base)):
                    continue
                percent = growth(Decimal(now), Decimal(base))
                if percent > GROWTH_LIMIT:
                    message = (
                        f"您填写的“{show(now)}”{unit}比{form.year_names[before]}“{show(base)}”{unit}增长 {round(percent):,}%，"
                        f"超过 {GROWTH_LIMIT:,}%。请核对两年的数据。"
                    )
                    found.append(form.finding(section_key, f"{key}_{year}", message))
        return found

    return warn


def usual_warnings(section_key, *, money, growing=("revenue", "main_revenue")):
    """Return the warnings about a three-year table: ``money`` names its rows in 万元, ``growing`` some of them."""
    return (
        unit_slips(section_key, *money),
        per_head(section_key, "revenue", "employees", REVENUE_PER_HEAD),
        per_head(section_key, "total_assets", "employees", ASSETS_PER_HEAD),
        per_head(section_key, "rd_expense", "rd_staff", RD_EXPENSE_PER_HEAD),
        fast_growth(section_key, *growing),
        fast_growth(section_key, "employees", unit="人"),
    )
