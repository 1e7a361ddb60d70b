"""Rules across the fields of 专精特新 and 小巨人: what the enterprise reads when two answers do not fit."""
import datetime

import pytest
from django.utils import timezone

from applications.tests.filled_tiers import AWARD, BODY, PAYMENT, right
from applications.tests.tier_forms import CODES, Desk, changed, typed

pytestmark = pytest.mark.django_db
LG, LG22, SP, SP22 = "little_giant-2026", "little_giant-2022", "specialized-2026", "specialized-2022"


def problems(code, section, **fields):
    """Return what is wrong after a change of one section."""
    return Desk(code).problems(changed(code, section, **fields))


def rights(code, **columns):
    """Return what is wrong when the first 知识产权 is changed."""
    columns_asked = typed(code)["innovation"]["ip"][0]
    first = {key: text for key, text in right("a1", **columns).items() if key in columns_asked}
    return problems(code, "innovation", ip=[first, *typed(code)["innovation"]["ip"][1:]])


@pytest.mark.parametrize(
    ("part", "section", "value", "whole"),
    [
        ("rd_staff_y1", "economy", "181", "2025年全职员工数量“180”人"),
        ("main_revenue_y2", "economy", "7900.01", "2024年营业收入“7900”万元"),
        ("exports_y3", "economy", "7300", "2023年营业收入“7200”万元"),
        ("rd_expense_y1", "innovation", "8601", "2025年营业收入“8600”万元"),
        ("own_brand_revenue", "distinction", "8600.5", "2025年营业收入“8600”万元"),
    ],
)
def test_a_part_above_its_whole_is_named_with_both_figures(part, section, value, whole):
    message = problems(LG, section, **{part: value})[section, part]
    assert message.startswith(f"您填写的“{value}”")
    assert f"大于{whole}" in message


@pytest.mark.parametrize("code", CODES)
def test_earlier_years_are_asked_in_every_table(code):
    assert ("economy", "tax_y3") in problems(code, "economy", tax_y3="")
    assert ("innovation", "rd_expense_y2") in problems(code, "innovation", rd_expense_y2="")


def test_net_assets_must_be_assets_less_liabilities():
    message = problems(LG, "economy", net_assets_y1="5000")["economy", "net_assets_y1"]
    assert message == (
        "您填写的“5000”万元不等于资产总额“9800”万元减负债总额“3900”万元（应为 5900 万元）。请核对三项数据后改正。"
    )
    assert problems(LG, "economy", net_assets_y1="5900.01") == {}


def test_net_assets_may_be_negative():
    negative = {"total_assets_y1": "3000", "total_liabilities_y1": "3900", "net_assets_y1": "-900"}
    assert problems(LG, "economy", **negative) == {}


def test_years_in_the_segment_cannot_exceed_the_age():
    message = problems(LG, "specialization", segment_years="12")["specialization", "segment_years"]
    assert "截至 2025 年末最多 11 年" in message
    assert "请核对从事特定细分市场时间或注册时间后改正" in message


def test_a_large_enterprise_cannot_apply():
    large = {"employees_y1": "1000", "revenue_y1": "40000"}
    assert "不能申报" in problems(SP, "economy", **large)["basic", "size_class"]


def test_an_ip_number_entered_twice_is_named_with_both_rows():
    twice = [right("a1", number="ZL 2021 1"), right("a2", number="zl20211")]
    message = problems(LG, "innovation", ip=[{k: v for k, v in row.items() if k != "high_value"} for row in twice])[
        "innovation", "ip-a2-number"
    ]
    assert "“zl20211”与知识产权第 1 项的授权号或登记号“ZL 2021 1”相同" in message


def test_class_two_cannot_be_of_high_value():
    found = rights(SP22, kind="software", high_value="yes")
    assert "Ⅱ类知识产权没有高价值之分" in found["innovation", "ip-a1-high_value"]
    assert rights(SP22, high_value="yes") == {}


@pytest.mark.parametrize("code", [SP22, SP, LG])
def test_a_right_transferred_in_is_not_of_own_application(code):
    found = rights(code, transferred_on="2020-01-01")
    assert "“2020-01-01”，受让取得的本项应为“否”" in found["innovation", "ip-a1-self_applied"]
    assert rights(code, transferred_on="2020-01-01", self_applied="no") == {}


