"""批量通过 and 批量退回 as a service: the rules of a single decision, a result for each row, and no row twice."""
import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from accounts.enums import OfficerRole
from accounts.models import AccessLog, Notice, User
from accounts.tests.factories import make_officer
from portal.celery import app
from portal.tools.errors import NotPermitted, Refused
from reviews.enums import Action, JobState, State
from reviews.job_tasks.bulk import STANDSTILL, requeue_bulk
from reviews.job_tasks.papers import HAND_OVER
from reviews.models import BulkDecision, ReviewEvent
from reviews.queries.bulk import stuck_ids
from reviews.services import bulk, decisions
from reviews.services.rerouting import merge_authority
from reviews.tests.factories import authority, decide, make_filing, officer_of
from tests.workers import empty_queue, run_in_a_process_of_its_own, run_worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filings():
    return [make_filing(state=State.IN_REVIEW) for _ in range(3)]


@pytest.fixture
def officer(filings):
    return make_officer("320100", OfficerRole.REVIEWER)


@pytest.fixture(autouse=True)
def quiet_queue():
    empty_queue("default")
    yield
    empty_queue("default")


def order(officer, filings, action="approve", key="k", **values):
    selection = [[filing.pk, filing.version] for filing in filings]
    return bulk.order_bulk(user=officer, action=action, selection=selection, key=key, **values)


def done(job):
    bulk.run_bulk(bulk_id=job.pk)
    job.refresh_from_db()
    return job


def events(filings, action):
    return ReviewEvent.objects.filter(filing__in=filings, action=action).count()


def queued_tasks():
    with app.connection_for_read() as broker:
        return broker.default_channel.client.llen("default")


def test_every_chosen_filing_goes_to_its_next_desk(officer, filings):
    job = done(order(officer, filings, note="批量核对"))
    assert (job.state, [row["ok"] for row in job.results]) == (JobState.DONE, [True] * 3)
    for filing in filings:
        filing.refresh_from_db()
        assert (filing.desk.code, filing.step) == ("320000", 2)
    assert set(ReviewEvent.objects.filter(action="approve").values_list("note", "actor")) == {("批量核对", officer.pk)}
    assert AccessLog.objects.get(action="批量通过").subject == f"第 {job.pk} 批，3 件"


def test_a_bulk_return_tells_each_enterprise_the_reason(officer, filings):
    done(order(officer, filings, "return", comment="请补充审计报告。"))
    bodies = Notice.objects.filter(title="申报被退回，请修改").values_list("body", flat=True)
    assert len(bodies) == 6
    assert all("请补充审计报告。" in body for body in bodies)


def test_a_row_that_changed_fails_alone_and_says_what_happened(officer, filings):
    job = order(officer, filings)
    decide(filings[1], Action.RETURN, comment="先退回", user=make_officer("320100", person_name="王快手"))
    job = done(job)
    assert [row["ok"] for row in job.results] == [True, False, True]
    assert "王快手" in job.results[1]["message"]
    assert job.results[1]["message"].endswith("您这次的操作没有生效。请打开这件申报，看清后单独办理。")
    assert events(filings, "approve") == 2


def test_a_row_outside_the_desk_or_jurisdiction_is_refused_like_a_single_one(officer, filings):
    foreign = make_filing(region="320508", state=State.IN_REVIEW)
    away = filings[0]
    decide(away)
    job = done(order(officer, [away, foreign]))
    assert [row["ok"] for row in job.results] == [False, False]
    assert events([away, foreign], "approve") == 1
    assert away.desk.name in job.results[0]["message"]


def test_an_officer_who_is_moved_on_the_way_decides_no_further_row(officer, filings, monkeypatch):
    job = order(officer, filings)
    assert bulk._next_row(job.pk)
    User.objects.filter(pk=officer.pk).update(authority=authority("320500"))
    job = done(job)
    assert [row["ok"] for row in job.results] == [True, False, False]
    assert "已从" in job.results[1]["message"]
    assert authority("320500").name in job.results[1]["message"]


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "viewer"}])
def test_an_officer_who_lost_his_rights_decides_nothing(officer, filings, change):
    job = order(officer, filings)
    User.objects.filter(pk=officer.pk).update(**change)
    job = done(job)
    assert {row["ok"] for row in job.results} == {False}
    assert "角色改为“查阅”" in job.results[0]["message"]
    assert events(filings, "approve") == 0


def test_the_same_key_is_one_job_and_somebody_elses_key_is_refused(officer, filings):
    first = order(officer, filings)
    assert order(officer, filings).pk == first.pk
    assert order(officer, filings[:1]).selection == first.selection
    with pytest.raises(NotPermitted):
        order(make_officer("320100"), filings)
    assert BulkDecision.objects.count() == 1


def test_what_cannot_be_one_job_is_refused_with_a_remedy(officer, filings):
    filing = filings[0]
    many = [[n, 1] for n in range(1, bulk.MOST_ROWS + 2)]
    for action, selection, comment, words in (
        ("approve", [], "", "没有选择"),
        ("approve", many, "", f"最多批量办理 {bulk.MOST_ROWS} 件，选择了 {bulk.MOST_ROWS + 1} 件"),
        ("approve", [[filing.pk, 1]] * 2, "", "选择了两次"),
        ("return", [[filing.pk, 1]], " ", "须填写意见"),
        ("reject", [[filing.pk, 1]], "不行", "只能【通过】或【退回】"),
    ):
        with pytest.raises(Refused, match=words):
            bulk.order_bulk(user=officer, action=action, selection=selection, comment=comment, key="x")
    with pytest.raises(NotPermitted):
        order(make_officer("320100", OfficerRole.VIEWER), filings)
    assert not BulkDecision.objects.exists()


