"""公示 → 公告 → 认定."""
import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Notice
from accounts.tests.factories import make_officer
from portal.tools.errors import NotPermitted, Refused, StaleVersion, WrongState
from reviews.enums import PublicityState, State
from reviews.models import PublicityEntry, PublicityList
from reviews.services import publicity
from reviews.tests.factories import end_publicity, make_filing, make_publicity, officer_of, publicise

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def test_a_list_takes_every_approved_filing_of_the_province_and_no_other():
    mine = [make_filing(state=State.APPROVED), make_filing(state=State.APPROVED)]
    make_filing(state=State.APPROVED, region="500103")
    make_filing(state=State.IN_REVIEW)
    listed = make_publicity(mine[0])
    assert {entry.filing for entry in listed.entries.all()} == set(mine)


def test_a_filing_stands_on_one_list_at_a_time():
    filing = make_filing(state=State.APPROVED)
    make_publicity(filing)
    with pytest.raises(Refused, match="没有等待公示"):
        make_publicity(filing)
    entry = PublicityEntry.objects.get()
    entry.pk, entry.position = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


def test_a_filing_left_out_of_a_draft_waits_for_the_next_list():
    filing, other = make_filing(state=State.APPROVED), make_filing(state=State.APPROVED)
    listed = make_publicity(filing)
    _remove(listed, filing)
    assert [entry.filing for entry in make_publicity(filing).entries.all()] == [filing]
    assert [entry.filing for entry in listed.entries.all()] == [other]


def test_starting_tells_each_enterprise_and_starting_twice_changes_nothing():
    filing = make_filing(state=State.APPROVED)
    listed = make_publicity(filing)
    user = officer_of(listed.authority)
    for _ in range(2):
        publicity.start(user=user, publicity_id=listed.pk, seen_version=1)
    filing.refresh_from_db()
    assert filing.state == State.PUBLICISED
    assert Notice.objects.filter(title="已进入公示").count() == 1


def test_an_announcement_before_the_end_of_publicity_is_refused_with_the_date():
    listed = publicise(make_filing(state=State.APPROVED))
    with pytest.raises(Refused, match=f"{listed.ends_on:%Y年%m月%d日}"):
        _announce(listed)
    listed.refresh_from_db()
    assert listed.state == PublicityState.RUNNING


def test_an_announcement_recognises_everybody_on_the_list_once(test_kinds):
    filings = [make_filing(state=State.APPROVED), make_filing(state=State.APPROVED)]
    listed = end_publicity(publicise(filings[0]))
    for _ in range(2):
        publicity.announce(
            user=officer_of(listed.authority), publicity_id=listed.pk, seen_version=2, document_number="苏〔2026〕1号"
        )
    assert test_kinds["test_application"].recognised == [(filing.pk, listed.pk) for filing in filings]
    for filing in filings:
        filing.refresh_from_db()
        assert filing.state == State.RECOGNISED
    assert Notice.objects.filter(title="已认定为测试企业", channel="sms").count() == 2


def test_an_announcement_needs_a_document_number():
    listed = end_publicity(publicise(make_filing(state=State.APPROVED)))
    with pytest.raises(Refused, match="公告文号"):
        _announce(listed, document_number="  ")


def test_if_one_recognition_fails_nobody_is_recognised(test_kinds, monkeypatch):
    filings = [make_filing(state=State.APPROVED), make_filing(state=State.APPROVED)]
    listed = end_publicity(publicise(filings[0]))
    kind = test_kinds["test_application"]

    def fail_on_the_second(filing, announcement):
        if filing.pk == filings[1].pk:
            raise RuntimeError("disk full")

    monkeypatch.setattr(kind, "on_recognised", fail_on_the_second)
    with pytest.raises(RuntimeError), transaction.atomic():
        _announce(listed)
    for filing in filings:
        filing.refresh_from_db()
        assert filing.state == State.PUBLICISED
    listed.refresh_from_db()
    assert (listed.state, listed.announced_on) == (PublicityState.RUNNING, None)


def test_one_filing_taken_out_for_an_objection_does_not_stop_the_rest():
    out, rest = make_filing(state=State.APPROVED), make_filing(state=State.APPROVED)
    listed = publicise(out)
    user = officer_of(listed.authority)
    for _ in range(2):
        publicity.take_out(user=user, entry_id=listed.entries.get(filing=out).pk, reason="实名异议成立：专利已转让。")
    _announce(end_publicity(listed))
    out.refresh_from_db(), rest.refresh_from_db()
    assert (out.state, rest.state) == (State.REJECTED, State.RECOGNISED)
    assert "专利已转让" in Notice.objects.get(title="已移出公示名单", channel="sms").body


def test_a_list_that_somebody_else_changed_is_not_announced_unseen():
    listed = end_publicity(publicise(make_filing(state=State.APPROVED)))
    with pytest.raises(StaleVersion):
        publicity.announce(
            user=officer_of(listed.authority), publicity_id=listed.pk, seen_version=1, document_number="苏〔2026〕1号"
        )


def test_a_draft_cannot_be_announced():
    listed = make_publicity(make_filing(state=State.APPROVED))
    with pytest.raises(WrongState):
        _announce(listed)


@pytest.mark.parametrize(("code", "role"), [("320000", "reviewer"), ("320100", "manager"), ("500000", "manager")])
def test_only_the_province_that_publishes_may_make_start_or_announce_a_list(code, role):
    listed = publicise(make_filing(state=State.APPROVED))
    with pytest.raises(NotPermitted):
        publicity.announce(
            user=make_officer(code, role), publicity_id=listed.pk, seen_version=listed.version, document_number="号"
        )


def test_a_city_cannot_make_a_list():
    make_filing(state=State.APPROVED)
    today = timezone.localdate()
    with pytest.raises(NotPermitted, match="省级"):
        publicity.create_list(
            user=make_officer("320100", "manager"), kind_code="test_application", title="名单", starts_on=today,
            ends_on=today, contact="025",
        )


@pytest.mark.parametrize(("start", "end", "words"), [(-1, 5, "早于今天"), (3, 1, "早于开始日期")])
def test_impossible_dates_are_refused_in_words(start, end, words):
    filing = make_filing(state=State.APPROVED)
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    with pytest.raises(Refused, match=words):
        publicity.create_list(
            user=officer_of(filing.province), kind_code="test_application", title="名单",
            starts_on=today + start * day, ends_on=today + end * day, contact="025",
        )
    assert not PublicityList.objects.exists()


def test_a_list_needs_a_title_and_a_contact():
    filing = make_filing(state=State.APPROVED)
    today = timezone.localdate()
    with pytest.raises(ValidationError):
        publicity.create_list(
            user=officer_of(filing.province), kind_code="test_application", title=" ", starts_on=today, ends_on=today,
            contact="",
        )


def test_the_database_refuses_an_announcement_before_the_end_of_publicity():
    listed = publicise(make_filing(state=State.APPROVED))
    with pytest.raises(IntegrityError, match="publicity_announced_after_its_end"), transaction.atomic():
        PublicityList.objects.filter(pk=listed.pk).update(
            state="announced", document_number="号", announced_on=timezone.localdate()
        )


def _remove(listed, filing):
    return publicity.remove_entries(
        user=officer_of(listed.authority), publicity_id=listed.pk, entry_ids=[listed.entries.get(filing=filing).pk]
    )


def _announce(listed, document_number="苏〔2026〕1号"):
    return publicity.announce(
        user=officer_of(listed.authority), publicity_id=listed.pk, seen_version=listed.version,
        document_number=document_number,
    )
