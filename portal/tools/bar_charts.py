"""Horizontal stacked bars as plain geometry, drawn by templates/includes/bar_chart.svg.html (docs/adr/0011-charts.md).

A label in Chinese needs its line, so the bars lie: forty provinces fit one below the other. Colours come from
static/css/desk-home.css by class; the page shows the same figures in a table beside the chart.
"""
from collections.abc import Sequence
from dataclasses import dataclass

_WIDTH, _LEFT, _RIGHT, _STEP, _THICK, _TOP = 520, 132, 60, 26, 16, 6


@dataclass(frozen=True)
class Segment:
    """A part of a bar: ``key`` names its colour class."""

    key: str
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """One line of the chart with its label on the left and its figure at the end; ``link`` is an address or ""."""

    label: str
    shown: str
    link: str
    y: float
    middle: float
    end: float
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class BarChart:
    """The whole chart; ``legend`` is (key, label) of the parts that occur."""

    width: int
    height: int
    left: int
    thick: int
    label_x: int
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...]
    title: str
    description: str


def stacked_bars(
    rows: Sequence[tuple[str, str, Sequence[tuple[str, int]]]], *, title: str, names: Sequence[tuple[str, str]]
) -> BarChart:
    """Return the BarChart of (label, link, [(key, count)]) rows from the top down.

    ``names`` are (key, label) of the parts in their order; the longest bar takes the whole width. Rows without
    anything are left to the table.
    """
    rows = [row for row in rows if any(n for _, n in row[2])]
    longest = max((sum(n for _, n in parts) for _, _, parts in rows), default=0) or 1
    room = _WIDTH - _LEFT - _RIGHT
    bars = []
    for place, (label, link, parts) in enumerate(rows):
        x, segments = float(_LEFT), []
        for key, count in parts:
            width = round(room * count / longest, 2)
            if count:
                segments.append(Segment(key, round(x, 2), width))
                x += width
        y = _TOP + place * _STEP
        total = sum(n for _, n in parts)
        bars.append(Bar(label, f"{total}", link, y, y + _THICK / 2 + 5, round(x + 6, 2), tuple(segments)))
    used = {segment.key for bar in bars for segment in bar.segments}
    return BarChart(
        width=_WIDTH,
        height=_TOP * 2 + _STEP * max(len(bars), 1),
        left=_LEFT,
        thick=_THICK,
        label_x=_LEFT - 8,
        bars=tuple(bars),
        legend=tuple((key, name) for key, name in names if key in used),
        title=title,
        description="；".join(f"{bar.label} {bar.shown} 件" for bar in bars) + "。",
    )