def test_a_right_older_than_the_enterprise_came_by_transfer():
    found = rights(LG22, granted_on="2015-05-07")
    assert "早于企业注册时间 2015-05-08" in found["innovation", "ip-a1-granted_on"]
    assert rights(LG22, granted_on="2015-05-08") == {}
    assert rights(LG22, granted_on="2010-01-01", transferred_on="2018-01-01") == {}


def test_nothing_is_transferred_to_an_enterprise_before_it_exists():
    found = rights(LG22, granted_on="2010-01-01", transferred_on="2015-05-07")
    assert list(found) == [("innovation", "ip-a1-transferred_on")]


@pytest.mark.parametrize("code", CODES)
def test_a_right_in_use_is_explained_within_500_characters(code):
    assert list(rights(code, benefit="")) == [("innovation", "ip-a1-benefit")]
    assert rights(code, applied="no", benefit="") == {}
    assert rights(code, benefit="长" * 500) == {}
    assert "超过上限 500 个字" in rights(code, benefit="长" * 501)["innovation", "ip-a1-benefit"]


def test_a_rank_starts_at_one():
    assert "不是名次" in rights(LG, holder_rank="0")["innovation", "ip-a1-holder_rank"]
    found = problems(LG22, "innovation", awards=[AWARD | {"holder_rank": "0"}])
    assert "不是名次" in found["innovation", "awards-c1-holder_rank"]
    assert "不是名次" in problems(LG, "distinction", market_rank="0")["distinction", "market_rank"]
    assert problems(LG, "distinction", market_rank="") == {}


def test_other_prizes_are_no_national_award():
    found = problems(LG, "innovation", awards=[AWARD | {"level": "national", "kind": "other"}])
    assert "级别请选择“其他”" in found["innovation", "awards-c1-level"]
    assert problems(LG, "innovation", awards=[AWARD | {"level": "national", "kind": "defence"}]) == {}


@pytest.mark.parametrize(
    ("level", "asked"), [("national", True), ("provincial", True), ("city", True), ("below", False)]
)
def test_a_recognised_research_body_has_an_approval(level, asked):
    found = problems(LG, "innovation", rd_bodies=[BODY | {"level": level, "number": ""}])
    assert (("innovation", "rd_bodies-b1-number") in found) is asked


def test_payments_of_a_year_are_part_of_its_equity_financing():
    found = problems(LG, "innovation", equity=[PAYMENT | {"amount": "2000.01"}])
    assert "“2000”万元小于创新能力中该年度各笔股权融资实缴金额之和“2000.01”万元" in found["economy", "equity_financing_y1"]
    assert ("economy", "equity_financing_y2") in problems(
        LG, "innovation", equity=[PAYMENT | {"received_on": "2024-04-01"}]
    )


def test_products_cannot_earn_more_than_the_enterprise():
    rows = typed(LG)["specialization"]["products"]
    found = problems(LG, "specialization", products=[rows[0] | {"revenue": "8600.01"}])
    assert "占比之和超过 100%" in found["specialization", "products"]
    assert problems(LG, "specialization", products=[rows[0] | {"revenue": "8600"}]) == {}


def test_at_least_one_product_is_asked_and_three_at_most():
    assert "至少填写 1 个" in problems(SP, "specialization", products=[])["specialization", "products"]
    rows = [{"row": f"p{n}", "name": f"产品{n}", "revenue": "5"} for n in range(4)]
    assert "超过上限 3 项" in problems(SP, "specialization", products=rows)["specialization", "products"]


@pytest.mark.parametrize(("code", "title"), [(SP, "base_title"), (SP22, "base_title"), (LG, "specialized")])
def test_an_expired_lower_title_cannot_be_claimed(code, title):
    yesterday = (timezone.localdate() - datetime.timedelta(days=1)).isoformat()
    found = problems(code, "other", **{f"{title}_until": yesterday})
    assert f"“{yesterday}”已过有效期" in found["other", f"{title}_until"]
    assert problems(code, "other", **{f"{title}_until": timezone.localdate().isoformat()}) == {}


