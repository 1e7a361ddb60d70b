import pytest

from accounts.tests.factories import make_enterprise
from applications.tests.filled import REQUIRED_SLOTS, TYPED, changed, make_draft
from reviews.kinds import get_kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers():
    """Return a function: typed values → {(section, field): message} of everything that is wrong with a full form."""
    kind = get_kind("innovative_application")
    filing = make_draft(values=TYPED)
    edition = kind.form_edition(filing)

    def problems(values, slots=REQUIRED_SLOTS, period=2026):
        full = {key: filing.answers.get(key, {}) | values.get(key, {}) for key in {*filing.answers, *values}}
        form = edition.fill(full, period=period, slot_counts=dict.fromkeys(slots, 1))
        return {(problem.section, problem.field): problem.message for problem in form.problems()}

    return problems


def test_the_complete_example_breaks_no_rule(answers):
    assert answers(TYPED) == {}


def test_negative_revenue_is_named_with_the_rule_and_the_remedy(answers):
    assert answers(changed("economy", revenue_y1="-5")) == {
        ("economy", "revenue_y1"): "您填写的“-5”小于 0，应为不小于 0 的数字（万元，最多两位小数），请改正。"
    }


def test_a_loss_is_allowed_as_net_profit(answers):
    assert answers(changed("economy", net_profit_y1="-350.25")) == {}


@pytest.mark.parametrize(
    "field", ["employees_y1", "rd_staff_y2", "total_assets_y3", "total_liabilities_y1", "rd_expense_y2"]
)
def test_other_figures_cannot_be_negative(answers, field):
    assert "小于 0" in answers(changed("economy", **{field: "-1"}))["economy", field]


def test_rd_expense_above_revenue_is_named_with_both_figures(answers):
    message = answers(changed("economy", rd_expense_y1="56000"))["economy", "rd_expense_y1"]
    assert message == (
        "您填写的“56000”万元大于2025年营业收入“5600”万元，应不超过2025年营业收入。请核对两项数据及单位后改正。"
    )


def test_rd_expense_equal_to_revenue_is_no_problem(answers):
    assert answers(changed("economy", rd_expense_y1="5600")) == {}


def test_main_revenue_above_revenue_is_refused_in_the_year_it_happens(answers):
    assert list(answers(changed("economy", main_revenue_y2="4800.01"))) == [("economy", "main_revenue_y2")]


def test_rd_staff_above_staff_is_refused(answers):
    message = answers(changed("economy", rd_staff_y1="121"))["economy", "rd_staff_y1"]
    assert "“121”人大于2025年全职员工数量“120”人" in message


def test_liabilities_above_assets_are_scored_and_not_refused(answers):
    assert answers(changed("economy", total_liabilities_y1="9000")) == {}


def test_a_twenty_digit_number_is_refused_with_the_limit(answers):
    message = answers(changed("economy", revenue_y1="12345678901234567890"))["economy", "revenue_y1"]
    assert "“12345678901234567890”超过上限" in message
    assert "请核对单位是否为万元" in message


def test_letters_in_a_figure_are_refused_with_what_was_typed(answers):
    assert "“五千万”不是数字" in answers(changed("economy", revenue_y1="五千万"))["economy", "revenue_y1"]


def test_half_an_employee_is_refused(answers):
    assert "“12.5”不是整数" in answers(changed("economy", employees_y1="12.5"))["economy", "employees_y1"]


@pytest.mark.parametrize("part", ["ip_class1_high_value", "ip_class1_self"])
def test_kinds_of_class_one_rights_cannot_outnumber_class_one(answers, part):
    message = answers(changed("innovation", **{part: "4"}))["innovation", part]
    assert "“4”项大于Ⅰ类知识产权数量“3”项" in message


def test_kinds_of_class_one_rights_need_no_answer_when_there_are_none(answers):
    blank = changed("innovation", ip_class1="0", ip_class1_high_value="", ip_class1_self="")
    assert answers(blank) == {}


def test_kinds_of_class_one_rights_are_asked_for_when_there_are_some(answers):
    assert ("innovation", "ip_class1_self") in answers(changed("innovation", ip_class1_self=""))


def test_years_in_the_segment_cannot_exceed_the_age_of_the_enterprise(answers):
    # founded 2015-05-08: 2015 to 2025 are eleven years
    assert answers(changed("specialization", segment_years="11")) == {}
    message = answers(changed("specialization", segment_years="12"))["specialization", "segment_years"]
    assert message.startswith("您填写的“12”年超过企业存续时间：注册时间为 2015-05-08，截至 2025 年末最多 11 年。")


