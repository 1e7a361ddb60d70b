"""创新型 2022: the pass rule, the direct conditions, the verdict in words and the payload for snapshots."""
import json
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from applications import standards

YEARS = {"y1": "2025年", "y2": "2024年", "y3": "2023年"}

#: Facts that lead to a number of points, per indicator: shares in hundredths of a percent, growth as 本年 to 100.
IP = {
    20: {"ip_class1_high_value": 1},
    15: {"ip_class1_high_value": 0, "ip_class1_self": 1},
    10: {"ip_class1_high_value": 0, "ip_class1_self": 0, "ip_class1": 1},
    5: {"ip_class1": 0, "ip_class2": 1},
    0: {"ip_class1": 0, "ip_class2": 0},
}
RD_SHARE = {20: 500, 15: 300, 10: 200, 5: 100, 0: 0}
GROWTH = {20: 115, 15: 110, 10: 105, 5: 100, 0: 90}
DEBT_SHARE = {10: 5500, 5: 7500, 0: 9000}
FIELD = {10: "yes", 5: "no"}
MAIN_SHARE = {20: 7000, 15: 6000, 10: 5500, 5: 5000, 0: 4000}
NO_DIRECT = {"direct_award": False, "direct_honour": False, "direct_rd_body": False, "new_equity_3y": Decimal(0)}


def facts_for(ip, rd, growth, debt, field, main):
    """Facts that score exactly these points in the six indicators, without a direct condition."""
    present = GROWTH[growth]
    return {
        **IP[ip],
        "revenue_y1": Decimal(10000 * present),
        "rd_expense_y1": Decimal(RD_SHARE[rd] * present),
        "main_revenue_y1": Decimal(MAIN_SHARE[main] * present),
        "main_revenue_y2": Decimal(MAIN_SHARE[main] * 100),
        "total_assets_y1": Decimal(10000),
        "total_liabilities_y1": Decimal(DEBT_SHARE[debt]),
        "emerging_industry": FIELD[field],
        **NO_DIRECT,
    }


def assess(*points, **changes):
    return standards.get("innovative_2022").assess({**facts_for(*points), **changes}, YEARS)


def group_points(assessment):
    return tuple(group.points for group in assessment.groups)


@pytest.mark.parametrize(
    ("points", "groups"),
    [
        ((20, 0, 20, 0, 5, 15), (20, 20, 20)),
        ((15, 15, 5, 10, 5, 10), (30, 15, 15)),
        ((5, 15, 10, 5, 10, 15), (20, 15, 25)),
        ((0, 20, 20, 5, 10, 5), (20, 25, 15)),
    ],
)
def test_sixty_points_with_every_group_at_or_above_its_minimum_meet_the_standard(points, groups):
    assessment = assess(*points)
    assert (assessment.total, group_points(assessment)) == (60, groups)
    assert (assessment.verdict, assessment.passes) == ("meets", True)


def test_the_total_below_sixty_fails_even_when_every_group_reaches_its_minimum():
    assessment = assess(15, 10, 5, 10, 5, 10)
    assert (assessment.total, group_points(assessment)) == (55, (25, 15, 15))
    assert (assessment.verdict, assessment.passes) == ("not_yet", False)


def test_fifty_nine_points_fail_and_sixty_pass():
    standard = standards.get("innovative_2022")
    choice = standard.indicators[4]
    odd = replace(choice, bands=(replace(choice.bands[0], points=Decimal(9)), choice.bands[1]))
    shifted = replace(standard, indicators=(*standard.indicators[:4], odd, standard.indicators[5]))
    facts = facts_for(5, 15, 10, 5, 10, 15)
    assert (standard.assess(facts).total, standard.assess(facts).verdict) == (60, "meets")
    assert (shifted.assess(facts).total, shifted.assess(facts).verdict) == (59, "not_yet")


@pytest.mark.parametrize(
    ("points", "total", "groups", "short"),
    [
        ((15, 0, 20, 10, 10, 20), 75, (15, 30, 30), "创新能力 15 分（≥20，还差 5 分）"),
        ((20, 20, 0, 10, 10, 20), 80, (40, 10, 30), "成长性 10 分（≥15，还差 5 分）"),
        ((20, 20, 20, 10, 10, 0), 80, (40, 30, 10), "专业化 10 分（≥15，还差 5 分）"),
    ],
)
def test_one_group_short_fails_whatever_the_total_and_is_named(points, total, groups, short):
    assessment = assess(*points)
    assert (assessment.total, group_points(assessment), assessment.verdict) == (total, groups, "not_yet")
    assert short in assessment.verdict_shown
    assert assessment.verdict_shown.count("还差") == 1


