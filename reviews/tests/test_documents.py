"""Ordering a paper: which snapshot it shows, made once, its states."""
import datetime

import pytest
from django.utils import timezone

from accounts.tests.factories import make_enterprise, make_officer, make_operator
from portal.tools.crypto import seal
from portal.tools.errors import Refused
from reviews.enums import DocumentState, SnapshotCause, State
from reviews.job_tasks.papers import CHANGED, UNREADABLE
from reviews.models import Document, Snapshot
from reviews.queries_documents import papers_before
from reviews.services import documents
from reviews.services.documents import retry_document
from reviews.services.papers import GIVEN_UP, MAX_ATTEMPTS, RUNNING_LIMIT
from reviews.tasks import render_document
from reviews.tests.factories import change_answers, make_filing, submit
from reviews.tests.papers import make_paper, order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_submitted_filing_gives_the_snapshot_that_the_desk_sees_to_owner_and_officer_alike():
    filing = make_filing(state=State.IN_REVIEW)
    own = order(filing)
    assert own.snapshot == filing.snapshot
    assert own.state == DocumentState.QUEUED
    assert order(filing, make_officer("320100")) == own
    assert Document.objects.count() == 1


def test_a_draft_gives_its_owner_a_preview_of_the_present_answers():
    filing = make_filing()
    document = order(filing)
    assert document.snapshot.cause == SnapshotCause.PREVIEW
    assert document.snapshot.payload["state"]["code"] == "draft"
    filing.refresh_from_db()
    assert filing.snapshot is None
    assert filing.state == State.DRAFT


def test_the_same_draft_ordered_twice_is_one_paper_though_sealing_never_gives_the_same_token_twice():
    filing = make_filing()
    first = order(filing)
    filing.answers["basic"]["contact_mobile"] = seal("13812345678")
    filing.save()
    assert order(filing) == first
    assert filing.snapshots.count() == 1


@pytest.mark.parametrize("change", [{"products": "井下通信基站"}, {"contact_mobile": seal("13900000000")}])
def test_a_changed_answer_makes_a_new_preview_also_when_it_is_sealed(change):
    filing = make_filing()
    first = order(filing)
    change_answers(filing, **change)
    second = order(filing)
    assert second.snapshot_id != first.snapshot_id
    assert filing.snapshots.count() == 2


def test_a_returned_filing_gives_the_owner_the_present_answers_and_the_officer_what_was_decided_on():
    filing = make_filing(state=State.RETURNED)
    change_answers(filing, products="改正后的产品")
    assert "改正后的产品" in str(order(filing).snapshot.payload)
    official = order(filing, make_officer("320100"))
    assert official.snapshot == filing.snapshot
    assert "改正后的产品" not in str(official.snapshot.payload)


def test_a_preview_does_not_stand_in_the_way_of_submitting():
    filing = make_filing()
    order(filing)
    submit(filing)
    assert [snapshot.cause for snapshot in filing.snapshots.order_by("number")] == ["preview", "submit"]
    assert order(filing).snapshot.cause == SnapshotCause.SUBMIT


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW])
def test_nobody_else_can_order_it(state):
    filing = make_filing(state=state)
    strangers = [make_enterprise().account, make_officer("320500"), make_officer("210200"), make_operator()]
    if state == State.DRAFT:
        strangers.append(make_officer("320100"))
    for user in strangers:
        with pytest.raises(Refused) as refusal:
            order(filing, user)
        assert refusal.value.status == 404
    assert Document.objects.count() == 0


def test_rendering_makes_a_file_named_after_the_key_and_says_how_long_it_is(media):
    document = make_paper(make_filing(state=State.IN_REVIEW))
    assert document.state == DocumentState.READY
    assert document.file.name == f"documents/{document.key[:2]}/{document.key}.pdf"
    content = document.file.read()
    assert content.startswith(b"%PDF-1.7")
    assert (document.size, document.pages, document.attempts) == (len(content), 2, 1)
    assert document.finished_at >= document.started_at


def test_rendering_again_does_nothing(media):
    document = make_paper(make_filing(state=State.IN_REVIEW))
    before = Document.objects.values().get()
    stamp = (media / document.file.name).stat().st_mtime_ns
    render_document(document.pk)
    render_document(document.pk + 1000)
    assert Document.objects.values().get() == before
    assert (media / document.file.name).stat().st_mtime_ns == stamp


def test_a_file_left_over_from_a_crash_is_replaced_and_never_stands_beside_the_new_one(media):
    document = order(make_filing(state=State.IN_REVIEW))
    target = media / "documents" / document.key[:2] / f"{document.key}.pdf"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"half a file")
    target.with_name(f"{target.name}.1.part").write_bytes(b"%PDF-1.7 half")
    render_document(document.pk)
    assert files_in(media) == [target.name]
    assert target.read_bytes().startswith(b"%PDF-1.7\n")


