"""病毒检查 of evidence from the upload to what the enterprise and the desk see; against a socket that speaks clamd."""
import datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from accounts.tests.factories import make_officer
from applications.services.evidence import attach_evidence, remove_evidence
from applications.tests.filled import make_complete_draft, make_draft
from portal.tests.clamd import EICAR, clamd
from portal.tests.files import pdf_bytes
from portal.tools.errors import Invalid
from reviews.enums import ScanState, State
from reviews.job_tasks import papers
from reviews.kinds import get_kind
from reviews.models import Attachment
from reviews.services.filings import submit
from reviews.services.scans import record_scan
from reviews.tasks import requeue_scans, scan_attachment

pytestmark = pytest.mark.django_db

SLOT = "evidence.licence"
INFECTED = pdf_bytes() + b"\n%" + EICAR


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def scanner(settings):
    with clamd() as server:
        settings.CLAMD_ADDRESS = server.address
        settings.CLAMD_TIMEOUT = 5
        yield server


def attach(filing, content=None, name="执照.pdf", slot=SLOT):
    upload = SimpleUploadedFile(name, content or pdf_bytes())
    return attach_evidence(filing_id=filing.pk, user=filing.enterprise.account, slot=slot, upload=upload)


def scanned(attachment):
    scan_attachment(attachment.pk)
    attachment.refresh_from_db()
    return attachment


def submitted(filing):
    submit(filing_id=filing.pk, user=filing.enterprise.account, seen_version=filing.version)
    filing.refresh_from_db()
    return filing


def download(client, user, attachment, name="attachment"):
    client.force_login(user)
    return client.get(reverse(f"reviews:{name}", args=[attachment.pk]))


