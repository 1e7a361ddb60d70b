"""The officers' side of a filing: approve, return, reject, comments, jurisdiction."""
import pytest

from accounts.enums import NoticeChannel
from accounts.models import Notice
from accounts.tests.factories import make_authority_tree, make_enterprise, make_officer, make_operator
from portal.tools.errors import NotPermitted, StaleVersion, WrongState
from reviews.enums import Action, State, Visibility
from reviews.models import FieldComment, Filing
from reviews.services import decisions
from reviews.tests.factories import decide, make_filing, submit

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def test_a_filing_goes_from_the_city_to_the_province_and_is_approved():
    filing = make_filing(state=State.IN_REVIEW)
    decide(filing, comment="材料齐全")
    assert (filing.state, filing.desk.code, filing.step) == (State.IN_REVIEW, "320000", 2)
    decide(filing)
    assert (filing.state, filing.desk, filing.decided_at is None) == (State.APPROVED, None, False)
    outcomes = [(step.authority.code, step.outcome) for step in filing.steps.all()]
    assert outcomes == [("320100", "approved"), ("320000", "approved")]


def test_a_return_tells_the_enterprise_the_reason_by_message_and_sms():
    filing = make_filing(state=State.IN_REVIEW)
    decide(filing, Action.RETURN, comment="请补充2025年审计报告。")
    notices = Notice.objects.filter(recipient=filing.enterprise.account, title="申报被退回，请修改")
    assert {notice.channel for notice in notices} == {NoticeChannel.MESSAGE, NoticeChannel.SMS}
    assert all("请补充2025年审计报告。" in notice.body for notice in notices)


def test_a_returned_filing_comes_back_to_the_first_desk_with_its_comments_resolved():
    filing = make_filing(state=State.IN_REVIEW, step=2)
    officer = make_officer("320000")
    _comment(filing, officer, Visibility.ENTERPRISE)
    decide(filing, Action.RETURN, comment="请改正", user=officer)
    submit(filing)
    assert (filing.state, filing.desk.code, filing.round) == (State.IN_REVIEW, "320100", 2)
    assert FieldComment.objects.get().resolved_at is not None


def test_of_two_officers_who_decide_at_once_the_second_learns_what_the_first_did():
    filing = make_filing(state=State.IN_REVIEW)
    seen = filing.version
    first, second = make_officer("320100", person_name="王一"), make_officer("320100", person_name="赵二")
    decisions.return_filing(filing_id=filing.pk, user=first, seen_version=seen, comment="请改正")
    with pytest.raises(StaleVersion, match="南京市中小企业主管部门 王一已于 .*【退回】"):
        decisions.approve(filing_id=filing.pk, user=second, seen_version=seen)
    filing.refresh_from_db()
    assert (filing.state, filing.events.count()) == (State.RETURNED, 2)


def test_a_double_click_on_a_decision_decides_once():
    filing = make_filing(state=State.IN_REVIEW)
    officer = make_officer("320100")
    for _ in range(2):
        done = decisions.approve(filing_id=filing.pk, user=officer, seen_version=filing.version)
    assert (done.step, done.events.count()) == (2, 2)


def test_an_officer_without_a_part_in_a_filing_learns_nothing_of_it():
    filing = make_filing(state=State.IN_REVIEW)
    with pytest.raises(NotPermitted) as refused:
        decisions.approve(filing_id=filing.pk, user=make_officer("500103"), seen_version=filing.version - 1)
    assert filing.enterprise_name not in refused.value.message


def test_an_officer_moved_to_another_authority_while_the_page_was_open_cannot_decide():
    filing = make_filing(state=State.IN_REVIEW)
    officer = make_officer("320100")
    officer.authority = make_officer("320500").authority
    officer.save()
    with pytest.raises(NotPermitted):
        decisions.approve(filing_id=filing.pk, user=officer, seen_version=filing.version)


def test_a_comment_can_be_written_at_the_desk_and_taken_back_until_the_decision():
    filing = make_filing(state=State.IN_REVIEW)
    officer = make_officer("320100")
    kept, dropped = _comment(filing, officer, Visibility.ENTERPRISE), _comment(filing, officer, Visibility.INTERNAL)
    decisions.remove_comment(comment_id=dropped.pk, user=officer)
    decide(filing, Action.RETURN, comment="请改正", user=officer)
    kept.refresh_from_db()
    assert kept.event.action == Action.RETURN
    with pytest.raises(NotPermitted):
        decisions.remove_comment(comment_id=kept.pk, user=officer)


def test_a_comment_that_went_out_with_a_decision_stays():
    filing = make_filing(state=State.IN_REVIEW)
    officer = make_officer("320100")
    comment = _comment(filing, officer, Visibility.ENTERPRISE)
    decide(filing, Action.RETURN, comment="请改正", user=officer)
    submit(filing)
    with pytest.raises(WrongState, match="不能删除"):
        decisions.remove_comment(comment_id=comment.pk, user=officer)


@pytest.mark.parametrize(
    ("code", "sees"),
    [("320100", True), ("320102", True), ("320000", True), ("000000", True), ("320500", False), ("320106", False),
     ("500000", False), ("210200", False)],
)  # fmt: skip
def test_an_officer_sees_the_filings_of_his_area_and_no_others(code, sees):
    filing = make_filing(state=State.IN_REVIEW)
    officer = make_officer(code, "viewer")
    assert (filing in Filing.objects.for_officer(officer)) is sees


def test_nobody_but_the_enterprise_sees_a_draft_before_it_is_submitted():
    make_authority_tree()
    draft = make_filing()
    for code in ("320102", "320100", "320000", "000000"):
        assert draft not in Filing.objects.for_officer(make_officer(code, "manager"))
    assert draft in Filing.objects.for_owner(draft.enterprise.account)


def test_jurisdiction_fails_closed_for_everybody_who_is_no_officer():
    make_filing(state=State.IN_REVIEW)
    for user in (make_operator(), make_enterprise().account, make_officer("320100", is_active=False)):
        assert not Filing.objects.for_officer(user).exists()
        assert not Filing.objects.on_desk_of(user).exists()


def _comment(filing, officer, visibility):
    return decisions.add_comment(
        filing_id=filing.pk, user=officer, section="basic", field="products", label="主导产品", text="与执照不符",
        visibility=visibility,
    )