def test_a_document_that_is_being_made_is_left_to_its_worker():
    document = order(make_filing(state=State.IN_REVIEW))
    assert documents.claim_document(document_id=document.pk).attempts == 1
    assert documents.claim_document(document_id=document.pk) is None
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.attempts) == (DocumentState.RUNNING, 1)


def test_a_document_whose_worker_died_is_taken_again_and_given_up_after_three_attempts():
    document = order(make_filing(state=State.IN_REVIEW))
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert documents.claim_document(document_id=document.pk).attempts == attempt
        age(document, RUNNING_LIMIT)
    assert documents.claim_document(document_id=document.pk) is None
    document.refresh_from_db()
    assert (document.state, document.error) == (DocumentState.FAILED, GIVEN_UP)


def age(document, by):
    Document.objects.filter(pk=document.pk).update(started_at=timezone.now() - by - datetime.timedelta(seconds=1))


def test_a_worker_that_was_thought_dead_does_not_undo_what_its_successor_did():
    document = order(make_filing(state=State.IN_REVIEW))
    late = documents.claim_document(document_id=document.pk)
    age(document, RUNNING_LIMIT)
    render_document(document.pk)
    documents.record_failure(document=late, reason="too late")
    document.refresh_from_db()
    assert (document.state, document.attempts, document.error) == (DocumentState.READY, 2, "")


def test_a_snapshot_whose_content_does_not_fit_its_hash_gives_no_paper(media):
    genuine = make_filing(state=State.IN_REVIEW).snapshot
    forged = Snapshot.objects.create(
        filing=genuine.filing, number=genuine.number + 1, round=1, cause=SnapshotCause.SUBMIT, sha256=genuine.sha256,
        payload=genuine.payload | {"number": "CS0"}, made_by=genuine.made_by, made_at=genuine.made_at,
    )  # fmt: skip
    document = Document.objects.create(snapshot=forged, key="forged", queued_at=timezone.now())
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.error) == (DocumentState.FAILED, CHANGED)
    assert files_in(media) == []


def test_values_sealed_with_a_lost_key_fail_with_a_sentence_and_can_be_made_again(settings):
    filing = make_filing(state=State.IN_REVIEW)
    document = order(filing)
    keys = settings.FIELD_KEYS
    settings.FIELD_KEYS = ["u1kSvhCVr2wRkyYVcyqYd3vTVdpjmBaIvCxFVZ8pLGA="]
    render_document(document.pk)
    document.refresh_from_db()
    assert (document.state, document.error) == (DocumentState.FAILED, UNREADABLE)
    settings.FIELD_KEYS = keys
    assert order(filing).state == DocumentState.FAILED, "ordering alone does not hide the reason"
    retry_document(document_id=document.pk)
    document.refresh_from_db()
    assert (document.state, document.attempts, document.error) == (DocumentState.QUEUED, 0, "")
    render_document(document.pk)
    document.refresh_from_db()
    assert document.state == DocumentState.READY


def test_a_full_disk_fails_with_a_sentence_leaves_nothing_behind_and_can_be_made_again(media, settings):
    """/dev/full is a disk without space: every write to it fails with ENOSPC."""
    document = order(make_filing(state=State.IN_REVIEW))
    folder = media / "documents" / document.key[:2]
    folder.mkdir(parents=True)
    part = folder / f"{document.key}.pdf.1.part"
    part.symlink_to("/dev/full")
    render_document(document.pk)
    document.refresh_from_db()
    assert document.state == DocumentState.FAILED
    assert "存储空间不足" in document.error
    assert files_in(media) == []
    retry_document(document_id=document.pk)
    render_document(document.pk)
    document.refresh_from_db()
    assert document.state == DocumentState.READY


@pytest.mark.parametrize("state", [DocumentState.QUEUED, DocumentState.RUNNING, DocumentState.READY])
def test_retrying_what_has_not_failed_changes_nothing(state):
    document = order(make_filing(state=State.IN_REVIEW))
    if state == DocumentState.RUNNING:
        documents.claim_document(document_id=document.pk)
    elif state == DocumentState.READY:
        render_document(document.pk)
    before = Document.objects.values().get()
    retry_document(document_id=document.pk)
    assert Document.objects.values().get() == before


def test_a_finished_paper_whose_file_was_lost_is_made_again_when_it_is_ordered(media):
    filing = make_filing(state=State.IN_REVIEW)
    document = make_paper(filing)
    (media / document.file.name).unlink()
    assert order(filing).state == DocumentState.QUEUED
    assert make_paper(filing).state == DocumentState.READY
    assert files_in(media) == [f"{document.key}.pdf"]


def test_the_place_in_the_queue_counts_what_was_ordered_before_and_is_not_finished():
    first, second, third = (order(make_filing(state=State.IN_REVIEW)) for _ in range(3))
    assert [papers_before(document) for document in (first, second, third)] == [0, 1, 2]
    render_document(first.pk)
    assert [papers_before(document) for document in (second, third)] == [0, 1]