def test_without_a_scanner_files_are_unchecked_and_nothing_is_queued(monkeypatch, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        attachment = attach(make_draft())
    assert attachment.scan_state == ScanState.OFF
    assert callbacks == []
    requeue_scans()


def test_with_a_scanner_a_file_waits_is_queued_and_passes(scanner, django_capture_on_commit_callbacks, monkeypatch):
    queued = []
    monkeypatch.setattr(
        "reviews.services.scans.enqueue_on_commit", lambda task, *args: queued.append((task.task, *args))
    )
    attachment = attach(make_draft())
    assert attachment.scan_state == ScanState.PENDING
    assert queued == [("reviews.tasks.scan_attachment", attachment.pk)]
    scanned(attachment)
    assert (attachment.scan_state, attachment.scan_note) == (ScanState.PASSED, "")
    assert attachment.scanned_at is not None
    assert not Notice.objects.filter(key__startswith="scan-").exists()


def test_a_virus_is_blocked_by_name_and_the_enterprise_is_told_once(scanner):
    filing = make_draft()
    attachment = attach(filing, INFECTED)
    for _ in range(2):
        scanned(attachment)
    assert (attachment.scan_state, attachment.scan_note) == (ScanState.BLOCKED, "Eicar-Test-Signature")
    told = Notice.objects.get(key=f"scan-{attachment.pk}")
    assert told.recipient == filing.enterprise.account
    assert "“执照.pdf”被病毒检查拦截（Eicar-Test-Signature）。请先在本机杀毒" in told.body
    assert told.link == reverse("applications:fill", args=[filing.pk])


def test_the_first_result_stays(scanner):
    attachment = attach(make_draft())
    record_scan(attachment_id=attachment.pk, virus="")
    assert record_scan(attachment_id=attachment.pk, virus="Late").scan_state == ScanState.PASSED


def test_a_blocked_file_does_not_count_and_keeps_the_filing_from_being_submitted(scanner):
    filing = make_complete_draft()
    bad = attach(filing, INFECTED, slot="evidence.other")
    assert get_kind(filing.kind).problems(filing) == [], "待查 does not keep anybody from submitting"
    scanned(bad)
    (problem,) = get_kind(filing.kind).problems(filing)
    assert (problem.section, problem.field) == ("evidence", "other")
    assert problem.message == "“执照.pdf”被病毒检查拦截，请移除后重新上传。"
    with pytest.raises(Invalid):
        submitted(filing)
    remove_evidence(filing_id=filing.pk, user=filing.enterprise.account, attachment_id=bad.pk)
    assert submitted(filing).state == State.IN_REVIEW


def test_a_slot_whose_only_file_is_blocked_counts_as_empty(scanner):
    filing = make_complete_draft()
    only = filing.attachments.get(slot=SLOT)
    Attachment.objects.filter(pk=only.pk).update(scan_state=ScanState.PENDING)
    record_scan(attachment_id=only.pk, virus="Bad")
    messages = [problem.message for problem in get_kind(filing.kind).problems(filing) if problem.field == "licence"]
    assert len(messages) == 2
    assert any("缺少材料" in message for message in messages)


def test_who_downloads_and_previews_a_file_at_each_state(client, scanner, settings):
    filing = make_complete_draft()
    attachment = attach(filing, INFECTED, slot="evidence.other")
    submitted(filing)
    owner, officer = filing.enterprise.account, make_officer("320100")
    for name in ("attachment", "preview", "preview_content"):
        waiting = download(client, officer, attachment, name)
        assert waiting.status_code == 409
        assert "“执照.pdf”还没有做完病毒检查，检查通过后才能下载或预览" in waiting.content.decode()
        assert download(client, owner, attachment, name).status_code == 200
    scanned(attachment)
    for name in ("attachment", "preview", "preview_content"):
        for user, remedy in ((officer, "请退回申报"), (owner, "请在本机杀毒后，移除该文件")):
            refused = download(client, user, attachment, name)
            assert refused.status_code == 403
            assert "“执照.pdf”被病毒检查拦截（Eicar-Test-Signature），不能下载或预览" in refused.content.decode()
            assert remedy in refused.content.decode()
    Attachment.objects.filter(pk=attachment.pk).update(scan_state=ScanState.PENDING)
    settings.CLAMD_ADDRESS = ""
    assert download(client, officer, attachment).status_code == 200, "the scanner was taken away again"


def test_a_file_blocked_after_the_submission_tells_the_enterprise_whom_to_ask(scanner):
    filing = make_complete_draft()
    attachment = attach(filing, INFECTED, slot="evidence.other")
    submitted(filing)
    scanned(attachment)
    told = Notice.objects.get(key=f"scan-{attachment.pk}")
    assert f"申报已提交，请联系{filing.desk.name}退回后更换" in told.body
    assert told.link == reverse("applications:filing", args=[filing.pk])


def test_the_states_are_seen_on_the_form_in_detail_and_on_the_desk(client, scanner):
    filing = make_complete_draft()
    bad, good = attach(filing, INFECTED, slot="evidence.other"), attach(filing, name="好.pdf", slot="evidence.other")
    client.force_login(filing.enterprise.account)
    fill = client.get(reverse("applications:fill", args=[filing.pk])).content.decode()
    assert fill.count("病毒检查待查") == 7
    assert "正在排队做病毒检查，不影响提交。" in fill
    submitted(filing)
    scanned(bad)
    scanned(good)
    detail = client.get(reverse("applications:filing", args=[filing.pk])).content.decode()
    assert (detail.count("病毒检查拦截"), detail.count("病毒检查通过"), detail.count("病毒检查待查")) == (1, 1, 5)
    client.force_login(make_officer("320100", "reviewer"))
    desk = client.get(reverse("admin:reviews_filing_change", args=[filing.pk])).content.decode()
    assert (desk.count("病毒检查：拦截"), desk.count("病毒检查：通过"), desk.count("病毒检查：待查")) == (1, 1, 5)
    assert "发现 Eicar-Test-Signature，不能下载或预览" in desk
    assert reverse("reviews:attachment", args=[bad.pk]) not in desk
    assert reverse("reviews:preview", args=[good.pk]) in desk


def test_on_the_form_a_blocked_file_says_what_to_do(client, scanner):
    filing = make_draft()
    bad = scanned(attach(filing, INFECTED))
    client.force_login(filing.enterprise.account)
    page = client.get(reverse("applications:fill", args=[filing.pk])).content.decode()
    assert "被病毒检查拦截（Eicar-Test-Signature），不计入已上传的材料。请先在本机杀毒，移除后重新上传。" in page
    assert reverse("reviews:attachment", args=[bad.pk]) not in page


@pytest.mark.parametrize(
    ("address", "limit", "said"),
    [("", 1, "可能超过其大小上限"), ("127.0.0.1:1", 10**9, "暂时没有回应，系统会自动重试")],
)
def test_a_check_that_cannot_be_made_leaves_the_file_waiting_and_says_why(settings, address, limit, said):
    with clamd(limit=limit) as server:
        settings.CLAMD_ADDRESS = address or server.address
        attachment = scanned(attach(make_draft()))
    assert attachment.scan_state == ScanState.PENDING
    assert said in attachment.scan_note


def test_a_file_that_is_gone_from_the_disk_stays_waiting_and_says_so(scanner):
    attachment = attach(make_draft())
    Path(attachment.file.path).unlink()
    assert scanned(attachment).scan_note.startswith("文件在服务器上已找不到")


def test_the_sweep_hands_over_what_got_lost_and_repeats_failures_after_a_pause(scanner, monkeypatch):
    filing = make_draft()
    lost, failed, fresh, tried = (attach(filing, pdf_bytes(name), f"{name}.pdf") for name in ("a", "b", "c", "d"))
    now = timezone.now()
    files = Attachment.objects
    files.filter(pk=lost.pk).update(uploaded_at=now - datetime.timedelta(minutes=1))
    files.filter(pk=failed.pk).update(scanned_at=now - datetime.timedelta(minutes=6))
    files.filter(pk=tried.pk).update(
        scanned_at=now - datetime.timedelta(minutes=4), uploaded_at=now - datetime.timedelta(hours=1)
    )
    queued = []
    monkeypatch.setattr(papers, "enqueue", lambda task, key: queued.append(key) or True)
    requeue_scans()
    requeue_scans()
    assert queued == [lost.pk, failed.pk]
    assert fresh.pk not in queued


def test_a_task_for_a_file_that_is_unknown_or_finished_does_nothing(scanner):
    attachment = scanned(attach(make_draft()))
    scan_attachment(attachment.pk)
    scan_attachment(10**9)
    assert len(scanner.received) == 1
