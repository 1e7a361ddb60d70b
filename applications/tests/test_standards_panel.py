"""The self-assessment as it is shown: panel, summary, desk and paper; also for snapshots from before conditions."""
import pytest
from django.template.loader import render_to_string

from applications import standards
from applications.tests.standard_facts import assess
from reviews.queries.verdict import verdict_of

CODES = ["specialized_2022", "specialized_2026", "little_giant_2022", "little_giant_2026"]
SHORT_OF_RD = {"revenue_y1": "6000", "main_revenue_y1": "5900", "rd_expense_y1": "168"}
PLACES = ["applications/score_panel.html", "reviews/desk/assessment.html", "documents/assessment.html"]


def show(template, payload):
    groups = [
        (group, [result for result in payload["indicators"] if result["group"] == group["code"]])
        for group in payload["groups"]
    ]
    page = {"verdict": verdict_of(payload)}  # what the officers' page sorts
    return render_to_string(template, {"assessment": payload | {"by_group": groups}, "page": page})


def before_conditions(payload):
    """The payload as a snapshot kept it before there were conditions."""
    return {key: value for key, value in payload.items() if key not in ("conditions", "summary_shown")}


@pytest.mark.parametrize("template", PLACES)
def test_value_threshold_result_and_what_is_missing_are_shown_in_words(template):
    html = show(template, assess("specialized_2026", **SHORT_OF_RD).as_payload())
    assert "2025年研发费用占营业收入比重" in html
    assert "2.80%" in html
    assert "不低于 3%" in html
    assert "还差 0.2 个百分点，约 12 万元（研发费用总额）" in html
    assert "未满足" in html
    assert "由审核部门判断" in html
    assert "预估（非官方权重）" in html


@pytest.mark.parametrize("template", PLACES)
def test_alternatives_are_told_apart(template):
    html = show(template, assess("little_giant_2022").as_payload())
    assert "方式 1" in html
    assert "方式 2" in html
    assert "不要求" in html


@pytest.mark.parametrize("template", PLACES)
@pytest.mark.parametrize("code", CODES)
def test_points_are_shown_only_where_the_standard_has_indicators(template, code):
    html = show(template, assess(code).as_payload())
    assert (">得分</th>" in html) is (code == "specialized_2022")
    assert "不低于 0 分" not in html


@pytest.mark.parametrize("template", [*PLACES, "applications/score_summary.html"])
def test_a_snapshot_from_before_conditions_is_shown_as_it_was(template):
    payload = standards.get("innovative_2022").assess({"direct_honour": True}).as_payload()
    html = show(template, before_conditions(payload))
    assert html == show(template, payload)
    assert "项条件" not in html
    assert "创新能力" in html


def test_the_summary_counts_the_conditions_and_names_each_with_its_result():
    html = show("applications/score_summary.html", assess("specialized_2026", holds_base_title=None).as_payload())
    assert "6 项条件，已满足 4 项，1 项待补充，1 项由审核部门判断" in html
    assert html.count('<span class="condition-state') == 6
    assert "补充后才能得出结论" in html


def test_what_the_province_has_not_entered_is_said_in_the_panel():
    assert "本省特色化指标尚未录入，按 0 分计" in show(PLACES[0], assess("specialized_2022", region="520100").as_payload())


def test_the_desk_does_not_call_an_open_result_a_failure():
    html = show("reviews/desk/assessment.html", assess("specialized_2026", holds_base_title=None).as_payload())
    assert "<strong>尚不能得出结论</strong>" in html


def test_text_of_the_enterprise_is_escaped():
    payload = assess("specialized_2026").as_payload()
    payload["conditions"][0]["parts"][0]["value_shown"] = "<script>"
    assert all("<script>" not in show(template, payload) for template in PLACES)
