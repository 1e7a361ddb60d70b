"""Uploads in parts: nothing is lost and nothing is taken twice, whatever stops them and whoever sends them at once."""
import datetime
import hashlib
import shutil
import threading
from collections import namedtuple

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_enterprise
from applications.services import uploads
from applications.services.evidence import attach_evidence, remove_evidence
from applications.services.uploads import MAX_UNFINISHED, finish_upload, receive_part, start_upload
from applications.tests.filled import make_complete_draft, make_draft, pdf
from portal.tests.files import locked_pdf, pdf_bytes
from portal.tools import partial_files
from portal.tools.errors import Refused
from portal.tools.partial_files import write_part
from reviews.models import Attachment, Upload
from reviews.services.filings import submit
from reviews.services.uploads import expire_uploads, partial_path
from reviews.tasks import expire_uploads as expire_task

pytestmark = pytest.mark.django_db

SLOT = "evidence.licence"
CONTENT = pdf_bytes("a file of some parts")
PART = 200
HASH = hashlib.sha256(CONTENT).hexdigest()
SCRIPT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def filing():
    return make_draft()


def start(filing, content=CONTENT, name="执照.pdf", slot=SLOT, user=None, **options):
    return start_upload(
        filing_id=filing.pk, user=user or filing.enterprise.account, slot=slot, name=name, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), **options,
    )


def send(filing, upload, offset, data):
    return receive_part(
        filing_id=filing.pk, user=filing.enterprise.account, upload_id=upload.pk, offset=offset, data=data
    )


def finish(filing, upload):
    return finish_upload(filing_id=filing.pk, user=filing.enterprise.account, upload_id=upload.pk)


def send_all(filing, upload, content=CONTENT):
    for offset in range(upload.received, len(content), PART):
        send(filing, upload, offset, content[offset : offset + PART])


def test_parts_become_the_file_and_leave_nothing_behind(filing, media, django_capture_on_commit_callbacks):
    upload = start(filing)
    send_all(filing, upload)
    with django_capture_on_commit_callbacks(execute=True):
        attachment = finish(filing, upload)
    assert attachment.file.open().read() == CONTENT
    assert (attachment.name, attachment.size, attachment.sha256) == ("执照.pdf", len(CONTENT), HASH)
    assert not Upload.objects.exists()
    assert list((media / "uploads").iterdir()) == []


def test_choosing_the_same_file_again_goes_on_where_it_stopped_also_under_another_name(filing):
    upload = start(filing)
    send(filing, upload, 0, CONTENT[:PART])
    again = start(filing, name="营业执照（新）.pdf")
    assert (again.pk, again.received) == (upload.pk, PART)
    send_all(filing, again)
    stored = finish(filing, again)
    assert (stored.sha256, stored.name) == (HASH, "营业执照（新）.pdf")


def test_a_part_at_the_wrong_place_is_told_the_right_one_and_changes_nothing(filing):
    upload = start(filing)
    send(filing, upload, 0, CONTENT[:PART])
    for offset in (0, PART - 1, PART + 1):
        with pytest.raises(uploads.OutOfPlace) as refusal:
            send(filing, upload, offset, b"x")
        assert (refusal.value.status, refusal.value.received) == (409, PART)
    assert partial_path(upload).read_bytes() == CONTENT[:PART]


def test_bytes_that_were_written_but_not_counted_are_written_over(filing):
    upload = start(filing)
    send(filing, upload, 0, CONTENT[:PART])
    write_part(partial_path(upload), PART, b"written before the power went" * 20)  # and no commit after it
    again = start(filing)
    assert again.received == PART
    send_all(filing, again)
    assert finish(filing, again).file.open().read() == CONTENT


def test_bytes_that_were_counted_but_are_gone_from_the_disk_are_sent_again(filing, django_capture_on_commit_callbacks):
    upload = start(filing)
    send(filing, upload, 0, CONTENT[:PART])
    partial_path(upload).unlink()
    with django_capture_on_commit_callbacks(execute=True):
        again = start(filing)
    assert (again.pk != upload.pk, again.received) == (True, 0)


def test_the_bytes_are_on_the_disk_before_they_are_counted(filing, monkeypatch):
    upload = start(filing)
    seen = []
    real = partial_files.os.fsync
    monkeypatch.setattr(
        partial_files.os, "fsync", lambda number: seen.append(Upload.objects.get().received) or real(number)
    )
    send(filing, upload, 0, CONTENT[:PART])
    assert seen == [0]
    assert Upload.objects.get().received == PART


def test_more_than_was_announced_is_refused(filing):
    upload = start(filing)
    send_all(filing, upload)
    with pytest.raises(Refused) as refusal:
        send(filing, upload, len(CONTENT), b"x")
    assert (refusal.value.code, refusal.value.status) == ("too_long", 422)


def test_a_file_is_not_finished_before_it_is_whole(filing):
    upload = start(filing)
    send(filing, upload, 0, CONTENT[:PART])
    with pytest.raises(uploads.OutOfPlace):
        finish(filing, upload)


