"""异议: recorded by name, answered, and in the way of an announcement until then."""
import datetime

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import AccessLog
from accounts.tests.factories import make_enterprise, make_officer
from portal.tools.errors import NotPermitted, Refused, StaleVersion, WrongState
from reviews.enums import ObjectionState, PublicityState, State
from reviews.models import Objection, PublicityList, RecordFile
from reviews.services import objections, publicity
from reviews.tests.factories import end_publicity, make_filing, make_publicity, officer_of, publicise
from reviews.tests.objections import CONTACT, OBJECTOR, answer, paper, record

pytestmark = pytest.mark.django_db
LISTS = "/admin/reviews/publicitylist/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def filings():
    return [make_filing(make_enterprise(name=f"南京公示{n}有限公司"), state=State.APPROVED) for n in ("甲", "乙")]


@pytest.fixture
def running(filings):
    return publicise(filings[0])


@pytest.fixture
def manager(client, running):
    user = officer_of(running.authority)
    client.force_login(user)
    return user


def announce(listed):
    return publicity.announce(
        user=officer_of(listed.authority), publicity_id=listed.pk, seen_version=listed.version, document_number="号1"
    )


def posted(**changes):
    values = {
        "objector": OBJECTOR, "contact": CONTACT, "content": "专利已经转让。",
        "received_on": timezone.localdate(), "files": [paper()],
    }  # fmt: skip
    return values | changes


def test_an_open_objection_stops_the_announcement_and_is_named(running):
    record(running)
    end_publicity(running)
    with pytest.raises(Refused, match="还有 1 件异议没有答复：“南京公示甲有限公司”（序号 1）"):
        announce(running)
    running.refresh_from_db()
    assert running.state == PublicityState.RUNNING


def test_a_dismissed_objection_lets_everybody_be_announced(running, filings):
    objection = answer(record(running))
    assert (objection.state, objection.answer) == (ObjectionState.DISMISSED, "经核查，专利仍在企业名下。")
    announce(end_publicity(running))
    for filing in filings:
        filing.refresh_from_db()
        assert filing.state == State.RECOGNISED


def test_an_upheld_objection_takes_its_enterprise_out_and_lets_the_rest_be_announced(running, filings):
    answer(record(running), upheld=True, reason="专利不在企业名下。")
    entry = running.entries.get(position=1)
    assert entry.taken_out_at
    assert entry.reason == "专利不在企业名下。"
    announce(end_publicity(running))
    for filing in filings:
        filing.refresh_from_db()
    assert [filing.state for filing in filings] == [State.REJECTED, State.RECOGNISED]


def test_another_open_objection_to_an_enterprise_that_was_taken_out_stops_nothing_and_can_still_be_answered(running):
    other = record(running, content="另一件事。")
    answer(record(running), upheld=True, reason="专利不在企业名下。")
    announce(end_publicity(running))
    assert answer(other).state == ObjectionState.DISMISSED


def test_an_upheld_objection_needs_the_reason_that_the_enterprise_reads(running, filings):
    objection = record(running)
    with pytest.raises(Refused, match="请填写移出原因"):
        answer(objection, upheld=True, reason=" ")
    filings[0].refresh_from_db()
    objection.refresh_from_db()
    assert (filings[0].state, objection.state) == (State.PUBLICISED, ObjectionState.OPEN)


def test_answering_twice_changes_nothing_and_answering_differently_is_refused(running):
    objection = record(running)
    first = answer(objection, seen_version=1)
    assert answer(objection, seen_version=1).answered_at == first.answered_at
    with pytest.raises(StaleVersion):
        answer(objection, upheld=True, reason="原因", seen_version=1)
    with pytest.raises(WrongState, match="异议不成立"):
        answer(objection, upheld=True, reason="原因", seen_version=2)


def test_a_double_click_records_one_objection(running):
    assert record(running, files=[paper()]) == record(running, files=[paper()])
    assert Objection.objects.count() == RecordFile.objects.count() == 1


def test_name_and_contact_are_sealed_in_the_database(running):
    record(running)
    with connection.cursor() as cursor:
        cursor.execute("select objector, contact from reviews_objection")
        assert not {OBJECTOR, CONTACT} & set(cursor.fetchone())


@pytest.mark.parametrize("offset", [-1, 1])
def test_an_objection_is_received_between_the_first_day_and_today(running, offset):
    received_on = timezone.localdate() + datetime.timedelta(days=offset)
    with pytest.raises(Refused, match=f"收到日期 {received_on} 应在公示开始日期"):
        record(running, received_on=received_on)


def test_an_objection_that_comes_after_the_last_day_and_before_the_announcement_is_recorded(running):
    assert record(end_publicity(running)).state == ObjectionState.OPEN


def test_nothing_is_recorded_before_the_list_runs_after_it_is_announced_or_for_who_is_out(running):
    draft = make_publicity(make_filing(state=State.APPROVED))
    with pytest.raises(WrongState, match="公示开始之后"):
        record(draft)
    answer(record(running), upheld=True, reason="原因")
    with pytest.raises(WrongState, match="已移出公示"):
        record(running)
    entry = running.entries.get(position=2)
    announce(end_publicity(running))
    with pytest.raises(WrongState, match="公告之前"):
        record(running, entry=entry)


