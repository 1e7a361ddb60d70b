"""Papers made by real workers: Celery on the real Redis, a broker that is away, two workers, one that is killed."""
import datetime
import threading
import time

import pytest
from django.core.cache import cache
from django.db import connections
from django.utils import timezone

from portal.celery import app
from reviews.enums import DocumentState, State
from reviews.job_tasks.papers import HAND_OVER
from reviews.models import Document
from reviews.services.papers import GIVEN_UP, RUNNING_LIMIT
from reviews.tasks import render_document, requeue_documents
from reviews.tests.factories import make_filing
from reviews.tests.papers import order
from tests.workers import empty_queue, run_in_a_process_of_its_own, run_worker

pytestmark = pytest.mark.django_db(transaction=True)
LIMIT = 60  # seconds
A_SECOND = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    return settings.MEDIA_ROOT


@pytest.fixture
def worker():
    """A function that runs a Celery worker until the document with that id is finished, and returns the document."""

    def run_until_done(document_id):
        def finished():
            return Document.objects.get(pk=document_id).state not in {DocumentState.QUEUED, DocumentState.RUNNING}

        run_worker("pdf", until=finished, limit=LIMIT)
        return Document.objects.get(pk=document_id)

    empty_queue("pdf")
    return run_until_done


@pytest.fixture
def filing():
    return make_filing(state=State.IN_REVIEW)


def grow_old(document, **moments):
    Document.objects.filter(pk=document.pk).update(**{name: timezone.now() - age for name, age in moments.items()})


def queued_tasks():
    with app.connection_for_read() as broker:
        return broker.default_channel.client.llen("pdf")


def test_a_celery_worker_makes_the_paper_that_a_commit_has_ordered(filing, worker, media):
    document = worker(order(filing).pk)
    assert (document.state, document.attempts) == (DocumentState.READY, 1)
    assert (media / document.file.name).read_bytes().startswith(b"%PDF")


def test_with_redis_away_the_order_stands_and_the_paper_is_made_when_it_is_back(filing, worker, broker_away):
    began = time.monotonic()
    document = order(filing)
    assert time.monotonic() - began < 2, "nobody waits for a broker that is away"
    assert document.state == DocumentState.QUEUED
    grow_old(document, queued_at=HAND_OVER + A_SECOND)
    requeue_documents()
    broker_away()
    requeue_documents()
    document = worker(document.pk)
    assert (document.state, document.attempts) == (DocumentState.READY, 1)


def test_the_sweep_hands_a_waiting_order_over_once_and_leaves_fresh_ones_alone(filing, worker):
    document = order(filing)
    empty_queue("pdf")
    requeue_documents()
    assert queued_tasks() == 0
    grow_old(document, queued_at=HAND_OVER + A_SECOND)
    for _ in range(3):
        requeue_documents()
    assert queued_tasks() == 1
    empty_queue("pdf")


def test_of_many_workers_with_the_same_order_one_makes_the_paper(filing):
    document = order(filing)
    start = threading.Barrier(4)
    failures = []

    def work():
        try:
            start.wait(LIMIT)
            render_document(document.pk)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    run_threads(work, 4)
    document.refresh_from_db()
    assert failures == []
    assert (document.state, document.attempts) == (DocumentState.READY, 1)


def test_ordered_by_many_at_the_same_moment_it_is_one_document(filing):
    start = threading.Barrier(6)
    made, failures = [], []

    def work():
        try:
            start.wait(LIMIT)
            made.append(order(filing).pk)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    run_threads(work, 6)
    assert failures == []
    assert len(made) == 6
    assert len(set(made)) == Document.objects.count() == 1


def run_threads(work, count):
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)


def test_a_worker_killed_in_the_middle_leaves_no_half_file_and_the_paper_is_made_after_all(filing, worker, media):
    document = order(filing)
    empty_queue("pdf")
    killed = die_while_writing(document.pk, media)
    assert killed.returncode == -9, killed.stderr
    document.refresh_from_db()
    assert (document.state, document.attempts) == (DocumentState.RUNNING, 1), "the claim was committed before"
    assert list(media.rglob("*.pdf")) == []
    assert len(list(media.rglob("*.part"))) == 1
    requeue_documents()
    assert queued_tasks() == 0, "as long as a worker may be at it, nobody else begins"
    grow_old(document, started_at=RUNNING_LIMIT + A_SECOND)
    requeue_documents()
    document = worker(document.pk)
    assert (document.state, document.attempts) == (DocumentState.READY, 2)
    assert [path.name for path in media.rglob("*") if path.is_file()] == [f"{document.key}.pdf"]


def test_a_paper_that_kills_every_worker_is_given_up_with_a_sentence(filing, worker):
    document = order(filing)
    empty_queue("pdf")
    Document.objects.filter(pk=document.pk).update(state="running", attempts=3)
    grow_old(document, started_at=RUNNING_LIMIT + A_SECOND)
    requeue_documents()
    document = worker(document.pk)
    assert (document.state, document.error) == (DocumentState.FAILED, GIVEN_UP)


def die_while_writing(document_id, media):
    """Render in a process of its own that is killed (SIGKILL) when the file is written and not yet in its place."""
    return run_in_a_process_of_its_own(f"""
import os, signal
from django.conf import settings
settings.MEDIA_ROOT = {str(media)!r}
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
from reviews.tasks import render_document
render_document({document_id})
""")