def test_who_does_not_hold_the_lower_title_is_not_refused():
    assert problems(LG, "other", holds_specialized="no", specialized_number="", specialized_until="") == {}


@pytest.mark.parametrize("code", [SP22, LG22, LG])
def test_iso9001_as_quality_level_needs_the_certificate(code):
    found = problems(code, "refinement", management_certificates="iso14000")
    assert "没有选“ISO9000 质量管理体系”" in found["refinement", "quality_level"]


def test_brand_income_needs_a_brand():
    assert "自有品牌个数为“0”" in problems(LG, "distinction", own_brands="0")["distinction", "own_brands"]
    assert problems(LG, "distinction", own_brands="0", own_brand_revenue="0") == {}
    found = problems(LG22, "distinction", own_brands="0", own_brand_revenue="0")
    assert "您选择了拥有自主品牌" in found["distinction", "own_brands"]


@pytest.mark.parametrize(
    ("code", "section", "answer", "detail"),
    [
        (SP22, "refinement", {"quality_award": "yes"}, "quality_award_name"),
        (SP22, "refinement", {"management_certificates": "iso9000,other"}, "management_certificates_other"),
        (SP, "refinement", {"product_certificates": "other"}, "product_certificates_other"),
        (SP22, "chain", {"chain_position": "B", "chain_position_note": ""}, "chain_position_note"),
        (LG, "refinement", {"core_systems": "other"}, "core_systems_other"),
        (LG, "chain", {"direct_support_names": ""}, "direct_support_names"),
        (LG, "product", {"six_bases": ""}, "six_bases"),
        (LG, "other", {"specialized_number": ""}, "specialized_number"),
        (LG22, "distinction", {"own_brands": ""}, "own_brands"),
    ],
)
def test_an_answer_asks_for_its_detail(code, section, answer, detail):
    assert (section, detail) in problems(code, section, **answer)


@pytest.mark.parametrize(
    ("code", "section", "answer"),
    [
        (SP22, "chain", {"chain_position": "C", "chain_position_note": ""}),
        (LG, "chain", {"direct_support": "no", "direct_support_names": ""}),
        (LG, "product", {"strategic_field": "emerging", "six_bases": ""}),
        (LG22, "distinction", {"own_brand": "no", "own_brands": "", "own_brand_revenue": ""}),
    ],
)
def test_a_detail_that_does_not_apply_is_not_asked(code, section, answer):
    assert problems(code, section, **answer) == {}


@pytest.mark.parametrize(
    ("code", "section", "field", "limit"),
    [
        (LG, "chain", "chain_role_note", 300),
        (LG, "distinction", "market_note", 1000),
        (LG, "other", "overview", 2000),
        (SP, "other", "overview", 2000),
        (SP, "distinction", "market_note", 1000),
    ],
)
def test_texts_keep_their_official_limits(code, section, field, limit):
    assert problems(code, section, **{field: "字" * limit}) == {}
    assert f"超过上限 {limit} 个字" in problems(code, section, **{field: "字" * (limit + 1)})[section, field]


def test_a_share_of_the_market_is_at_most_100_percent():
    assert "“100.5”大于 100" in problems(LG, "distinction", market_share="100.5")["distinction", "market_share"]


def test_a_domestic_patent_needs_no_certificate_and_another_class_one_right_does():
    assert rights(LG) == {}
    assert list(rights(LG, kind="layout")) == [("innovation", "ip_files")]


def test_costs_above_income_and_small_main_products_are_asked_about_and_not_refused():
    desk = Desk(LG)
    values = changed(LG, "economy", main_cost_y1="8200.01")
    assert desk.problems(values) == {}
    assert "毛利率为负" in desk.warnings(values)["economy", "main_cost_y1"]
    values = changed(LG, "specialization", products=[{"row": "p1", "name": "传感器", "revenue": "4300"}])
    assert desk.problems(values) == {}
    assert "50.00%，没有超过 50%" in desk.warnings(values)["specialization", "products"]


def test_figures_in_yuan_are_asked_about():
    values = changed(LG, "innovation", rd_expense_y1="6400000")
    assert "请核对单位是否为万元" in Desk(LG).warnings(values)["innovation", "rd_expense_y1"]
