"""The outbox: what is written, when it is sent, and what happens when that goes wrong."""
import datetime
import json

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AccessLog, Notice
from accounts.services import notices
from accounts.services.notices import claim_notice, notify, resend_notice
from accounts.tasks import requeue_notices, send_notice
from accounts.tests.factories import make_enterprise, make_legal_person, make_officer, make_operator
from portal.tools.errors import NotPermitted, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.core]
NEWS = {"title": "申报被退回，请修改", "body": "您的自评表被退回。", "link": "/enterprise/filings/1/"}


@pytest.fixture(autouse=True)
def sms_file(settings, tmp_path):
    """The file that the SMS of a test go to."""
    settings.SMS_PROVIDER = "accounts.sms.FileProvider"
    settings.SMS_FILE = tmp_path / "sms.log"
    return settings.SMS_FILE


@pytest.fixture
def handed_over(monkeypatch):
    """What reaches the broker: the ids that were put in the queue."""
    ids = []
    monkeypatch.setattr(send_notice, "apply_async", lambda args, *rest, **options: ids.extend(args))
    return ids


def texts(sms_file):
    return [json.loads(line)["text"] for line in sms_file.read_text().splitlines()] if sms_file.exists() else []


def sms_of(key="filing-1-event-2"):
    return Notice.objects.get(key=f"{key}:sms")


def queue_sms(key="filing-1-event-2"):
    notify(recipient=make_legal_person(), key=key, sms=True, **NEWS)
    return sms_of(key)


def later(notice, **columns):
    """Let time pass for a row by moving its times back."""
    Notice.objects.filter(pk=notice.pk).update(**columns)


def test_news_is_a_message_and_an_sms_that_is_handed_over_after_the_commit(
    handed_over, django_capture_on_commit_callbacks
):
    account = make_legal_person(mobile="13800001234")
    with django_capture_on_commit_callbacks(execute=True):
        message = notify(recipient=account, key="filing-1-event-2", sms=True, **NEWS)
        assert handed_over == []
    text = sms_of()
    assert (message.channel, message.state, message.mobile, message.link) == ("message", "sent", "", NEWS["link"])
    assert (text.channel, text.state, text.mobile, text.recipient) == ("sms", "queued", "13800001234", account)
    assert handed_over == [text.pk]


def test_the_same_event_twice_is_one_message_and_one_sms(handed_over, django_capture_on_commit_callbacks):
    account = make_legal_person()
    with django_capture_on_commit_callbacks(execute=True):
        first = notify(recipient=account, key="k", sms=True, **NEWS)
        second = notify(recipient=account, key="k", sms=True, **NEWS | {"title": "另一个标题"})
    assert (first.pk, second.title) == (second.pk, NEWS["title"])
    assert Notice.objects.count() == 2
    assert len(handed_over) == 1


def test_a_transaction_that_fails_leaves_neither_rows_nor_tasks(handed_over, django_capture_on_commit_callbacks):
    account = make_legal_person()
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            notify(recipient=account, key="k", sms=True, **NEWS)
            raise ZeroDivisionError
        with transaction.atomic():
            notify(recipient=account, key="other", **NEWS)
    assert list(Notice.objects.values_list("key", flat=True)) == ["other"]
    assert handed_over == []


def test_without_a_bound_mobile_there_is_only_the_message():
    notify(recipient=make_legal_person(mobile=""), key="k", sms=True, **NEWS)
    assert [notice.channel for notice in Notice.objects.all()] == ["message"]


def test_the_number_is_not_readable_in_the_database(django_db_blocker):
    from django.db import connection

    text = queue_sms()
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile FROM accounts_notice WHERE id = %s", [text.pk])
        stored = cursor.fetchone()[0]
    assert text.mobile == "13800000000"
    assert "13800000000" not in stored


def test_a_queued_sms_is_sent_once_with_the_signature_and_the_answer_kept(sms_file, settings):
    text = queue_sms()
    for _ in range(3):
        send_notice(text.pk)
    text.refresh_from_db()
    assert texts(sms_file) == [f"【{settings.SMS_SIGNATURE}】{NEWS['body']}"]
    assert (text.state, text.attempts, text.provider_answer, text.next_attempt_at) == ("sent", 1, "file", None)
    assert text.sent_at is not None


def test_a_message_or_an_unknown_id_is_never_sent(sms_file):
    message = notify(recipient=make_legal_person(), key="k", **NEWS)
    send_notice(message.pk)
    send_notice(10**12)
    assert texts(sms_file) == []


def test_a_wrong_setting_leaves_the_row_queued(settings):
    text = queue_sms()
    settings.SMS_PROVIDER = "accounts.sms.NoSuchProvider"
    with pytest.raises(ImportError):
        send_notice(text.pk)
    assert (sms_of().state, sms_of().attempts) == ("queued", 0)


