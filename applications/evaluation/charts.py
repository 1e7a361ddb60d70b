"""Charts as plain geometry: pure functions from figures to points, drawn by the *.svg.html of templates/applications.

No style attributes and no scripts (the portal's policy allows neither); colours come from static/css/evaluation.css by
class. Every chart carries a title and a description in words, and the page shows the same figures in a table beside it.
"""
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from applications.computed import plain

_RINGS = (25, 50, 75, 100)
#: At most so many years stand in one chart, the newest ones.
MOST_YEARS = 6


@dataclass(frozen=True)
class Spoke:
    """One dimension of the radar: its outer end, the dot of the figure, and where label and figure are written."""

    label: str
    shown: str
    end: tuple[float, float]
    dot: tuple[float, float]
    text: tuple[float, float]
    anchor: str


@dataclass(frozen=True)
class Radar:
    """A radar of shares of the full points, 0 at the centre and 100% on the outer ring."""

    width: int
    height: int
    centre: tuple[float, float]
    rings: tuple[str, ...]
    ring_labels: tuple[tuple[float, float, str], ...]
    spokes: tuple[Spoke, ...]
    shape: str
    title: str
    description: str


def radar(rows: Sequence[tuple[str, Decimal, str]], *, title: str) -> Radar:
    """Return the Radar of (label, percent of the full points, figure as shown) rows, the first one at the top."""
    width, height, centre, radius = 360, 300, (180.0, 156.0), 96.0

    def point(place, share, reach=radius):
        angle = 2 * math.pi * place / len(rows) - math.pi / 2
        return (
            round(centre[0] + reach * share / 100 * math.cos(angle), 2),
            round(centre[1] + reach * share / 100 * math.sin(angle), 2),
        )

    spokes = []
    for place, (label, percent, shown) in enumerate(rows):
        x, y = point(place, 100, radius + 16)
        side = x - centre[0]
        anchor = "middle" if abs(side) < 1 else "start" if side > 0 else "end"
        lift = -14 if place == 0 else 0 if abs(side) > radius * 0.8 else 12
        dot = point(place, float(min(max(percent, Decimal(0)), Decimal(100))))
        spokes.append(Spoke(label, shown, point(place, 100), dot, (x, round(y + lift, 2)), anchor))
    return Radar(
        width=width,
        height=height,
        centre=centre,
        rings=tuple(_points(point(place, ring) for place in range(len(rows))) for ring in _RINGS),
        ring_labels=tuple(
            (centre[0] + 4, round(centre[1] - radius * ring / 100 + 4, 2), f"{ring}%") for ring in _RINGS
        ),
        spokes=tuple(spokes),
        shape=_points(spoke.dot for spoke in spokes),
        title=title,
        description="；".join(f"{label} {shown}，为满分的 {plain(percent)}%" for label, percent, shown in rows) + "。",
    )


@dataclass(frozen=True)
class Bar:
    """One year: the bar, its label below and the figure above."""

    label: str
    shown: str
    x: float
    y: float
    width: float
    height: float
    middle: float
    above: float
    is_current: bool


@dataclass(frozen=True)
class Bars:
    """A column for each year on a scale from 0 to 100."""

    width: int
    height: int
    left: int
    right: int
    base: float
    lines: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]
    title: str
    description: str


def bars(rows: Sequence[tuple[str, Decimal]], *, title: str, current: str = "") -> Bars:
    """Return the Bars of (label, figure between 0 and 100) rows from left to right; ``current`` names one to mark."""
    rows = list(rows)[-MOST_YEARS:]
    width, height, left, right, top, base = 360, 300, 34, 352, 30.0, 262.0
    step = (right - left) / max(len(rows), 4)
    thick = round(min(step * 0.56, 40), 2)
    drawn = []
    for place, (label, figure) in enumerate(rows):
        tall = round((base - top) * float(figure) / 100, 2)
        middle = round(left + step * (place + 0.5), 2)
        y = round(base - tall, 2)
        drawn.append(
            Bar(
                label=label, shown=f"{figure}", x=round(middle - thick / 2, 2), y=y, width=thick, height=tall,
                middle=middle, above=round(y - 7, 2), is_current=label == current,
            )  # fmt: skip
        )
    return Bars(
        width=width,
        height=height,
        left=left,
        right=right,
        base=base,
        lines=tuple((round(base - (base - top) * mark / 100, 2), str(mark)) for mark in (0, 20, 40, 60, 80, 100)),
        bars=tuple(drawn),
        title=title,
        description="；".join(f"{label} {figure} 分" for label, figure in rows) + "。",
    )


def _points(points):
    """The value of an SVG points attribute."""
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
