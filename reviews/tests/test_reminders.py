"""催办: who reminds whom of what, how often, who is reached, and 已阅."""
import datetime
import re

import pytest
from django.utils import timezone

from accounts.enums import NoticeChannel, OfficerRole
from accounts.models import Notice, User
from accounts.tests.factories import make_enterprise, make_officer
from reviews.enums import State
from reviews.models import Filing, Reminder
from reviews.services.rerouting import merge_authority
from reviews.tests.factories import authority, decide, make_filing, officer_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/reviews/filing/oversight/"
LIST = "/admin/reviews/filing/"
REMINDERS = f"{PAGE}reminders/"
NANJING, SUZHOU = "320100", "320500"


@pytest.fixture
def province(client):
    officer = make_officer("320000")
    client.force_login(officer)
    return officer


def overdue(filing, days=3):
    Filing.objects.filter(pk=filing.pk).update(due_at=timezone.now() - datetime.timedelta(days=days))
    return filing


def remind_page(code=NANJING):
    return f"{PAGE}{authority(code).pk}/remind/"


def test_a_reminder_reaches_those_who_decide_by_message_and_text(client, province):
    overdue(make_filing(make_enterprise(name="南京超期有限公司"), state=State.IN_REVIEW))
    reviewer, manager = officer_of(authority(NANJING), OfficerRole.REVIEWER), officer_of(authority(NANJING))
    make_officer(NANJING, OfficerRole.VIEWER)
    before = Notice.objects.count()
    page = client.get(remind_page()).content.decode()
    assert "贵部门现有 1 件申报已超过审核期限" in page
    assert "南京超期有限公司" in page
    assert "2 名审核人员" in page
    answer = client.post(remind_page(), {"text": "请于本周内办结。"}, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "系统消息和短信发给该部门 2 名审核人员" in answer.content.decode()
    assert re.search(r"今天 \d\d:\d\d 已催办", answer.content.decode())
    reminder = Reminder.objects.get()
    assert (reminder.authority.code, reminder.overdue, reminder.sent_by) == (NANJING, 1, province)
    for officer in (reviewer, manager):
        channels = Notice.objects.filter(recipient=officer, title="上级部门催办").values_list("channel", flat=True)
        assert sorted(channels) == [NoticeChannel.MESSAGE, NoticeChannel.SMS]
    assert Notice.objects.count() == before + 4
    assert "江苏省中小企业主管部门催办：请于本周内办结。（超期 1 件。）" in Notice.objects.filter(recipient=manager).first().body


def test_a_double_click_reminds_once_and_a_second_reminder_waits_for_tomorrow(client, province):
    overdue(make_filing(state=State.IN_REVIEW))
    for _ in range(2):
        assert client.post(remind_page(), {"text": "请尽快办理。"}).status_code == 302
    assert Reminder.objects.count() == 1
    answer = client.post(remind_page(), {"text": "请今天办理。"})
    assert answer.status_code == 409
    assert "每天只能催办一次" in answer.content.decode()
    assert "请今天办理。</textarea>" in answer.content.decode()
    Reminder.objects.update(sent_at=timezone.now() - datetime.timedelta(days=1))
    assert client.post(remind_page(), {"text": "请今天办理。"}).status_code == 302
    assert Reminder.objects.count() == 2


def test_one_filing_is_reminded_of_beside_the_rest(client, province):
    filing = overdue(make_filing(make_enterprise(name="南京单件有限公司"), state=State.IN_REVIEW))
    address = f"{LIST}{filing.pk}/remind/"
    page = client.get(address).content.decode()
    assert f"编号 {filing.number}" in page
    assert "已超过审核期限" in page
    client.post(remind_page(), {"text": "请尽快办理。"})
    assert client.post(address, {"text": "请先办这件。"}).status_code == 302
    assert Reminder.objects.get(filing=filing).text == "请先办这件。"
    assert client.post(address, {"text": "再催。"}).status_code == 409


def test_nothing_overdue_is_no_reason_to_remind(client, province):
    make_filing(state=State.IN_REVIEW)
    assert client.get(remind_page()).status_code == 409
    answer = client.post(remind_page(), {"text": "快办。"})
    assert answer.status_code == 409
    assert "现在没有超期的申报件" in answer.content.decode()


@pytest.mark.parametrize(("text", "sentence"), [("", "请填写催办内容"), ("办" * 501, "催办内容最多 500 个字，现在有 501 个字")])
def test_words_that_are_missing_or_too_long_are_named(client, province, text, sentence):
    overdue(make_filing(state=State.IN_REVIEW))
    answer = client.post(remind_page(), {"text": text})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Reminder.objects.exists()


def test_a_viewer_looks_and_does_not_remind(client):
    filing = overdue(make_filing(state=State.IN_REVIEW))
    client.force_login(make_officer("320000", OfficerRole.VIEWER))
    page = client.get(PAGE).content.decode()
    assert "南京市" in page
    assert f'href="{remind_page()}"' not in page
    for address in (remind_page(), f"{LIST}{filing.pk}/remind/"):
        assert "您的角色是“查阅”" in client.get(address).content.decode()
        assert client.post(address, {"text": "快办。"}).status_code == 403
    assert not Reminder.objects.exists()


def test_nobody_reminds_himself_or_somebody_above(client):
    filing = overdue(make_filing(state=State.IN_REVIEW, step=2))
    client.force_login(make_officer(NANJING))
    assert client.post(f"{LIST}{filing.pk}/remind/", {"text": "快办。"}).status_code == 403
    filing = overdue(make_filing(state=State.IN_REVIEW))
    assert client.post(f"{LIST}{filing.pk}/remind/", {"text": "快办。"}).status_code == 403


def test_a_filing_that_was_decided_while_the_page_was_open_is_not_reminded_of(client, province):
    filing = overdue(make_filing(state=State.IN_REVIEW))
    decide(filing)
    answer = client.post(f"{LIST}{filing.pk}/remind/", {"text": "请先办这件。", "authority": authority(NANJING).pk})
    assert answer.status_code == 409
    assert "现由江苏省中小企业主管部门审核，没有催办" in answer.content.decode()
    assert "请先办这件。</textarea>" in answer.content.decode()


def test_an_authority_that_was_merged_while_the_page_was_open_is_named_with_its_heir(client, province):
    overdue(make_filing(state=State.IN_REVIEW))
    nanjing, suzhou = authority(NANJING), authority(SUZHOU)
    merge_authority(user=officer_of(province.authority), source_id=nanjing.pk, target_id=suzhou.pk, reason="改革")
    answer = client.post(remind_page(), {"text": "请尽快办理。"})
    assert answer.status_code == 409
    assert "已并入苏州市中小企业主管部门" in answer.content.decode()
    page = client.get(PAGE).content.decode()
    assert "苏州市" in page
    assert f'href="{remind_page()}"' not in page


def test_an_officer_moved_while_the_page_was_open_reminds_nobody_of_the_old_area(client, province):
    overdue(make_filing(state=State.IN_REVIEW))
    User.objects.filter(pk=province.pk).update(authority=authority("210000"))
    answer = client.post(remind_page(), {"text": "请尽快办理。"})
    assert answer.status_code == 403
    assert "不在您所在部门的下级" in answer.content.decode()
    assert "请尽快办理。</textarea>" in answer.content.decode()
    assert not Reminder.objects.exists()


def test_the_receiver_marks_it_seen_and_the_sender_reads_by_whom(client, province):
    overdue(make_filing(state=State.IN_REVIEW))
    client.post(remind_page(), {"text": "请尽快办理。"})
    reminder = Reminder.objects.get()
    seen = f"{REMINDERS}{reminder.pk}/seen/"
    assert "未阅" in client.get(REMINDERS, {"box": "sent"}).content.decode()
    assert client.post(seen).status_code == 403
    client.force_login(make_officer(NANJING, OfficerRole.VIEWER))
    assert "请尽快办理。" in client.get(REMINDERS).content.decode()
    assert client.post(seen).status_code == 403
    client.force_login(make_officer(NANJING, person_name="南京经办甲"))
    assert client.get(seen).status_code == 405
    for _ in range(2):
        assert client.post(seen, follow=True).status_code == 200
    client.force_login(province)
    assert "南京经办甲" in client.get(REMINDERS, {"box": "sent"}).content.decode()


def test_a_reminder_to_a_merged_authority_reaches_its_heir(client, province):
    overdue(make_filing(state=State.IN_REVIEW))
    client.post(remind_page(), {"text": "请尽快办理。"})
    merge_authority(
        user=officer_of(province.authority), source_id=authority(NANJING).pk, target_id=authority(SUZHOU).pk,
        reason="改革",
    )
    client.force_login(make_officer(SUZHOU))
    assert "请尽快办理。" in client.get(REMINDERS).content.decode()
    assert client.post(f"{REMINDERS}{Reminder.objects.get().pk}/seen/").status_code == 302


@pytest.mark.parametrize("reminders", [1, 3])
def test_the_list_of_reminders_takes_the_same_queries(client, province, django_assert_num_queries, reminders):
    for _ in range(reminders):
        filing = overdue(make_filing(state=State.IN_REVIEW))
        client.post(f"{LIST}{filing.pk}/remind/", {"text": "请办。"})
    client.force_login(make_officer(NANJING))
    # session, account, authority, the reminders; then the session is saved (3).
    with django_assert_num_queries(7):
        assert len(client.get(REMINDERS).context["rows"]) == reminders


def test_nobody_to_be_reached_is_said(client, province):
    overdue(make_filing(state=State.IN_REVIEW))
    User.objects.filter(authority__code=NANJING).update(is_active=False)
    assert "没有在用的审核人员" in client.get(remind_page()).content.decode()
    assert "没有人收到消息" in client.post(remind_page(), {"text": "请办。"}, follow=True).content.decode()