def test_every_combination_of_bands_follows_the_pass_rule():
    verdicts = {"meets": 0, "not_yet": 0}
    for points in product(IP, RD_SHARE, GROWTH, DEBT_SHARE, FIELD, MAIN_SHARE):
        innovation, growth, specialization = points[0] + points[1], points[2] + points[3], points[4] + points[5]
        enough = innovation >= 20 and growth >= 15 and specialization >= 15 and sum(points) >= 60
        assessment = assess(*points)
        assert tuple(result.points for result in assessment.indicators) == points
        assert assessment.verdict == ("meets" if enough else "not_yet"), points
        verdicts[assessment.verdict] += 1
    assert sum(verdicts.values()) == 3750
    assert min(verdicts.values()) > 500


@pytest.mark.parametrize(
    ("fact", "label"),
    [
        ("direct_award", "近三年内获得过国家级、省级科技奖励"),
        (
            "direct_honour",
            "获得高新技术企业、国家级技术创新示范企业、知识产权优势企业和知识产权示范企业等荣誉（均为有效期内）",
        ),
        ("direct_rd_body", "拥有经认定的省部级以上研发机构"),
    ],
)
def test_a_claimed_direct_condition_meets_the_standard_whatever_the_score(fact, label):
    assessment = assess(0, 0, 0, 0, 5, 0, **{fact: True})
    assert (assessment.total, assessment.verdict, assessment.passes) == (5, "meets_direct", True)
    assert [direct.label for direct in assessment.directs_met] == [label]
    assert assessment.verdict_shown == (
        f"符合直通条件“{label}”，满足评价标准，不要求评分达标。自评 5 分，距 60 分还差 55 分，创新能力 0 分（≥20，还差 20 分）"
        "、成长性 0 分（≥15，还差 15 分）、专业化 5 分（≥15，还差 10 分）。"
    )


@pytest.mark.parametrize(
    ("amount", "met", "verdict", "gap"),
    [
        ("499.99", False, "not_yet",
         "近三年新增股权融资总额（合格机构投资者的实缴额）为 499.99 万元，距 500 万元还差 0.01 万元"),
        ("500", True, "meets_direct", ""),
        ("500.01", True, "meets_direct", ""),
    ],
)
def test_new_equity_of_five_hundred_or_more_is_a_direct_condition(amount, met, verdict, gap):
    assessment = assess(0, 0, 0, 0, 5, 0, new_equity_3y=Decimal(amount))
    equity = assessment.directs[3]
    assert (equity.code, equity.met, equity.gap_shown) == ("direct_equity", met, gap)
    assert equity.value_shown == f"{amount} 万元"
    assert assessment.verdict == verdict


def test_a_claim_of_new_equity_without_the_sum_does_not_count():
    assessment = assess(0, 0, 0, 0, 5, 0, new_equity_3y=None, direct_equity=True)
    assert (assessment.verdict, assessment.directs[3].missing) == (
        "not_yet", ("近三年新增股权融资总额（合格机构投资者的实缴额）",)
    )


def test_a_direct_condition_that_is_no_answer_is_refused():
    with pytest.raises(TypeError, match="direct_award"):
        assess(0, 0, 0, 0, 5, 0, direct_award="yes")


def test_the_verdict_of_a_sufficient_score_is_explained_completely():
    assert assess(15, 20, 10, 10, 5, 20).verdict_shown == (
        "自评 80 分，达到 60 分，创新能力 35 分（≥20）、成长性 20 分（≥15）、专业化 25 分（≥15），满足评价标准。"
    )


def test_the_verdict_of_a_sufficient_score_also_names_a_direct_condition():
    assessment = assess(15, 20, 10, 10, 5, 20, direct_rd_body=True)
    assert assessment.verdict == "meets"
    assert assessment.verdict_shown.endswith("满足评价标准。同时符合直通条件“拥有经认定的省部级以上研发机构”。")


def test_the_verdict_of_an_insufficient_score_is_explained_completely():
    assert assess(15, 0, 5, 5, 5, 5, direct_award=None, direct_honour=None).verdict_shown == (
        "自评 35 分，距 60 分还差 25 分，创新能力 15 分（≥20，还差 5 分）、成长性 10 分（≥15，还差 5 分）、"
        "专业化 10 分（≥15，还差 5 分），且未符合直通条件（其中 2 项未填写），暂不满足评价标准。"
    )