def test_years_before_the_enterprise_was_founded_may_stay_blank(answers):
    economy = TYPED["economy"] | {name: "" for name in TYPED["economy"] if name.endswith("y3")}
    values = changed("specialization", segment_years="1") | {"economy": economy, "basic": {"founded_on": "2024-03-01"}}
    assert answers(values) == {}


def test_earlier_years_are_asked_of_an_enterprise_that_existed(answers):
    assert list(answers(changed("economy", total_assets_y3=""))) == [("economy", "total_assets_y3")]


def test_a_claimed_condition_needs_its_details_and_its_proof(answers):
    problems = answers(changed("direct", direct_award="yes"))
    assert set(problems) == {
        ("direct", "direct_award_name"), ("direct", "direct_award_date"), ("direct", "direct_award_number"),
        ("direct", "award_files"),
    }  # fmt: skip


def test_an_award_older_than_three_years_is_refused_with_the_remedy(answers):
    award = {"direct_award": "yes", "direct_award_name": "科技进步奖", "direct_award_number": "1"}
    slots = (*REQUIRED_SLOTS, "direct.award_files")
    assert answers(changed("direct", **award, direct_award_date="2023-01-01"), slots) == {}
    message = answers(changed("direct", **award, direct_award_date="2022-12-31"), slots)["direct", "direct_award_date"]
    assert "早于近三年（2023-01-01 起）" in message
    assert "请选择“否”" in message


def test_an_expired_honour_is_refused_and_a_future_date_is_accepted(answers):
    honour = {"direct_honour": "yes", "direct_honour_name": "高新技术企业", "direct_honour_number": "GR1"}
    slots = (*REQUIRED_SLOTS, "direct.honour_files")
    assert answers(changed("direct", **honour, direct_honour_until="2099-12-31"), slots) == {}
    problems = answers(changed("direct", **honour, direct_honour_until="2020-01-01"), slots)
    assert "已过有效期" in problems["direct", "direct_honour_until"]


def test_direct_applicants_need_only_the_last_audit_report(answers):
    slots = [slot for slot in REQUIRED_SLOTS if slot != "evidence.audit_y2"]
    assert list(answers(TYPED, slots)) == [("evidence", "audit_y2")]
    assert answers(changed("direct", new_equity_3y="500"), [*slots, "direct.equity_files"]) == {}


def test_certificates_are_asked_for_only_when_rights_are_claimed(answers):
    slots = [slot for slot in REQUIRED_SLOTS if slot != "innovation.ip_files"]
    assert list(answers(TYPED, slots)) == [("innovation", "ip_files")]
    none = changed("innovation", ip_class1="0", ip_class1_high_value="", ip_class1_self="", ip_class2="0")
    assert answers(none, slots) == {}


def test_a_claim_of_an_emerging_industry_is_explained(answers):
    problems = answers(changed("specialization", domain_note="", emerging_category=""))
    assert set(problems) == {("specialization", "domain_note"), ("specialization", "emerging_category")}
    other = changed("specialization", emerging_industry="no", domain_note="", emerging_category="")
    assert answers(other) == {}


def test_a_text_over_its_limit_says_how_long_it_is(answers):
    message = answers(changed("specialization", domain_note="长" * 501))["specialization", "domain_note"]
    assert "共 501 个字，超过上限 500 个字" in message
    assert answers(changed("specialization", domain_note="长" * 500)) == {}


def test_a_large_enterprise_is_refused_at_the_size_class(answers):
    large = changed("economy", employees_y1="1000", revenue_y1="40000")
    message = answers(large)["basic", "size_class"]
    assert "判定为大型企业" in message
    assert "不能申报" in message


def test_the_declaration_must_be_ticked(answers):
    assert list(answers(changed("statement", declared=""))) == [("statement", "declared")]


def test_a_listed_enterprise_names_its_stock_code(answers):
    assert list(answers(changed("basic", listing_status="listed"))) == [("basic", "stock_code")]


def test_a_wrong_mobile_number_says_what_a_right_one_looks_like(answers):
    message = answers(changed("basic", contact_mobile="12345"))["basic", "contact_mobile"]
    assert "“12345”格式不正确" in message
    assert "13800000000" in message


def test_field_names_are_used_once_across_the_sections():
    filing = make_draft(make_enterprise())
    form = get_kind(filing.kind).fill(filing)
    names = [name for section in form.sections for name in section.fields]
    assert len(names) == len(set(names))
