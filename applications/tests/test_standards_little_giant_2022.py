"""小巨人 2022 (domain.md §1.8): six requirements, the tiers by revenue, 创新直通, and what a renewal changes."""
import pytest

from applications.tests.standard_facts import assess, condition, part

CODE = "little_giant_2022"
SMALL = {"revenue_y1": "4999.99", "new_equity_2y": "8000", "rd_expense_y1": "3000", "rd_staff_y1": 50}


def test_all_six_requirements_met_meet_the_standard():
    assessment = assess(CODE)
    assert [result.state for result in assessment.conditions] == ["met", "human", "human", "met", "human", "met"]
    assert assessment.verdict == "meets"


@pytest.mark.parametrize(
    ("number", "facts", "state"),
    [
        (1, {"segment_years": 2}, "not_met"),
        (1, {"segment_years": 3}, "met"),
        (1, {"main_revenue_y1": "8399.99", "main_revenue_y2": "7000", "main_revenue_y3": "6000"}, "not_met"),
        (1, {"main_revenue_y1": "8400", "main_revenue_y2": "7000", "main_revenue_y3": "6000"}, "met"),
        (1, {"main_revenue_y1": "8400.01", "main_revenue_y2": "7000", "main_revenue_y3": "6000"}, "met"),
        (1, {"main_revenue_y1": "10999.99", "main_revenue_y2": "10000", "main_revenue_y3": "10000"}, "not_met"),
        (1, {"main_revenue_y1": "11000", "main_revenue_y2": "10000", "main_revenue_y3": "10000"}, "met"),
        (1, {"main_revenue_y1": "11000.01", "main_revenue_y2": "10000", "main_revenue_y3": "10000"}, "met"),
        (2, {"governance": False}, "not_met"),
        (2, {"core_systems": ()}, "not_met"),
        (2, {"core_systems": ("other",)}, "human"),
        (2, {"management_certificates": (), "product_certificates": ()}, "not_met"),
        (2, {"management_certificates": (), "product_certificates": ("ul",)}, "human"),
        (2, {"total_liabilities_y1": "6999.99"}, "human"),
        (2, {"total_liabilities_y1": "7000"}, "human"),
        (2, {"total_liabilities_y1": "7000.01"}, "not_met"),
        (3, {"market_share": "9.99"}, "not_met"),
        (3, {"market_share": "10"}, "human"),
        (3, {"market_share": "10.01"}, "human"),
        (3, {"market_share": "9.99", "market_rank": 1}, "not_met"),
        (3, {"market_standing": False}, "not_met"),
        (3, {"own_brand": False}, "not_met"),
        (5, {"chain_key_link": True}, "human"),
        (5, {"chain_key_link": False}, "not_met"),
        (6, {"domain_2022": True}, "met"),
        (6, {"domain_2022": False}, "not_met"),
    ],
)
def test_each_requirement_holds_from_its_bound_on(number, facts, state):
    assert condition(CODE, number, **facts).state == state
    assert assess(CODE, **facts).verdict == ("not_yet" if state == "not_met" else "meets")


@pytest.mark.parametrize(
    ("revenue", "last", "before", "state"),
    [
        ("10000", "300", "330", "met"),
        ("10000", "299.99", "330", "not_met"),
        ("10000", "300", "329.99", "not_met"),
        ("9999.99", "300", "330", "not_met"),
        ("9999.99", "600", "660", "met"),
        ("9999.99", "600", "659.99", "not_met"),
        ("5000", "300", "660", "met"),
        ("5000", "299.99", "660", "not_met"),
        ("4999.99", "300", "660", "not_met"),
    ],
)
def test_the_rd_share_asked_for_depends_on_the_revenue_and_a_bound_belongs_to_the_higher_tier(
    revenue, last, before, state
):
    facts = {"revenue_y1": revenue, "revenue_y2": "11000", "rd_expense_y1": last, "rd_expense_y2": before}
    assert condition(CODE, 4, **facts).state == state


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, "met"),
        ({"new_equity_2y": "7999.99"}, "not_met"),
        ({"rd_expense_y1": "2999.99"}, "not_met"),
        ({"rd_staff_y1": 49}, "not_met"),
        ({"rd_staff_y1": 51}, "met"),
        ({"revenue_y1": "4999.99", "rd_expense_y2": "0"}, "met"),
    ],
)
def test_below_fifty_million_equity_rd_and_staff_are_asked_for(change, state):
    assert condition(CODE, 4, **SMALL | change).state == state