@pytest.mark.parametrize(("code", "role"), [("320000", "reviewer"), ("320100", "manager"), ("000000", "manager")])
def test_only_the_publisher_records_and_answers(running, code, role):
    objection = record(running)
    user = make_officer(code, role)
    with pytest.raises(NotPermitted):
        objections.answer_objection(
            user=user, objection_id=objection.pk, seen_version=1, upheld=False, answer="不成立"
        )
    with pytest.raises(NotPermitted):
        objections.record_objection(
            user=user, entry_id=objection.entry_id, objector="甲", contact="1", content="丙",
            received_on=timezone.localdate(),
        )


def test_the_publisher_records_one_with_papers_and_sees_masked_values(client, manager, running):
    entry = running.entries.get(position=1)
    address = f"{LISTS}{running.pk}/entries/{entry.pk}/object/"
    assert "登记异议" in client.get(address).content.decode()
    answered = client.post(address, posted(files=[paper(), paper("说明.txt.pdf")]), follow=True)
    objection = Objection.objects.get()
    page = answered.content.decode()
    assert answered.redirect_chain[0][0] == f"{LISTS}{running.pk}/objections/{objection.pk}/"
    assert "证明.pdf" in page
    assert "139****0001" in page
    assert OBJECTOR not in page
    assert CONTACT not in page


@pytest.mark.parametrize(
    ("changes", "sentence", "status"),
    [
        ({"objector": ""}, "请填写异议人。", 422),
        ({"contact": " "}, "请填写联系方式。", 422),
        ({"received_on": "2020-01-01"}, "收到日期 2020-01-01 应在", 422),
        ({"files": [paper("程序.exe", b"MZ")]}, "“程序.exe”是 .exe 文件", 415),
        ({"files": [paper("空.pdf", b"")]}, "“空.pdf”是空文件", 422),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_is_still_there(client, manager, running, changes, sentence, status):
    entry = running.entries.get(position=1)
    answered = client.post(f"{LISTS}{running.pk}/entries/{entry.pk}/object/", posted(**changes))
    page = answered.content.decode()
    assert answered.status_code == status
    assert sentence in page
    assert "专利已经转让。" in page
    assert not Objection.objects.exists()


def test_showing_the_objector_and_taking_a_paper_is_logged(client, manager, running):
    objection = record(running, files=[paper()])
    page = f"{LISTS}{running.pk}/objections/{objection.pk}/"
    assert OBJECTOR in client.post(f"{page}reveal/objector/").content.decode()
    assert client.post(f"{page}reveal/content/").status_code == 404
    file = client.get(f"{page}files/{objection.files.get().pk}/")
    assert b"".join(file.streaming_content) == paper().read()
    assert list(AccessLog.objects.order_by("id").values_list("action", "subject")) == [
        ("显示个人信息", f"异议 {objection.pk}（南京公示甲有限公司）异议人"),
        ("下载异议材料", f"异议 {objection.pk} 证明.pdf"),
    ]


def test_the_publisher_upholds_one_on_its_page(client, manager, running, filings):
    objection = record(running)
    page = f"{LISTS}{running.pk}/objections/{objection.pk}/"
    values = {"seen_version": 1, "outcome": "upheld", "answer": "属实。", "reason": ""}
    answered = client.post(page, values)
    assert answered.status_code == 422
    assert "请填写移出原因" in answered.content.decode()
    answered = client.post(page, values | {"reason": "专利不在企业名下。"}, follow=True)
    assert "答复：异议成立" in answered.content.decode()
    filings[0].refresh_from_db()
    assert filings[0].state == State.REJECTED


def test_the_list_says_why_it_cannot_be_announced(client, manager, running):
    record(running)
    end_publicity(running)
    page = client.get(f"{LISTS}{running.pk}/change/").content.decode()
    assert "还有 1 件异议没有答复" in page
    assert "异议 1 件，待答复 1 件" in page
    assert f"{LISTS}{running.pk}/announce/" not in page


def test_officers_of_other_authorities_see_no_objections(client, running):
    objection = record(running)
    client.force_login(make_officer("320100", "manager"))
    assert client.get(f"{LISTS}{running.pk}/objections/{objection.pk}/").status_code == 404
    assert client.get(f"{LISTS}{running.pk}/objections/").status_code == 404
    assert "异议 1 件" not in client.get(f"{LISTS}{running.pk}/change/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_objections_take_the_same_queries_for_one_and_three(
    client, manager, running, django_assert_num_queries, count
):
    for number in range(count):
        record(running, content=f"第 {number} 件")
    # session, account, authority, those above, list, count, rows; then the session is saved (3).
    with django_assert_num_queries(10):
        client.get(f"{LISTS}{running.pk}/objections/")
    # One more for the open ones that stop the announcement.
    with django_assert_num_queries(11):
        client.get(f"{LISTS}{running.pk}/change/")
    assert PublicityList.objects.get().entries.count() == 2