def test_content_other_than_announced_is_refused_and_forgotten(filing, django_capture_on_commit_callbacks):
    upload = start(filing)
    other = bytearray(CONTENT)
    other[5] ^= 1
    send_all(filing, upload, bytes(other))
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused) as refusal:
        finish(filing, upload)
    assert (refusal.value.code, refusal.value.status) == ("changed", 409)
    assert "收到的内容与您选择的文件不一致" in refusal.value.message
    assert not Upload.objects.exists()
    assert not partial_path(upload).exists()


def test_content_that_cannot_be_reviewed_is_refused_at_the_end_and_forgotten(filing):
    content = locked_pdf("secret")
    upload = start(filing, content)
    send_all(filing, upload, content)
    with pytest.raises(Refused, match="“执照.pdf”设有打开密码") as refusal:
        finish(filing, upload)
    assert refusal.value.status == 415
    assert not Upload.objects.exists()
    assert not filing.attachments.exists()


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"name": "程序.exe"}, 415, "wrong_type"), ({"size": 0}, 422, "empty"), ({"size": 10**9}, 413, "too_big"),
        ({"slot": "evidence.nonsense"}, 404, "no_slot"), ({"sha256": "A" * 64}, 422, "no_hash"),
    ],
)
def test_what_cannot_be_stored_is_refused_before_a_byte_is_sent(filing, changes, status, code):
    said = {"slot": SLOT, "name": "执照.pdf", "size": len(CONTENT), "sha256": HASH} | changes
    with pytest.raises(Refused) as refusal:
        start_upload(filing_id=filing.pk, user=filing.enterprise.account, **said)
    assert (refusal.value.status, refusal.value.code) == (status, code)
    assert not Upload.objects.exists()


def test_a_file_that_is_there_already_is_not_sent_again(filing):
    attach_evidence(filing_id=filing.pk, user=filing.enterprise.account, slot=SLOT, upload=pdf(text="same"))
    with pytest.raises(Refused, match="内容完全相同") as refusal:
        start(filing, pdf_bytes("same"))
    assert refusal.value.code == "same_file"


def test_the_answer_to_the_last_part_may_get_lost(filing):
    upload = start(filing)
    send_all(filing, upload)
    attachment = finish(filing, upload)
    with pytest.raises(Refused) as refusal:
        finish(filing, upload)
    assert (refusal.value.code, refusal.value.status) == ("upload_gone", 404)
    assert start(filing, again=True) == attachment
    assert filing.attachments.count() == 1


def test_without_room_on_the_disk_nothing_begins(filing, monkeypatch, settings):
    usage = namedtuple("usage", "total used free")
    room = settings.EVIDENCE_DISK_RESERVE + len(CONTENT)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(0, 0, room))
    start(filing)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(0, 0, room - 1))
    with pytest.raises(Refused) as refusal:
        start(filing, pdf_bytes("another of the same length"))
    assert refusal.value.status == 507
    assert "存储空间不足，“执照.pdf”没有上传" in refusal.value.message


def test_a_disk_that_fills_up_on_the_way_says_so_and_keeps_what_it_has(filing, monkeypatch):
    upload = start(filing)
    send(filing, upload, 0, CONTENT[:PART])

    def full(path, offset, data):
        with open("/dev/full", "wb", buffering=0) as device:
            device.write(data)

    monkeypatch.setattr(uploads, "write_part", full)
    with pytest.raises(Refused) as refusal:
        send(filing, upload, PART, CONTENT[PART : 2 * PART])
    assert refusal.value.status == 507
    assert Upload.objects.get().received == PART


def test_of_many_unfinished_uploads_the_oldest_is_given_up(filing):
    first = start(filing, b"%PDF first")
    for number in range(MAX_UNFINISHED):
        start(filing, b"%%PDF %d" % number)
    assert Upload.objects.count() == MAX_UNFINISHED
    assert not Upload.objects.filter(pk=first.pk).exists()


def test_another_enterprise_neither_begins_nor_continues(filing):
    upload = start(filing)
    stranger = make_enterprise().account
    with pytest.raises(Refused) as refusal:
        start(filing, user=stranger)
    assert refusal.value.status == 403
    with pytest.raises(Refused) as refusal:
        receive_part(filing_id=filing.pk, user=stranger, upload_id=upload.pk, offset=0, data=b"x")
    assert refusal.value.status == 404


def test_an_upload_cannot_be_finished_when_the_filing_was_submitted_meanwhile():
    filing = make_complete_draft()
    upload = start(filing, slot="evidence.other")
    send_all(filing, upload)
    submit(filing_id=filing.pk, user=filing.enterprise.account, seen_version=filing.version)
    with pytest.raises(Refused, match="不能修改佐证材料"):
        finish(filing, upload)
    assert Upload.objects.exists(), "after a return it can be finished"