def test_a_blank_input_leaves_the_verdict_open_and_is_named_once():
    assessment = assess(15, 20, 10, 10, 5, 20, revenue_y1=None)
    assert (assessment.total, assessment.verdict, assessment.passes) == (40, "incomplete", False)
    assert assessment.missing == ("2025年营业收入",)
    assert assessment.verdict_shown == (
        "尚不能得出结论。缺少：2025年营业收入。有关指标暂按 0 分计，自评 40 分，距 60 分还差 20 分，"
        "创新能力 15 分（≥20，还差 5 分）、成长性 20 分（≥15）、专业化 5 分（≥15，还差 10 分），且未符合直通条件。"
    )


def test_a_year_without_income_leaves_the_verdict_open_and_is_explained():
    assessment = assess(15, 20, 10, 10, 5, 20, main_revenue_y2=Decimal(0))
    assert (assessment.verdict, assessment.missing) == ("incomplete", ())
    assert assessment.verdict_shown.startswith(
        "尚不能得出结论。2024年主营业务收入为 0，不是正数，无法计算2025年主营业务收入增长率；如填写有误，请更正。"
    )


def test_a_score_that_suffices_already_decides_in_spite_of_a_blank_input():
    assessment = assess(15, 20, 10, 10, 5, 20, emerging_industry=None)
    assert (assessment.total, assessment.verdict) == (75, "meets")
    assert assessment.verdict_shown.endswith(
        "满足评价标准。缺少：主导产品所属领域情况；有关指标按 0 分计，不影响结论。"
    )


def test_a_direct_condition_decides_without_any_score():
    assessment = standards.get("innovative_2022").assess({"direct_honour": True})
    assert (assessment.total, assessment.verdict) == (0, "meets_direct")
    assert assessment.verdict_shown.endswith("满足评价标准，不要求评分达标。评分指标未填写完整，不影响结论。")


def test_an_empty_form_is_incomplete_and_lists_every_input_of_the_score():
    assessment = standards.get("innovative_2022").assess({}, YEARS)
    assert assessment.verdict == "incomplete"
    assert assessment.missing == (
        "Ⅰ类高价值知识产权数量", "自主研发的Ⅰ类知识产权数量", "Ⅰ类知识产权数量", "Ⅱ类知识产权数量",
        "2025年研发费用总额", "2025年营业收入", "2025年主营业务收入", "2024年主营业务收入",
        "2025年负债总额", "2025年资产总额", "主导产品所属领域情况",
    )


def test_the_payload_survives_json_unchanged_and_describes_itself():
    payload = assess(5, 10, 10, 5, 5, 15, rd_expense_y1=Decimal(105 * 280)).as_payload()
    assert json.loads(json.dumps(payload, ensure_ascii=False)) == payload
    assert payload["standard"] == "innovative_2022"
    assert payload["title"] == "创新型中小企业评价标准"
    assert payload["source"] == "《优质中小企业梯度培育管理暂行办法》（工信部企业〔2022〕63号）附件1"
    assert payload["note"] == "“以上”“以下”均含本数；数值恰为两档分界时，取较高得分。"
    assert (payload["total"], payload["pass_total"], payload["max_total"]) == ("50", "60", "100")
    assert (payload["verdict"], payload["passes"], payload["missing"]) == ("not_yet", False, [])
    assert payload["groups"][0] == {
        "code": "innovation", "label": "创新能力", "points": "15", "minimum": "20", "max_points": "40", "met": False,
    }
    assert payload["indicators"][1] == {
        "code": "rd_ratio",
        "label": "上年度研发费用总额占营业收入总额比重",
        "group": "innovation",
        "max_points": "20",
        "threshold_shown": "A. 5%以上（20分）；B. 3%～5%（15分）；C. 2%～3%（10分）；D. 1%～2%（5分）；E. 1%以下（0分）",
        "value": "2.8",
        "value_shown": "2.80%",
        "points": "10",
        "band": "C",
        "band_shown": "2%～3%",
        "missing": [],
        "reason": "",
        "gap_shown": "研发费用占营业收入比重 2.80%，距“3%～5%”还差 0.20 个百分点，约 2100 万元（研发费用总额）",
        "complete": True,
        "met": True,
    }
    assert payload["directs"][3] == {
        "code": "direct_equity",
        "label": "近三年新增股权融资总额（合格机构投资者的实缴额）500万元以上",
        "met": False,
        "value_shown": "0 万元",
        "value": "0",
        "missing": [],
        "gap_shown": "近三年新增股权融资总额（合格机构投资者的实缴额）为 0 万元，距 500 万元还差 500 万元",
    }


def test_the_payload_of_an_incomplete_form_survives_json_as_well():
    payload = standards.get("innovative_2022").assess({}).as_payload()
    assert json.loads(json.dumps(payload)) == payload
    assert payload["indicators"][1]["missing"] == ["上年度研发费用总额", "上年度营业收入"]
