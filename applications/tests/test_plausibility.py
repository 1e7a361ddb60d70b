import pytest

from applications.forms.innovative import EDITION
from applications.tests.filled import TYPED, changed, make_draft, type_in
from reviews.kinds import get_kind
from reviews.services.snapshots import build_payload


@pytest.fixture
def warnings():
    """Return a function: economy figures → {field: message} of what looks like a slip."""

    def warn(**figures):
        form = EDITION.fill({"economy": TYPED["economy"] | figures}, period=2026, slot_counts={})
        return {finding.field: finding.message for finding in form.warnings}

    return warn


def test_plausible_figures_raise_no_question(warnings):
    assert warnings() == {}


def test_a_figure_in_yuan_is_asked_about_in_the_year_that_stands_out(warnings):
    found = warnings(total_assets_y2="68000000")
    assert found == {
        "total_assets_y2": "您填写的“68,000,000”万元约为2023年“6,000”万元的 11,333 倍，可能以元为单位填写。请核对单位是否为万元。"
    }


def test_a_figure_in_yi_yuan_is_asked_about_in_the_year_that_stands_out(warnings):
    found = warnings(total_assets_y1="0.72")
    assert list(found) == ["total_assets_y1"]
    assert "约为2024年“6,800”万元的 1/9,444，可能以亿元为单位填写" in found["total_assets_y1"]


def test_with_two_years_only_the_larger_figure_is_asked_about(warnings):
    found = warnings(total_assets_y3="", total_assets_y1="72000000")
    assert list(found) == ["total_assets_y1"]


@pytest.mark.parametrize(("figure", "asked"), [("6800000", True), ("6799999.99", False)])
def test_a_thousand_times_the_neighbour_is_the_edge(warnings, figure, asked):
    assert ("total_assets_y1" in warnings(total_assets_y1=figure)) is asked


def test_a_small_figure_may_grow_a_thousandfold(warnings):
    assert warnings(net_profit_y1="500", net_profit_y2="0.5", net_profit_y3="0.4") == {}


def test_every_year_in_yuan_is_noticed_by_the_figure_for_each_head(warnings):
    found = warnings(revenue_y1="56000000", revenue_y2="48000000", revenue_y3="41000000")
    assert set(found) == {"revenue_y1", "revenue_y2", "revenue_y3"}
    assert "按2025年全职员工数量“120”人计算，人均约 466,666.67 万元，高于 10,000 万元，可能以元为单位填写" in found["revenue_y1"]


def test_growth_beyond_likelihood_is_asked_about(warnings):
    found = warnings(employees_y1="1300", rd_staff_y1="24")
    assert list(found) == ["employees_y1"]
    assert "增长 1,082%，超过 1,000%" in found["employees_y1"]
    assert warnings(employees_y1="1210") == {}


def test_one_question_at_a_place_is_enough(warnings):
    found = warnings(revenue_y1="56000000")
    assert "可能以元为单位填写" in found["revenue_y1"]
    assert "人均" not in found["revenue_y1"]


@pytest.mark.django_db
def test_a_question_never_blocks_and_is_frozen_in_the_snapshot():
    filing = make_draft(values=TYPED)
    result = type_in(filing, changed("economy", total_assets_y2="68000000"))
    assert list(result.warnings["economy"]) == ["total_assets_y2"]
    assert result.soft_errors["economy"] == {}
    assert result.section_states["economy"] == "done"
    assert not [each for each in get_kind(filing.kind).problems(filing) if each.section == "economy"]
    [warning] = build_payload(filing, filing.created_at)["warnings"]
    assert warning["section"] == "economy"
    assert warning["field"] == "total_assets_y2"
    assert warning["label"] == "2024年资产总额"
    assert "可能以元为单位填写" in warning["message"]