def test_a_refusal_is_tried_again_after_a_pause_that_doubles(settings, sms_file):
    settings.SMS_PROVIDER = "accounts.tests.providers.RefusingProvider"
    text = queue_sms()
    pauses = []
    for attempt in (1, 2, 3, 4):
        send_notice(text.pk)
        text.refresh_from_db()
        assert (text.state, text.attempts) == ("queued", attempt)
        pauses.append((text.next_attempt_at - text.claimed_at).total_seconds())
        send_notice(text.pk)  # a stray task does not shorten the pause
        assert sms_of().attempts == attempt
        later(text, claimed_at=timezone.now() - notices.pause_after(attempt))
    assert pauses == [30, 60, 120, 240]
    assert text.provider_answer == "isv.BUSINESS_LIMIT_CONTROL"
    settings.SMS_PROVIDER = "accounts.sms.FileProvider"
    send_notice(text.pk)
    assert (sms_of().state, len(texts(sms_file))) == ("sent", 1)


def test_after_the_last_attempt_the_sms_has_failed(settings):
    settings.SMS_PROVIDER = "accounts.tests.providers.RefusingProvider"
    settings.NOTICE_MAX_ATTEMPTS = 2
    text = queue_sms()
    for _ in range(3):
        send_notice(text.pk)
        later(text, claimed_at=timezone.now() - datetime.timedelta(hours=1))
    text.refresh_from_db()
    assert (text.state, text.attempts, text.next_attempt_at) == ("failed", 2, None)


def test_when_nobody_knows_whether_it_was_sent_it_is_not_sent_again(settings, sms_file):
    settings.SMS_PROVIDER = "accounts.tests.providers.SilentProvider"
    text = queue_sms()
    send_notice(text.pk)
    settings.SMS_PROVIDER = "accounts.sms.FileProvider"
    later(text, claimed_at=timezone.now() - datetime.timedelta(hours=1))
    send_notice(text.pk)
    text.refresh_from_db()
    assert (text.state, text.provider_answer) == ("uncertain", "TimeoutError: no answer within 10 s")
    assert texts(sms_file) == []


def test_a_row_whose_worker_is_gone_becomes_uncertain_and_a_late_answer_still_settles_it(handed_over):
    text = queue_sms()
    claimed = claim_notice(notice_id=text.pk)
    assert claim_notice(notice_id=text.pk) is None
    requeue_notices()
    assert sms_of().state == "sending"
    long_ago = timezone.now() - notices.SENDING_LIMIT - datetime.timedelta(seconds=1)
    later(text, claimed_at=long_ago)
    requeue_notices()
    assert sms_of().state == "uncertain"
    claimed.claimed_at = long_ago
    notices.record_sent(notice=claimed, answer="OK 123")
    assert (sms_of().state, sms_of().provider_answer) == ("sent", "OK 123")
    assert handed_over == []


def test_the_answer_of_an_old_attempt_does_not_touch_a_newer_one():
    text = queue_sms()
    old = claim_notice(notice_id=text.pk)
    notices.record_uncertain(notice=old, answer="?")
    resend_notice(notice_id=text.pk, actor=make_operator())
    new = claim_notice(notice_id=text.pk)
    notices.record_refusal(notice=old, answer="refused")
    assert sms_of().state == "sending"
    notices.record_sent(notice=new, answer="OK")
    assert (sms_of().state, sms_of().provider_answer) == ("sent", "OK")


def test_the_sweep_hands_over_what_is_due_and_does_not_repeat_itself(handed_over):
    due, waiting = queue_sms("due"), queue_sms("waiting")
    later(due, next_attempt_at=timezone.now() - datetime.timedelta(seconds=1))
    requeue_notices()
    requeue_notices()
    assert handed_over == [due.pk]
    assert sms_of("waiting").next_attempt_at == waiting.next_attempt_at


def test_an_operator_sends_an_uncertain_sms_again_and_that_is_logged(
    sms_file, handed_over, django_capture_on_commit_callbacks
):
    operator, text = make_operator(), queue_sms()
    notices.record_uncertain(notice=claim_notice(notice_id=text.pk), answer="?")
    with django_capture_on_commit_callbacks(execute=True):
        resend_notice(notice_id=text.pk, actor=operator)
    assert handed_over == [text.pk]
    assert AccessLog.objects.get().actor == operator
    send_notice(text.pk)
    assert (sms_of().state, sms_of().attempts, len(texts(sms_file))) == ("sent", 1, 1)


def test_what_is_queued_or_sent_cannot_be_sent_again():
    operator, text = make_operator(), queue_sms()
    with pytest.raises(WrongState, match="待发送"):
        resend_notice(notice_id=text.pk, actor=operator)
    send_notice(text.pk)
    with pytest.raises(WrongState, match="已发送"):
        resend_notice(notice_id=text.pk, actor=operator)
    assert AccessLog.objects.count() == 0


@pytest.mark.parametrize("make", [lambda: make_officer("000000", "manager"), lambda: make_enterprise().account])
def test_nobody_but_an_operator_sends_again(make):
    text = queue_sms()
    notices.record_uncertain(notice=claim_notice(notice_id=text.pk), answer="?")
    with pytest.raises(NotPermitted):
        resend_notice(notice_id=text.pk, actor=make())
    assert sms_of().state == "uncertain"


@pytest.mark.parametrize(
    "columns",
    [{"state": "sent"}, {"state": "queued", "next_attempt_at": None}, {"mobile": ""}, {"channel": "message"}],
)
def test_impossible_rows_are_impossible(columns):
    text = queue_sms()
    with pytest.raises(IntegrityError), transaction.atomic():
        later(text, **columns)
