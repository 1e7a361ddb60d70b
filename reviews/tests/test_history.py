"""History that cannot be changed: chain, snapshots, constraints, triggers."""
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from reviews.enums import Action, State
from reviews.models import Filing, FilingStep, ReviewEvent, Snapshot
from reviews.services.events import verify_chain
from reviews.services.snapshots import payload_hash
from reviews.tests.factories import attach, change_answers, decide, make_filing, submit

pytestmark = [pytest.mark.django_db, pytest.mark.core]


def test_an_untouched_history_verifies(capsys):
    filing = make_filing(state=State.RECOGNISED)
    assert verify_chain(filing) == []
    call_command("verify_chains")
    assert "all intact" in capsys.readouterr().out


@pytest.mark.parametrize("model", [ReviewEvent, Snapshot])
def test_the_database_refuses_to_change_or_delete_history(model):
    make_filing(state=State.IN_REVIEW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(filing_id=0)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)


def test_a_changed_comment_is_found_by_the_chain():
    filing = make_filing(state=State.IN_REVIEW, step=2)
    _without_triggers("UPDATE reviews_reviewevent SET comment = 'forged' WHERE sequence = 2")
    assert verify_chain(filing) == ["第 2 条记录的内容与摘要不符。"]
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_chains")


def test_a_missing_last_row_is_found_because_the_filing_knows_the_head_of_its_chain():
    filing = make_filing(state=State.IN_REVIEW, step=2)
    _without_triggers("DELETE FROM reviews_reviewevent WHERE sequence = 2")
    assert verify_chain(filing) == ["最后一条记录与申报件上的链尾不符，末尾可能有记录缺失。"]


def test_a_missing_row_in_the_middle_is_found():
    filing = make_filing(state=State.APPROVED)
    _without_triggers("DELETE FROM reviews_reviewevent WHERE sequence = 2")
    assert verify_chain(filing)[0].startswith("第 2 条记录缺失")


def test_a_changed_snapshot_is_found():
    filing = make_filing(state=State.IN_REVIEW)
    _without_triggers("UPDATE reviews_snapshot SET sha256 = 'forged'")
    assert "第 1 号快照的内容与摘要不符。" in verify_chain(filing)


def test_a_snapshot_says_everything_that_is_needed_to_read_it_later():
    filing = make_filing()
    file = attach(filing)
    submit(filing)
    payload = filing.snapshot.payload
    assert payload["kind"]["document_title"] == "测试自评表"
    assert payload["enterprise"] == {"name": filing.enterprise_name, "uscc": filing.enterprise.uscc}
    assert payload["region"] == "江苏省南京市玄武区"
    assert payload["state"] == {"code": "in_review", "label": "审核中"}
    revenue = payload["sections"][1]["items"][0]["rows"][0]
    assert (revenue["label"], revenue["unit"], revenue["shown"][0]) == ("营业收入", "万元", "5,600.00")
    assert [entry["sha256"] for entry in payload["attachments"]] == [file.sha256]
    assert payload["attachments"][0]["label"] == "营业执照"
    assert filing.snapshot.sha256 == payload_hash(payload)
    assert "13812345678" not in str(payload), "personal values are sealed"


def test_a_decision_freezes_what_was_submitted_and_not_what_the_answers_say_now():
    filing = make_filing(state=State.IN_REVIEW)
    Filing.objects.filter(pk=filing.pk).update(answers={})
    decide(filing, Action.RETURN, comment="请改正")
    before, after = filing.snapshots.order_by("number")
    assert after.payload["sections"] == before.payload["sections"]
    assert after.payload["state"]["code"] == "returned"


def test_each_submission_has_its_own_snapshot():
    filing = make_filing(state=State.RETURNED)
    change_answers(filing, products="新产品")
    submit(filing)
    shown = [snapshot.payload["sections"][0]["items"][1]["shown"] for snapshot in filing.snapshots.order_by("number")]
    assert shown == ["矿山开采成套控制系统", "矿山开采成套控制系统", "新产品"]


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("filing_has_desk_iff_in_review", {"desk": None}),
        ("filing_(state_known|decided_iff_decided_at)", {"state": "lost"}),
        ("filing_submitted_is_complete", {"number": None}),
        ("filing_submitted_is_complete", {"snapshot": None}),
        ("filing_decided_iff_decided_at", {"decided_at": "now"}),
        ("filing_version_positive", {"version": 0}),
    ],
)
def test_the_database_refuses_an_impossible_filing(constraint, change):
    filing = make_filing(state=State.IN_REVIEW)
    if change.get("decided_at"):
        change = {"decided_at": timezone.now()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Filing.objects.filter(pk=filing.pk).update(**change)


def test_the_database_refuses_a_second_open_filing_of_the_same_kind_and_period():
    filing = make_filing()
    filing.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        filing.save(force_insert=True)


def test_the_database_refuses_a_second_action_on_the_same_version_of_a_filing():
    filing = make_filing(state=State.IN_REVIEW)
    event = filing.events.get()
    event.pk, event.sequence = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save(force_insert=True)


def test_the_database_refuses_the_same_step_twice():
    filing = make_filing(state=State.IN_REVIEW)
    with pytest.raises(IntegrityError), transaction.atomic():
        FilingStep.objects.create(filing=filing, round=1, position=1, authority=filing.desk)


def _without_triggers(sql):
    """Run a statement as an intruder with the rights of the database's owner would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The tests of this file run in a transaction: the setting ends with it.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql)
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(sql)
        for _, create in triggers:
            cursor.execute(create)
