"""Exports made by real workers: on the queue export, with Redis away, killed in the middle, one at a time."""
import datetime
import threading

import pytest
from django.core.cache import cache
from django.db import connections
from django.utils import timezone

from accounts.tests.factories import make_officer
from portal.celery import app
from reviews.enums import ExportState, State
from reviews.job_tasks.exports import HAND_OVER, make_export, requeue_exports
from reviews.models import Export
from reviews.services.exports import GIVEN_UP, QUIET_LIMIT, cancel_export
from reviews.tests.exports import content_of, order, read_csv
from reviews.tests.factories import make_filing
from tests.workers import empty_queue, run_in_a_process_of_its_own, run_worker

pytestmark = pytest.mark.django_db(transaction=True)
LIMIT = 60  # seconds
A_SECOND = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    empty_queue("export")
    return settings.MEDIA_ROOT


@pytest.fixture
def province():
    make_filing(state=State.IN_REVIEW)
    return make_officer("320000", "manager")


def run_until_done(export):
    def finished():
        return Export.objects.get(pk=export.pk).state not in {ExportState.QUEUED, ExportState.RUNNING}

    run_worker("export", until=finished, limit=LIMIT)
    return Export.objects.get(pk=export.pk)


def queued_tasks():
    with app.connection_for_read() as broker:
        return broker.default_channel.client.llen("export")


def grow_old(export, **moments):
    Export.objects.filter(pk=export.pk).update(**{name: timezone.now() - age for name, age in moments.items()})


def files_below(media):
    return [path.name for path in media.rglob("*") if path.is_file() and path.suffix in (".csv", ".part", ".xlsx")]


def test_a_celery_worker_makes_the_export_that_a_commit_has_ordered(province):
    export = run_until_done(order(province, kind="csv"))
    assert (export.state, export.attempts) == (ExportState.READY, 1)
    assert len(read_csv(content_of(export))) == 2


def test_with_redis_away_the_order_stands_and_is_made_when_it_is_back(province, broker_away):
    export = order(province, kind="csv")
    assert export.state == ExportState.QUEUED
    grow_old(export, queued_at=HAND_OVER + A_SECOND)
    requeue_exports()
    broker_away()
    requeue_exports()
    assert run_until_done(export).state == ExportState.READY


def test_a_worker_killed_in_the_middle_leaves_no_file_and_the_export_is_made_after_all(province, media):
    export = order(province, kind="csv")
    empty_queue("export")
    killed = die_before_the_file_is_in_its_place(export.pk, media)
    assert killed.returncode == -9, killed.stderr
    export.refresh_from_db()
    assert (export.state, export.attempts, export.file.name) == (ExportState.RUNNING, 1, "")
    assert files_below(media) == ["export.csv"], "only the scratch of the attempt"
    requeue_exports()
    assert queued_tasks() == 0, "as long as a worker may be at it, nobody else begins"
    make_export(export.pk)
    export.refresh_from_db()
    assert export.attempts == 1
    grow_old(export, beat_at=QUIET_LIMIT + A_SECOND)
    requeue_exports()
    export = run_until_done(export)
    assert (export.state, export.attempts) == (ExportState.READY, 2)
    assert len(files_below(media)) == 1
    assert files_below(media) != ["export.csv"]


def test_a_worker_that_was_thought_dead_does_not_put_a_second_file_beside_its_successors(province, media, monkeypatch):
    export = order(province, kind="csv")
    empty_queue("export")
    real = Export.objects.get

    def overtaken(path, columns, chunks, advance):
        path.write_text("old")
        Export.objects.filter(pk=export.pk).update(attempts=2)

    monkeypatch.setattr("reviews.job_tasks.exports.write_csv", overtaken)
    make_export(export.pk)
    assert real(pk=export.pk).state == ExportState.RUNNING, "the successor's row is left alone"
    assert files_below(media) == []


def test_an_export_that_kills_every_worker_is_given_up_with_a_sentence(province, media):
    export = order(province, kind="csv")
    Export.objects.filter(pk=export.pk).update(state="running", attempts=3, started_at=timezone.now())
    grow_old(export, beat_at=QUIET_LIMIT + A_SECOND)
    make_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.error) == (ExportState.FAILED, GIVEN_UP)


def test_an_export_whose_worker_is_gone_is_cancelled_at_once(province):
    export = order(province, kind="csv")
    Export.objects.filter(pk=export.pk).update(state="running", attempts=1)
    grow_old(export, beat_at=QUIET_LIMIT + A_SECOND)
    assert cancel_export(export_id=export.pk, user=province).state == ExportState.CANCELLED


def test_one_is_made_at_a_time_and_the_next_follows_by_itself(province):
    first, second = order(province, kind="csv"), order(province, kind="csv")
    Export.objects.filter(pk=first.pk).update(state="running", attempts=1, beat_at=timezone.now())
    make_export(second.pk)
    second.refresh_from_db()
    assert second.state == ExportState.QUEUED, "it waits its turn"
    Export.objects.filter(pk=first.pk).update(state="queued")
    empty_queue("export")
    make_export(first.pk)
    assert queued_tasks() == 1
    assert run_until_done(second).state == ExportState.READY


def test_ordered_by_several_clicks_at_the_same_moment_it_is_one_export(province):
    start = threading.Barrier(5)
    made, failures = [], []

    def click():
        try:
            start.wait(LIMIT)
            made.append(order(province, kind="csv", token="same").pk)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert failures == []
    assert len(set(made)) == Export.objects.count() == 1


def die_before_the_file_is_in_its_place(export_id, media):
    """Make the export in a process of its own that is killed (SIGKILL) when the file is written and not yet moved."""
    return run_in_a_process_of_its_own(f"""
import os, signal
from django.conf import settings
settings.MEDIA_ROOT = {str(media)!r}
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
from reviews import kinds
from reviews.tests.kinds import KIND_CLASSES
kinds._kinds.update({{each.code: each() for each in KIND_CLASSES}})
from reviews.job_tasks.exports import make_export
make_export({export_id})
""")
