"""Papers made by real workers: Celery on the real Redis, a broker that is away, two workers, one that is killed."""
import datetime
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import task_postrun
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection, connections
from django.utils import timezone

from portal.celery import app
from reviews.enums import DocumentState, State
from reviews.models import Document
from reviews.services.documents import GIVEN_UP, RUNNING_LIMIT
from reviews.tasks import HAND_OVER, render_document, requeue_documents
from reviews.tests.factories import make_filing
from reviews.tests.papers import order

pytestmark = pytest.mark.django_db(transaction=True)
PROJECT = Path(__file__).resolve().parents[2]
LIMIT = 60  # seconds
A_SECOND = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    return settings.MEDIA_ROOT


@pytest.fixture
def worker():
    """A function that runs a Celery worker on the queue ``pdf`` until the document with that id is finished."""

    def close_connections(**_):
        connections.close_all()

    def run_until_done(document_id):
        task_postrun.connect(close_connections)
        try:
            with start_worker(app, perform_ping_check=False, queues=["pdf"], pool="solo"):
                deadline = time.monotonic() + LIMIT
                while Document.objects.get(pk=document_id).state in {"queued", "running"}:
                    assert time.monotonic() < deadline, "the worker has not made the document"
                    time.sleep(0.05)
        finally:
            task_postrun.disconnect(close_connections)
        return Document.objects.get(pk=document_id)

    app.control.purge()
    return run_until_done


@pytest.fixture
def broker_away(monkeypatch, tmp_path):
    """A broker address where nobody answers; ``broker_away()`` brings the real one back."""

    def forget_connections():
        app._pool = None
        app.amqp._producer_pool = None

    monkeypatch.setenv("CELERY_BROKER_URL", f"redis+socket://{tmp_path / 'nobody.sock'}")
    forget_connections()

    def come_back():
        monkeypatch.delenv("CELERY_BROKER_URL", raising=False)
        forget_connections()

    yield come_back
    come_back()


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
    app.control.purge()
    requeue_documents()
    assert queued_tasks() == 0
    grow_old(document, queued_at=HAND_OVER + A_SECOND)
    for _ in range(3):
        requeue_documents()
    assert queued_tasks() == 1
    app.control.purge()


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
    app.control.purge()
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
    app.control.purge()
    Document.objects.filter(pk=document.pk).update(state="running", attempts=3)
    grow_old(document, started_at=RUNNING_LIMIT + A_SECOND)
    requeue_documents()
    document = worker(document.pk)
    assert (document.state, document.error) == (DocumentState.FAILED, GIVEN_UP)


def die_while_writing(document_id, media):
    """Render in a process of its own that is killed (SIGKILL) when the file is written and not yet in its place."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {
        "DATABASE_URL": urlunsplit(database),
        "FIELD_KEYS": ",".join(django_settings.FIELD_KEYS),
        "SECRET_KEY": django_settings.SECRET_KEY,
    }
    code = f"""
import os, signal, django
django.setup()
from django.conf import settings
settings.MEDIA_ROOT = {str(media)!r}
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
from reviews.tasks import render_document
render_document({document_id})
"""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=LIMIT
    )