def test_running_a_job_again_changes_nothing(officer, filings):
    job = done(order(officer, filings))
    results = job.results
    assert done(job).results == results
    assert events(filings, "approve") == 3


def test_a_fault_of_the_system_at_one_row_is_its_result_and_the_others_go_on(officer, filings, monkeypatch):
    real = bulk.SERVICES[Action.APPROVE]

    def broken(*, filing_id, **values):
        done_row = real(filing_id=filing_id, **values)
        if filing_id == filings[1].pk:
            raise RuntimeError("after the row was written")
        return done_row

    monkeypatch.setitem(bulk.SERVICES, Action.APPROVE, broken)
    job = done(order(officer, filings))
    assert [(row["ok"], row["message"]) for row in job.results] == [(True, ""), (False, bulk.BROKEN), (True, "")]
    filings[1].refresh_from_db()
    assert filings[1].step == 1, "what the row had written is gone"


def test_a_worker_killed_between_a_row_and_its_commit_loses_and_repeats_nothing(officer, filings):
    job = order(officer, filings)
    killed = run_in_a_process_of_its_own(f"""
import os, signal
from reviews import kinds
from reviews.enums import Action
from reviews.services import bulk
from reviews.tests.kinds import KIND_CLASSES
for kind_class in KIND_CLASSES:
    kinds.register(kind_class())
real = bulk.SERVICES[Action.APPROVE]
def killing(*, filing_id, **values):
    real(filing_id=filing_id, **values)
    if filing_id == {filings[1].pk}:
        os.kill(os.getpid(), signal.SIGKILL)
bulk.SERVICES[Action.APPROVE] = killing
bulk.run_bulk(bulk_id={job.pk})
""")
    assert killed.returncode == -9, killed.stderr
    job.refresh_from_db()
    assert (job.state, [row["filing"] for row in job.results]) == (JobState.RUNNING, [filings[0].pk])
    assert events(filings, "approve") == 1, "the row that was under way is rolled back"
    job = done(job)
    assert [row["filing"] for row in job.results] == [filing.pk for filing in filings]
    assert all(row["ok"] for row in job.results)
    assert events(filings, "approve") == 3
    assert Notice.objects.filter(title="审核进度更新").count() == 3


def test_a_worker_takes_the_job_that_a_commit_has_ordered(officer, filings):
    job = order(officer, filings)

    def finished():
        job.refresh_from_db()
        return job.state == JobState.DONE

    run_worker("default", until=finished, limit=60)
    assert [row["ok"] for row in job.results] == [True] * 3


def test_with_the_broker_away_the_job_stands_and_the_sweep_hands_it_over_once(officer, filings, broker_away):
    cache.clear()
    job = order(officer, filings)
    assert job.state == JobState.QUEUED
    broker_away()
    requeue_bulk()
    assert queued_tasks() == 0, "a fresh one is left to the commit"
    BulkDecision.objects.update(asked_at=timezone.now() - HAND_OVER * 2)
    for _ in range(3):
        requeue_bulk()
    assert queued_tasks() == 1


def test_the_sweep_finds_a_job_that_stands_still_and_no_other(officer, filings):
    now = timezone.now()
    jobs = [order(officer, filings, key=f"k{n}") for n in range(4)]
    old = now - STANDSTILL * 2
    rows = [
        {"state": "running", "beat_at": old}, {"state": "running", "beat_at": now},
        {"state": "done", "beat_at": old, "finished_at": old}, {"asked_at": old},
    ]  # fmt: skip
    for job, columns in zip(jobs, rows, strict=True):
        BulkDecision.objects.filter(pk=job.pk).update(**columns)
    found = stuck_ids(queued_before=now - HAND_OVER, beat_before=now - STANDSTILL, limit=10)
    assert set(found) == {jobs[0].pk, jobs[3].pk}


def at_once(*calls):
    """Run the calls in threads that start together."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            call()
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


def test_two_workers_with_the_same_job_do_no_row_twice(officer, filings):
    job = order(officer, filings)
    at_once(*[lambda: bulk.run_bulk(bulk_id=job.pk)] * 2)
    job.refresh_from_db()
    assert (job.state, [row["ok"] for row in job.results]) == (JobState.DONE, [True] * 3)
    assert events(filings, "approve") == 3


def test_a_job_and_a_colleague_at_the_same_filing_in_the_same_instant_make_one_decision(officer, filings):
    filing = filings[0]
    colleague = make_officer("320100")
    job = order(officer, [filing])
    at_once(
        lambda: bulk.run_bulk(bulk_id=job.pk),
        lambda: decisions.return_filing(
            filing_id=filing.pk, user=colleague, seen_version=filing.version, comment="请改正"
        ),
    )
    job.refresh_from_db()
    approved, returned = events([filing], "approve"), events([filing], "return")
    assert (approved, returned) in {(1, 0), (0, 1)}
    assert job.results[0]["ok"] == bool(approved)


def test_an_authority_that_merges_on_the_way_stops_the_job_of_its_officer_with_a_sentence(officer, filings):
    job = order(officer, filings)
    merge_authority(
        user=officer_of(authority("320000")), source_id=authority("320100").pk, target_id=authority("320500").pk,
        reason="苏编办〔2026〕1号",
    )
    job = done(job)
    assert {row["ok"] for row in job.results} == {False}
    assert events(filings, "approve") == 0
