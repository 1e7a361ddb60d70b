"""The formulas of the computed fields, and their inverses: the first input that yields a result, given the others.

An inverse says what is missing to a threshold in 万元.
"""
from decimal import Decimal, localcontext

#: Digits of the formulas that take a root or add two quotients: what lies just below a threshold stays below it.
_PRECISION = 50


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


def average_growth(present: Decimal, base: Decimal, before: Decimal) -> Decimal:
    """近2年平均增长率: (上一年度增长率 + 上上年度增长率) / 2 (domain.md §1.9.14), with one division only, so that it is exact."""
    with localcontext(prec=_PRECISION):
        return (present * before + base * base - 2 * base * before) * 50 / (base * before)


def present_at_average_growth(percent: Decimal, base: Decimal, before: Decimal) -> Decimal:
    """The figure of the last year that makes the average growth ``percent`` (the inverse of ``average_growth``)."""
    return base * (2 + percent / 50) - base * base / before


def compound_growth(present: Decimal, before: Decimal) -> Decimal:
    """近两年复合增长率: (R₀/R₋₂)^½ − 1, in percent (domain.md §2.3, ✎)."""
    with localcontext(prec=_PRECISION):
        return ((present / before).sqrt() - 1) * 100


def present_at_compound_growth(percent: Decimal, before: Decimal) -> Decimal:
    """The figure of the last year after two years of growth by ``percent`` (the inverse of ``compound_growth``)."""
    return before * (1 + percent / 100) ** 2


def margin(income: Decimal, cost: Decimal) -> Decimal:
    """毛利率: (收入 − 成本) / 收入 × 100%."""
    return (income - cost) * 100 / income


def per_head(figure: Decimal, heads: Decimal) -> Decimal:
    """人均: figure / heads, 万元/人."""
    return figure / heads


def total(last: Decimal, before: Decimal) -> Decimal:
    """合计 of two years."""
    return last + before


def last_at_total(target: Decimal, before: Decimal) -> Decimal:
    """The figure of the last year that makes the total ``target`` (the inverse of ``total``)."""
    return target - before


def mean(last: Decimal, before: Decimal) -> Decimal:
    """均值 of two years."""
    return (last + before) / 2


def last_at_mean(target: Decimal, before: Decimal) -> Decimal:
    """The figure of the last year that makes the mean ``target`` (the inverse of ``mean``)."""
    return 2 * target - before