def test_after_a_week_without_a_byte_an_upload_is_removed_and_a_fresh_one_stays(
    filing, media, django_capture_on_commit_callbacks
):
    old, fresh = start(filing, b"%PDF old"), start(filing, b"%PDF new")
    for upload in (old, fresh):
        send(filing, upload, 0, b"%PDF")
    Upload.objects.filter(pk=old.pk).update(last_at=timezone.now() - datetime.timedelta(days=7, seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        expire_task()
    assert list(Upload.objects.all()) == [fresh]
    assert [path.name for path in (media / "uploads").iterdir()] == [fresh.pk.hex]


def test_bytes_without_an_upload_go_when_they_are_old(filing, media):
    upload = start(filing)
    send(filing, upload, 0, b"%PDF")
    old = timezone.now().timestamp() - 8 * 24 * 3600
    for name, moment in (("orphan", old), ("young", None), (upload.pk.hex, old)):
        path = media / "uploads" / name
        path.touch()
        if moment:
            partial_files.os.utime(path, (moment, moment))
    assert expire_uploads() == 0
    assert {path.name for path in (media / "uploads").iterdir()} == {"young", upload.pk.hex}


def test_what_was_removed_can_be_uploaded_again(filing):
    upload = start(filing)
    send_all(filing, upload)
    gone = finish(filing, upload)
    remove_evidence(filing_id=filing.pk, user=filing.enterprise.account, attachment_id=gone.pk)
    upload = start(filing)
    send_all(filing, upload)
    assert finish(filing, upload).pk != gone.pk


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_send_the_same_file_at_once_store_it_once(filing):
    stored, faults = [], []

    def tab():
        try:
            while True:
                found = start(filing, again=True)
                if isinstance(found, Attachment):
                    stored.append(found.pk)
                    return
                try:
                    while found.received < found.size:
                        found = send(filing, found, found.received, CONTENT[found.received : found.received + PART])
                    stored.append(finish(filing, found).pk)
                    return
                except Refused as refusal:
                    if refusal.code not in {"out_of_place", "upload_gone"}:
                        raise
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    tabs = [threading.Thread(target=tab) for _ in range(2)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join(30)
    assert faults == []
    assert len(set(stored)) == 1
    assert filing.attachments.get().file.open().read() == CONTENT


def begin(client, filing, **changes):
    data = {"slot": SLOT, "name": "执照.pdf", "size": len(CONTENT), "sha256": HASH} | changes
    return client.post(reverse("applications:upload_start", args=[filing.pk]), data, **SCRIPT)


def post_part(client, filing, key, offset, data):
    address = reverse("applications:upload_part", args=[filing.pk, key])
    return client.post(f"{address}?offset={offset}", data, content_type="application/octet-stream", **SCRIPT)


def test_the_page_is_told_where_to_go_on_and_gets_the_line_of_the_stored_file(client, filing):
    client.force_login(filing.enterprise.account)
    begun = begin(client, filing).json()
    assert begun["received"] == 0
    assert post_part(client, filing, begun["upload"], 0, CONTENT[:PART]).json() == {"received": PART}
    wrong = post_part(client, filing, begun["upload"], 0, CONTENT[:PART])
    assert (wrong.status_code, wrong.json()["received"]) == (409, PART)
    done = post_part(client, filing, begun["upload"], PART, CONTENT[PART:]).json()
    assert done["file"]["name"] == "执照.pdf"
    assert f'data-file="{done["file"]["id"]}"' in done["html"]
    assert "预览 执照.pdf" in done["html"]
    assert set(done["states"]) >= {"evidence"}


def test_an_upload_that_was_whole_when_the_server_died_is_completed_by_an_empty_part(client, filing):
    upload = start(filing)
    send_all(filing, upload)
    client.force_login(filing.enterprise.account)
    begun = begin(client, filing).json()
    assert begun == {"upload": str(upload.pk), "received": len(CONTENT)}
    assert post_part(client, filing, upload.pk, len(CONTENT), b"").json()["file"]["name"] == "执照.pdf"


@pytest.mark.parametrize("changes", [{"size": "many"}, {"size": "-1"}, {"size": "１２"}, {"size": ""}])
def test_a_size_that_is_no_number_is_refused(client, filing, changes):
    client.force_login(filing.enterprise.account)
    assert begin(client, filing, **changes).status_code == 422


def test_the_form_shows_what_is_unfinished_and_until_when_it_is_kept(client, filing):
    upload = start(filing)
    send(filing, upload, 0, CONTENT[: len(CONTENT) // 2])
    client.force_login(filing.enterprise.account)
    page = client.get(reverse("applications:fill", args=[filing.pk])).content.decode()
    assert "未传完，已传 49%" in page or "未传完，已传 50%" in page
    day = timezone.localdate() + datetime.timedelta(days=7)
    assert f"在 {day.month}月{day.day}日前重新选择这个文件，会从断点继续上传" in page