def test_the_tier_that_holds_is_named_and_a_tier_below_fifty_million_with_the_notice():
    rows = condition(CODE, 4, revenue_y1="6000").as_payload()["parts"]
    assert rows[1]["label"] == "2025年营业收入 6000 万元，适用“5000万元以上1亿元以下”档，以下各项均须满足"
    assert rows[1]["note"] == ""
    assert "不受理" in condition(CODE, 4, **SMALL).as_payload()["parts"][1]["note"]


def test_without_the_revenue_the_tier_is_open_and_the_revenue_is_named():
    result = condition(CODE, 4, revenue_y1=None)
    assert (result.state, result.missing) == ("missing", ("2025年营业收入",))


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"has_rd_body": False}, "not_met"),
        ({"ip_class1_effective_2022": 1}, "not_met"),
        ({"ip_class1_effective_2022": 2}, "met"),
        ({"ip_class1_effective_2022": 3}, "met"),
        ({"ip_class1_effective": 0}, "met"),
    ],
)
def test_a_research_body_and_two_rights_in_use_are_asked_for(facts, state):
    assert condition(CODE, 4, **facts).state == state


@pytest.mark.parametrize("fact", ["award_national_top3", "maker_china_50"])
def test_a_direct_way_stands_in_for_the_general_conditions(fact):
    general = {"has_rd_body": False, "ip_class1_effective_2022": 0, "rd_expense_y1": "0"}
    assessment = assess(CODE, **general, **{fact: True})
    result = assessment.conditions[3]
    assert (result.state, result.direct, assessment.verdict) == ("met", True, "meets_direct")
    assert "第 4 项“创新能力”以直通条件满足。" in assessment.verdict_shown
    assert part(result, "一般性条件")["state"] == "needless"


@pytest.mark.parametrize("fact", ["award_national_top5", "award_provincial_top3", "maker_china_500"])
def test_a_lesser_award_is_no_direct_way(fact):
    assert assess(CODE, has_rd_body=False, **{fact: True}).verdict == "not_yet"


def test_general_conditions_that_are_met_do_not_count_as_direct_although_a_direct_way_is_open_too():
    assessment = assess(CODE, award_national_top3=True)
    assert (assessment.conditions[3].direct, assessment.verdict) == (False, "meets")


@pytest.mark.parametrize(
    ("number", "facts", "missing"),
    [
        (1, {"main_revenue_y3": None}, ("2023年主营业务收入",)),
        (2, {"governance": None}, ("发展战略、公司治理、信誉和社会责任符合要求",)),
        (2, {"core_systems": None}, ("采用信息系统支撑的核心业务",)),
        (2, {"management_certificates": None}, ("管理体系认证",)),
        (3, {"market_share": None}, ("主导产品在细分市场的占有率",)),
        (3, {"own_brand": None}, ("拥有直接面向市场并具有竞争优势的自主品牌",)),
        (4, {"has_rd_body": None}, ("自建或与高等院校、科研机构联合建立研发机构",)),
        (5, {"chain_key_link": None}, ("位于产业链关键环节，发挥“补短板”“锻长板”“填空白”等重要作用",)),
        (6, {"domain_2022": None}, ("主导产品属于上述领域",)),
    ],
)
def test_a_blank_input_leaves_the_requirement_open_and_is_named(number, facts, missing):
    result = condition(CODE, number, **facts)
    assert (result.state, result.missing) == ("missing", missing)
    assert assess(CODE, **facts).verdict == "incomplete"


def test_a_renewal_is_not_asked_for_growth():
    shrinking = {"main_revenue_y1": "9000", "main_revenue_y2": "10000", "main_revenue_y3": "11000"}
    assert condition(CODE, 1, **shrinking).state == "not_met"
    result = condition(CODE, 1, renewal=True, **shrinking)
    row = part(result, "近2年主营业务收入平均增长率")
    assert (result.state, row["gap_shown"]) == ("met", "复核不要求（2025年申报通知）")


def test_an_average_growth_that_is_missing_is_told_in_money_that_really_suffices():
    facts = {"main_revenue_y1": "10800", "main_revenue_y2": "10000", "main_revenue_y3": "10000"}
    row = part(condition(CODE, 1, **facts), "近2年主营业务收入平均增长率")
    assert (row["value_shown"], row["gap_shown"]) == ("4.00%", "还差 1 个百分点，约 200 万元（主营业务收入）")
    assert condition(CODE, 1, **facts | {"main_revenue_y1": "11000"}).state == "met"


def test_a_year_without_income_leaves_the_growth_open_and_explains_it():
    result = condition(CODE, 1, main_revenue_y3="0")
    assert (result.state, result.missing) == ("missing", ())
    assert result.rule.lacking() == (
        "2023年主营业务收入为 0，不是正数，无法计算近2年主营业务收入平均增长率；如填写有误，请更正"
    )
