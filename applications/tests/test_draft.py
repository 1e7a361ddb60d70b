import pytest

from accounts.tests.factories import make_enterprise
from applications.forms.document import DONE, IN_PROGRESS, NOT_STARTED
from applications.services.drafts import VALUE_LIMIT, save_sections, sync_name
from applications.tests.filled import TYPED, changed, make_draft, make_submitted, type_in
from portal.tools.errors import Invalid, NotPermitted, StaleVersion, WrongState
from reviews.models import ReviewEvent

pytestmark = pytest.mark.django_db


def test_a_draft_accepts_blanks():
    filing = make_draft()
    result = type_in(filing, {"economy": {"revenue_y1": "", "employees_y1": ""}})
    assert filing.answers["economy"] == {"revenue_y1": "", "employees_y1": ""}
    assert result.soft_errors["economy"] == {}


def test_a_draft_keeps_wrong_values_as_typed_and_says_what_is_wrong():
    filing = make_draft()
    result = type_in(filing, {"economy": {"revenue_y1": "-5", "rd_expense_y1": "很多"}})
    assert filing.answers["economy"] == {"revenue_y1": "-5", "rd_expense_y1": "很多"}
    assert set(result.soft_errors["economy"]) == {"revenue_y1", "rd_expense_y1"}


def test_pasted_figures_are_made_plain():
    filing = make_draft()
    type_in(filing, {"economy": {"revenue_y1": "５，６００．５", "main_revenue_y1": " 1,234 "}})
    assert filing.answers["economy"] == {"revenue_y1": "5600.5", "main_revenue_y1": "1234"}


def test_saving_one_section_leaves_the_others_alone():
    filing = make_draft(values=TYPED)
    type_in(filing, {"specialization": {"main_product": "新产品"}})
    assert filing.answers["specialization"]["main_product"] == "新产品"
    assert filing.answers["specialization"]["segment_years"] == "8"
    assert filing.answers["economy"] == TYPED["economy"]


def test_each_save_counts_the_version_up_and_leaves_no_history():
    filing = make_draft()
    first = type_in(filing, {"economy": {"revenue_y1": "1"}})
    second = type_in(filing, {"economy": {"revenue_y1": "2"}})
    assert second.version == first.version + 1
    assert not ReviewEvent.objects.exists()


def test_a_second_window_is_told_and_nothing_is_overwritten():
    filing = make_draft()
    old = filing.version
    type_in(filing, {"economy": {"revenue_y1": "100"}})
    with pytest.raises(StaleVersion) as stale:
        save_sections(
            filing_id=filing.pk, user=filing.enterprise.account, seen_version=old,
            values={"economy": {"revenue_y1": "200"}},
        )  # fmt: skip
    assert stale.value.current.answers["economy"]["revenue_y1"] == "100"
    filing.refresh_from_db()
    assert filing.answers["economy"]["revenue_y1"] == "100"


def test_another_enterprise_cannot_write():
    filing = make_draft()
    with pytest.raises(NotPermitted):
        save_sections(
            filing_id=filing.pk, user=make_enterprise().account, seen_version=filing.version,
            values={"economy": {"revenue_y1": "1"}},
        )  # fmt: skip


def test_a_filing_under_review_cannot_be_written():
    filing = make_submitted()
    with pytest.raises(WrongState) as refusal:
        save_sections(
            filing_id=filing.pk, user=filing.enterprise.account, seen_version=filing.version,
            values={"economy": {"revenue_y1": "1"}},
        )  # fmt: skip
    filing.refresh_from_db()
    assert f"{filing.desk.name}退回" in refusal.value.message


def test_a_value_beyond_all_measure_is_refused_by_name():
    filing = make_draft()
    with pytest.raises(Invalid, match="超过单个栏目可暂存的上限"):
        type_in(filing, {"statement": {"overview": "长" * (VALUE_LIMIT + 1)}})


def test_unknown_fields_and_the_name_are_not_taken_from_a_request():
    filing = make_draft()
    type_in(filing, {"basic": {"uscc": "X", "is_admin": "1"}, "nonsense": {"a": "b"}})
    assert filing.answers["basic"]["uscc"] == filing.enterprise.uscc
    assert "is_admin" not in filing.answers["basic"]
    assert "nonsense" not in filing.answers


def test_control_characters_do_not_break_the_save():
    filing = make_draft()
    type_in(filing, {"specialization": {"main_product": "控制\x00系统"}})
    assert filing.answers["specialization"]["main_product"] == "控制系统"


def test_the_score_follows_every_save():
    filing = make_draft(values=TYPED)
    result = type_in(filing, changed("economy", rd_expense_y1="10"))
    assert result.assessment.total == 75
    assert filing.self_score == 75


def test_a_computed_field_names_the_input_that_is_missing():
    result = type_in(make_draft(), {"economy": {"rd_expense_y1": "10"}})
    assert result.computed["rd_ratio_y1"].shown == ""
    assert result.computed["rd_ratio_y1"].reason == "缺少：2025年营业收入"


def test_the_states_of_the_sections_follow_what_is_filled_in():
    filing = make_draft()
    assert type_in(filing, {"economy": {"revenue_y1": ""}}).section_states == {
        "basic": DONE, "economy": NOT_STARTED, "innovation": NOT_STARTED, "specialization": NOT_STARTED,
        "direct": NOT_STARTED, "evidence": NOT_STARTED, "statement": NOT_STARTED,
    }  # fmt: skip
    states = type_in(filing, TYPED | {"economy": {"revenue_y1": "5600"}}).section_states
    assert states["economy"] == IN_PROGRESS
    assert states["specialization"] == DONE
    assert states["statement"] == DONE


def test_syncing_takes_the_verified_name_into_record_and_form():
    filing = make_draft()
    account = filing.enterprise.account
    account.verified_name = "测试新名称有限公司"
    account.save(update_fields=["verified_name"])
    sync_name(
        filing_id=filing.pk, user=account, seen_version=filing.version, values={"economy": {"revenue_y1": "77"}}
    )
    filing.refresh_from_db()
    assert filing.enterprise_name == "测试新名称有限公司"
    assert filing.answers["basic"]["name"] == "测试新名称有限公司"
    assert filing.answers["economy"]["revenue_y1"] == "77"
