"""The outbox with real workers: Celery on the real Redis, a broker that is away, two workers, a worker that dies."""
import datetime
import json
import threading
import time

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import Notice
from accounts.services import notices
from accounts.services.notices import notify
from accounts.tasks import requeue_notices, send_notice
from accounts.tests.factories import make_legal_person
from tests.workers import empty_queue, run_in_a_process_of_its_own, run_worker

pytestmark = pytest.mark.django_db(transaction=True)
NEWS = {"title": "申报被退回，请修改", "body": "您的自评表被退回。"}
LIMIT = 20  # seconds


@pytest.fixture(autouse=True)
def sms_file(settings, tmp_path):
    settings.SMS_PROVIDER = "accounts.sms.FileProvider"
    settings.SMS_FILE = tmp_path / "sms.log"
    return settings.SMS_FILE


@pytest.fixture
def worker():
    """A function that runs a Celery worker until the SMS with that id is no longer queued."""

    def run_until_done(notice_id):
        def finished():
            return Notice.objects.get(pk=notice_id).state not in {"queued", "sending"}

        run_worker("notice", until=finished, limit=LIMIT)

    empty_queue("notice")
    return run_until_done


def texts(sms_file):
    return [json.loads(line)["text"] for line in sms_file.read_text().splitlines()] if sms_file.exists() else []


def queue_sms():
    notify(recipient=make_legal_person(), key="k", sms=True, **NEWS)
    return Notice.objects.get(key="k:sms")


def test_a_celery_worker_sends_the_sms_that_a_commit_has_queued(worker, sms_file):
    text = queue_sms()
    worker(text.pk)
    text.refresh_from_db()
    assert (text.state, text.attempts, len(texts(sms_file))) == ("sent", 1, 1)


def test_with_redis_away_the_work_goes_on_and_the_sms_is_sent_once_when_it_is_back(worker, broker_away, sms_file):
    began = time.monotonic()
    text = queue_sms()
    assert time.monotonic() - began < 2, "nobody waits for a broker that is away"
    assert text.state == "queued"
    Notice.objects.filter(pk=text.pk).update(next_attempt_at=timezone.now() - datetime.timedelta(seconds=1))
    requeue_notices()
    text.refresh_from_db()
    assert text.next_attempt_at < timezone.now(), "what could not be handed over stays due"
    broker_away()
    requeue_notices()
    send_notice.apply_async(args=[text.pk])  # and a second task for the same row
    worker(text.pk)
    text.refresh_from_db()
    assert (text.state, text.attempts, len(texts(sms_file))) == ("sent", 1, 1)


def test_of_many_workers_with_the_same_sms_one_sends_it(sms_file):
    text = queue_sms()
    start = threading.Barrier(6)
    failures = []

    def work():
        try:
            start.wait(LIMIT)
            send_notice(text.pk)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    text.refresh_from_db()
    assert failures == []
    assert (text.state, text.attempts, len(texts(sms_file))) == ("sent", 1, 1)


def test_a_worker_killed_while_sending_leaves_an_uncertain_sms_that_is_not_sent_again(sms_file):
    text = queue_sms()
    killed = run_in_a_process_of_its_own(
        f"from accounts.tasks import send_notice; send_notice({text.pk})",
        SMS_PROVIDER="accounts.tests.providers.DyingProvider",
    )
    assert killed.returncode == -9, killed.stderr
    text.refresh_from_db()
    assert (text.state, text.attempts) == ("sending", 1), "the claim was committed before the provider was called"
    send_notice(text.pk)  # the broker gives the task back
    Notice.objects.update(claimed_at=timezone.now() - notices.SENDING_LIMIT - datetime.timedelta(seconds=1))
    requeue_notices()
    send_notice(text.pk)
    text.refresh_from_db()
    assert (text.state, text.attempts, texts(sms_file)) == ("uncertain", 1, [])
