"""Which standard holds: by code (a snapshot names it) or by tier, new or renewal, and day."""
from datetime import date
from itertools import pairwise

from applications.standards import (
    innovative_2022,
    little_giant_2022,
    little_giant_2026,
    specialized_2022,
    specialized_2026,
)
from applications.standards.base import Standard
from portal.tools.errors import Refused

#: Every standard the portal knows.
STANDARDS = (
    innovative_2022.STANDARD,
    specialized_2022.STANDARD,
    specialized_2026.STANDARD,
    little_giant_2022.STANDARD,
    little_giant_2026.STANDARD,
)


class NoStandard(Refused):
    """No standard is in force for the tier on that day, or none has that code."""

    code = "no_standard"


def check(standards):
    """Return the standards by code. Raises ValueError for a code used twice or for periods that overlap in a tier."""
    by_code = {standard.code: standard for standard in standards}
    if len(by_code) != len(standards):
        raise ValueError("two standards share a code")
    spans = sorted(
        (standard.tier, period.renewal, period.valid_from, period.valid_until or date.max, standard.code)
        for standard in standards
        for period in standard.periods
    )
    for earlier, later in pairwise(spans):
        if earlier[:2] == later[:2] and later[2] <= earlier[3]:
            raise ValueError(f"{earlier[4]} and {later[4]} are in force at the same time")
    return by_code


_BY_CODE = check(STANDARDS)


def get(code: str) -> Standard:
    """The standard with this code. Raises NoStandard."""
    try:
        return _BY_CODE[code]
    except KeyError:
        raise NoStandard(f"没有编号为“{code}”的评价标准，请联系平台技术支持。") from None


def choose(tier: str, renewal: bool, on: date) -> Standard:
    """The standard of a tier for a new application (renewal=False) or a renewal on a day. Raises NoStandard.

    It depends on all three (domain.md §0.4): a renewal may still follow the older edition.
    """
    for standard in STANDARDS:
        if standard.tier == tier and standard.covers(renewal=renewal, on=on):
            return standard
    title = next((standard.tier_title for standard in STANDARDS if standard.tier == tier), tier)
    day = f"{on.year}年{on.month}月{on.day}日"
    raise NoStandard(
        f"{title}{'复核' if renewal else '申报'}在{day}没有适用的标准，请以主管部门通知的申报时间为准，或联系主管部门。"
    )
