"""Weights, scales and industry means of the 专精特新发展评价."""
import json
from decimal import Decimal

import pytest

from applications.evaluation import Means, Weights, check_points, default_weights, division_of, estimate
from applications.evaluation.catalogue import MEAN_FIGURES
from applications.evaluation.scales import Scale
from applications.tests.evaluation_world import FACTS, points_of


def test_the_shipped_weights_call_themselves_not_official_and_add_to_100():
    weights = default_weights()
    assert not weights.is_official
    assert "自行拟定" in weights.source
    assert sum(weights.full_points().values()) == 100


def test_the_weight_of_an_indicator_without_data_is_spread_over_its_dimension():
    full = default_weights().full_points()
    assert (full["segment_rank"], full["network"]) == (0, 0)
    assert [f"{full[code]}" for code in ("segment_years", "invention_focus", "standards")] == ["5.88", "7.06", "7.06"]
    rest = [f"{full[code]}" for code in ("rd_input", "awards", "inventions", "rd_body", "rd_staff")]
    assert rest == ["7.59", "3.25", "6.50", "4.33", "4.33"]
    result = estimate(FACTS, industry_code="", year=2026)
    without = [row for row in result.indicators if not row.counted]
    assert [row.code for row in without] == ["segment_rank", "network"]
    assert all("暂无" in row.note for row in without)


def test_an_edition_that_weighs_only_one_indicator_of_a_dimension_gives_it_all():
    points = {code: Decimal(value) for code, value in points_of(segment_rank=30, segment_years=10, green=60).items()}
    full = Weights("x", "x", False, points).full_points()
    assert (full["segment_years"], full["standards"], full["green"]) == (40, 0, 60)


GOOD = points_of(segment_years=60, quality_system=10, green=10, awards=10, revenue_growth=10)


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        (GOOD | {"green": "9"}, "23 项指标的分值合计是 99，应为 100，请调整（少 1 分）"),
        (GOOD | {"green": "10.5"}, "合计是 100.5，应为 100，请调整（多 0.5 分）"),
        (GOOD | {"green": "-10", "awards": "30"}, "分值应在 0 到 100 之间"),
        (GOOD | {"green": "9.995", "awards": "10.005"}, "最多两位小数"),
        (GOOD | {"chain_work": "6", "entity_list": "5"}, "加分项合计是 11 分，最多 10 分"),
        (GOOD | {"green": "0", "awards": "20"}, "没有一项可计算的指标有分值"),
        ({code: value for code, value in GOOD.items() if code != "pct"}, "缺少指标“PCT 专利数量”的分值"),
        (GOOD | {"luck": "1"}, "没有编号为“luck”的指标"),
    ],
)
def test_points_that_are_no_edition_are_refused_with_the_reason(points, sentence):
    assert any(sentence in problem for problem in check_points(points))


def test_points_of_an_edition_have_nothing_to_complain_about():
    assert check_points(GOOD) == []
    assert check_points({code: str(value) for code, value in default_weights().points.items()}) == []


@pytest.mark.parametrize(
    ("figure", "share"), [(-5, 0), (0, 0), (1, 20), (2, 40), (2.5, 50), (3, 60), (10, 100), (11, 100)]
)
def test_a_scale_is_straight_between_its_knots_and_flat_outside(figure, share):
    scale = Scale.from_data({"knots": [[0, 0], [2, 40], [3, 60], [10, 100]]})
    assert scale.share(Decimal(str(figure))) == share


def test_a_scale_whose_figures_do_not_rise_is_refused():
    with pytest.raises(ValueError, match="rise"):
        Scale.from_data({"knots": [[3, 0], [2, 40]]})


def test_every_figure_that_is_compared_has_a_shipped_mean():
    means = [Means().find(figure, "35", 2025) for figure in MEAN_FIGURES]
    assert all(mean.is_default and mean.told == "平台默认均值" for mean in means)


ROWS = [
    (2024, "35", "gross_margin", Decimal(30), "统计甲"),
    (2025, "35", "gross_margin", Decimal(32), "统计乙"),
    (2025, "", "gross_margin", Decimal(20), "统计丙"),
    (2026, "35", "gross_margin", Decimal(99), "明年"),
]


@pytest.mark.parametrize(
    ("division", "year", "value", "told"),
    [
        ("35", 2025, 32, "2025年 行业大类 35 · 统计乙"),
        ("35", 2024, 30, "2024年 行业大类 35 · 统计甲"),
        ("26", 2025, 20, "2025年 全行业 · 统计丙"),
        ("26", 2024, 25, "平台默认均值"),
        ("", 2025, 20, "2025年 全行业 · 统计丙"),
    ],
)
def test_the_mean_is_the_divisions_newest_then_that_of_all_industries_then_ours(division, year, value, told):
    mean = Means(ROWS).find("gross_margin", division, year)
    assert (mean.value, mean.told) == (value, told)


def test_the_mean_moves_the_points():
    plain = estimate(FACTS, industry_code="3511", year=2026)
    moved = estimate(FACTS, industry_code="3511", year=2026, means=Means(ROWS))
    assert plain.total - moved.total == Decimal("3.60") - Decimal("2.34")


@pytest.mark.parametrize(("code", "division"), [("3511", "35"), ("C3511", "35"), ("35", "35"), ("C", ""), ("", "")])
def test_the_division_is_the_first_two_digits(code, division):
    assert division_of(code) == division


def test_a_payload_is_json_and_says_everything():
    payload = json.loads(json.dumps(estimate(FACTS, industry_code="3511", year=2026).as_payload()))
    assert payload["total"] == "46.03"
    assert payload["weights_code"] == "platform-default-1"
    assert payload["is_official"] is False
    assert len(payload["indicators"]) == 23
    assert {row["mean_shown"] for row in payload["indicators"] if row["code"] in MEAN_FIGURES} != {""}
