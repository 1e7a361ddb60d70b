"""Real Celery workers on the real Redis, for tests of what they do; a plugin of the root conftest.

Every pytest process needs a Redis of its own (script/test starts one for each): a queue is emptied before it is used.
"""
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from celery.contrib.testing.worker import start_worker
from celery.signals import task_postrun
from django.conf import settings
from django.db import connection, connections

from portal.celery import app

ROOT = Path(__file__).resolve().parent.parent


def empty_queue(queue):
    """Take away what earlier tests have left in a queue."""
    with app.connection_for_write() as broker:
        broker.default_channel.queue_purge(queue)


def _close_connections(**_):
    connections.close_all()


def run_worker(queue, *, until, limit):
    """Run a worker on the queue until ``until()`` is true; the test fails after ``limit`` seconds."""
    task_postrun.connect(_close_connections)
    try:
        with start_worker(app, perform_ping_check=False, queues=[queue], pool="solo"):
            deadline = time.monotonic() + limit
            while not until():
                assert time.monotonic() < deadline, f"the worker has not done the work in the queue {queue}"
                time.sleep(0.05)
    finally:
        task_postrun.disconnect(_close_connections)


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


def run_in_a_process_of_its_own(code, *, limit=60, **variables):
    """Run Python code with Django set up, on the database and with the secrets of this test.

    Returns the CompletedProcess; ``limit`` in seconds.
    """
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {
        "DATABASE_URL": urlunsplit(database),
        "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
        "SECRET_KEY": settings.SECRET_KEY,
        **variables,
    }
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=limit,
    )
