"""Charts of the 专精特新发展评价: geometry with literal points, and a drawing that the content policy lets through."""
import re
from decimal import Decimal

from django.template.loader import render_to_string

from applications.evaluation.charts import bars, radar

ROWS = [
    ("专业化", Decimal(100), "20/20"),
    ("精细化", Decimal(50), "12/24"),
    ("特色化", Decimal(0), "0/18"),
    ("创新能力", Decimal("75.5"), "19.63/26"),
    ("成长性", Decimal(25), "3/12"),
]


def test_the_radar_puts_the_first_dimension_on_top_and_every_dot_at_its_share():
    chart = radar(ROWS, title="各维度")
    assert chart.centre == (180.0, 156.0)
    assert [spoke.dot for spoke in chart.spokes] == [
        (180.0, 60.0), (225.65, 141.17), (180.0, 156.0), (137.4, 214.64), (157.17, 148.58),
    ]  # fmt: skip
    assert [spoke.anchor for spoke in chart.spokes] == ["middle", "start", "start", "end", "end"]
    assert chart.description.startswith("专业化 20/20，为满分的 100%；")


def test_a_share_above_the_whole_stays_on_the_outer_ring():
    chart = radar([(label, Decimal(120), "") for label, _, _ in ROWS], title="")
    assert [spoke.dot for spoke in chart.spokes] == [spoke.end for spoke in chart.spokes]


def test_the_columns_stand_on_a_scale_to_100_and_the_present_year_is_marked():
    chart = bars([("2025年", Decimal("50.00")), ("2026年", Decimal("100.00"))], title="历年", current="2026年")
    assert [(bar.y, bar.height) for bar in chart.bars] == [(146.0, 116.0), (30.0, 232.0)]
    assert [bar.is_current for bar in chart.bars] == [False, True]
    assert chart.description == "2025年 50.00 分；2026年 100.00 分。"


def test_a_long_history_shows_the_newest_six_years_inside_the_picture():
    chart = bars([(f"{year}年", Decimal(60)) for year in range(2020, 2031)], title="历年")
    assert [bar.label for bar in chart.bars] == [f"{year}年" for year in range(2025, 2031)]
    assert all(chart.left <= bar.x and bar.x + bar.width <= chart.right for bar in chart.bars)


def test_the_drawings_have_title_and_description_and_nothing_that_the_policy_forbids():
    drawings = [
        render_to_string("applications/evaluation/radar.svg.html", {"chart": radar(ROWS, title="各维度"), "name": "a"}),
        render_to_string(
            "applications/evaluation/bars.svg.html",
            {"chart": bars([("2026年", Decimal("70.00"))], title="历年"), "name": "b"},
        ),
    ]
    for drawing in drawings:
        assert not re.search(r"style=|<style|<script|\son\w+=", drawing)
        (title, text) = re.search(r'aria-labelledby="(\S+) (\S+)"', drawing).groups()
        assert f'<title id="{title}">' in drawing
        assert f'<desc id="{text}">' in drawing
    assert "创新能力" in drawings[0]
    assert "19.63/26" in drawings[0]
    assert 'points="180.00,60.00 225.65,141.17 180.00,156.00 137.40,214.64 157.17,148.58"' in drawings[0]
