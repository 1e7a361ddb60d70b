"""The enterprise's side of a filing: open, save, submit."""
import datetime

import pytest
from django.utils import timezone

from accounts.models import Notice
from accounts.tests.factories import make_authority_tree, make_enterprise, make_natural_person
from portal.tools.errors import Invalid, NotPermitted, Refused, StaleVersion, WrongState
from reviews.enums import State
from reviews.models import Filing, Window
from reviews.services import filings
from reviews.tests.factories import KIND, authority, change_answers, make_filing, open_window, submit

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def test_opening_twice_gives_the_same_draft():
    enterprise = make_enterprise()
    open_window()
    first = filings.open_filing(user=enterprise.account, kind_code=KIND)
    second = filings.open_filing(user=enterprise.account, kind_code=KIND)
    assert first == second
    assert Filing.objects.count() == 1


def test_a_natural_person_cannot_open_a_filing():
    make_authority_tree()
    open_window()
    with pytest.raises(NotPermitted, match="法人账户"):
        filings.open_filing(user=make_natural_person(), kind_code=KIND)


def test_without_a_window_nothing_opens_and_the_sentence_says_whom_to_ask():
    enterprise = make_enterprise()
    with pytest.raises(Refused, match="目前未开放.*江苏省中小企业主管部门"):
        filings.open_filing(user=enterprise.account, kind_code=KIND)
    assert not Filing.objects.exists()


def test_a_closed_window_says_when_the_next_opens():
    enterprise = make_enterprise()
    opens = timezone.now() + datetime.timedelta(days=3)
    Window.objects.create(
        kind=KIND, authority=authority("320000"), period=2026, opens_at=opens,
        closes_at=opens + datetime.timedelta(days=9),
    )
    with pytest.raises(Refused) as refused:
        filings.open_filing(user=enterprise.account, kind_code=KIND)
    assert timezone.localtime(opens).strftime("%Y年%m月%d日 %H:%M") in refused.value.message


def test_the_window_of_another_province_does_not_open_mine():
    enterprise = make_enterprise(region="320102")
    open_window(code="500000")
    with pytest.raises(Refused, match="江苏省"):
        filings.open_filing(user=enterprise.account, kind_code=KIND)


def test_a_window_of_the_ministry_opens_every_province():
    enterprise = make_enterprise(region="500103")
    open_window(code="000000")
    assert filings.open_filing(user=enterprise.account, kind_code=KIND).state == State.DRAFT


def test_a_submission_reaches_the_city_with_number_snapshot_event_and_message():
    filing = make_filing(state=State.IN_REVIEW)
    assert filing.desk.code == "320100"
    assert filing.number == f"CS{filing.period}{filing.pk:08d}"
    assert filing.snapshot.payload["sections"][0]["items"][0]["shown"] == filing.enterprise_name
    assert [event.action for event in filing.events.all()] == ["submit"]
    message = Notice.objects.get(recipient=filing.enterprise.account)
    assert "南京市中小企业主管部门" in message.body


def test_pressing_submit_twice_submits_once():
    filing = make_filing()
    owner = filing.enterprise.account
    first = filings.submit(filing_id=filing.pk, user=owner, seen_version=filing.version)
    second = filings.submit(filing_id=filing.pk, user=owner, seen_version=filing.version)
    assert (first.state, second.state, second.round) == (State.IN_REVIEW, State.IN_REVIEW, 1)
    assert filing.events.count() == filing.snapshots.count() == Notice.objects.filter(channel="message").count() == 1


def test_a_draft_with_rules_broken_is_not_submitted_and_every_problem_is_named():
    filing = make_filing(products="")
    with pytest.raises(Invalid) as refused:
        submit(filing)
    assert [(problem.section, problem.field) for problem in refused.value.problems] == [("basic", "products")]
    filing.refresh_from_db()
    assert (filing.state, filing.number, filing.round) == (State.DRAFT, None, 0)


def test_the_window_may_close_while_an_enterprise_types_and_the_draft_stays():
    filing = make_filing()
    Window.objects.update(closes_at=timezone.now())
    with pytest.raises(Refused, match="未开放"):
        submit(filing)
    filing.refresh_from_db()
    assert filing.state == State.DRAFT


def test_a_returned_filing_may_be_submitted_after_the_window_has_closed():
    filing = make_filing(state=State.RETURNED)
    Window.objects.update(closes_at=timezone.now())
    assert submit(filing).state == State.IN_REVIEW


def test_the_second_of_two_tabs_is_told_and_overwrites_nothing():
    filing = make_filing()
    seen = filing.version
    change_answers(filing, products="先保存的")
    with pytest.raises(StaleVersion) as refused:
        filings.write_answers(
            filing_id=filing.pk, user=filing.enterprise.account, seen_version=seen,
            change=lambda row: row.answers["basic"].update(products="后保存的"),
        )
    assert refused.value.current.answers["basic"]["products"] == "先保存的"
    filing.refresh_from_db()
    assert filing.answers["basic"]["products"] == "先保存的"


def test_a_filing_under_review_cannot_be_changed_and_the_sentence_names_who_can_return_it():
    filing = make_filing(state=State.IN_REVIEW)
    with pytest.raises(WrongState, match="请联系南京市中小企业主管部门退回"):
        change_answers(filing, products="改")


def test_another_enterprise_cannot_write_into_my_filing():
    filing = make_filing()
    with pytest.raises(NotPermitted):
        filings.write_answers(
            filing_id=filing.pk, user=make_enterprise().account, seen_version=filing.version, change=lambda row: None
        )


def test_saving_a_draft_writes_no_history():
    filing = make_filing()
    change_answers(filing, products="一")
    change_answers(filing, products="二")
    assert not filing.events.exists()
    assert not filing.snapshots.exists()
