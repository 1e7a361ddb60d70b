"""A worker that makes papers is ready for the first one; nobody else pays for WeasyPrint."""
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from portal.celery import app
from reviews import tasks

PROJECT = Path(__file__).resolve().parents[2]
LIMIT = 60  # seconds


@pytest.fixture
def worker(tmp_path):
    """A Celery worker of its own (prefork, as in script/server) on the queue ``pdf`` of a broker in the memory."""
    command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--queues", "pdf", "--concurrency", "1"]
    environment = os.environ | {"CELERY_BROKER_URL": "memory://"}
    with open(tmp_path / "log", "w") as log:
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
    yield process
    process.terminate()
    process.wait(LIMIT)


def children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def has_pango(pid):
    return "libpango" in Path(f"/proc/{pid}/maps").read_text()


def test_a_worker_process_loads_weasyprint_before_the_first_paper_and_lives_on(worker):
    deadline = time.monotonic() + LIMIT
    while not any(has_pango(pid) for pid in children(worker.pid)):
        assert worker.poll() is None, "the worker has ended"
        assert time.monotonic() < deadline, "no worker process has loaded WeasyPrint"
        time.sleep(0.1)
    first = children(worker.pid)
    time.sleep(2)
    assert children(worker.pid) == first, "Celery has not replaced the process"
    assert not has_pango(worker.pid), "the parent, which makes no papers, does not load it"


def test_a_process_that_serves_other_queues_does_not_warm_up():
    app.amqp.queues.select(["default", "notice"])
    before = set(threading.enumerate())
    tasks.warm_up()
    assert set(threading.enumerate()) <= before


def test_web_processes_do_not_load_weasyprint():
    code = "import django; django.setup(); import portal.urls, portal.wsgi, sys; print('weasyprint' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", "from portal.wsgi import application; " + code], cwd=PROJECT, capture_output=True,
        text=True, env=os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"}, timeout=LIMIT,
    )  # fmt: skip
    assert answer.stdout.strip() == "False", answer.stderr
