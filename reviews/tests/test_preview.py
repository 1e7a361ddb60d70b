"""【预览】 of evidence: who sees what, how it is sent, and what a crafted file can do in the frame (nothing)."""
import zipfile

import pytest
from django.urls import reverse

from accounts.models import AccessLog
from accounts.tests.factories import make_officer
from portal.tests.files import docx_bytes, pdf_bytes, picture_bytes, zip_bytes
from reviews.enums import State
from reviews.queries.preview import neighbours
from reviews.tests.factories import attach, make_filing, submit
from reviews.tests.papers import MAY, PEOPLE

pytestmark = pytest.mark.django_db

PICTURE = picture_bytes(size=(600, 400))
PAPER = pdf_bytes("in the archive")
ENTRIES = {"专利/证书一.pdf": PAPER, "照片.png": PICTURE, "说明.docx": docx_bytes(), "__MACOSX/._照片.png": b"x"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stored(name, content, state=State.IN_REVIEW):
    """Return an evidence file of a filing that was submitted with it."""
    filing = make_filing()
    attachment = attach(filing, name=name, content=content)
    if state == State.IN_REVIEW:
        submit(filing)
    return attachment


def page(client, attachment, query=""):
    return client.get(reverse("reviews:preview", args=[attachment.pk]) + query)


def content(client, attachment, query=""):
    return client.get(reverse("reviews:preview_content", args=[attachment.pk]) + query)


def as_owner(client, attachment):
    client.force_login(attachment.filing.enterprise.account)
    return attachment


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", ["preview", "preview_content"])
def test_who_previews_the_evidence_of_a_submitted_filing(client, who, name):
    attachment = stored("执照.pdf", pdf_bytes())
    client.force_login(PEOPLE[who](attachment.filing))
    answer = client.get(reverse(f"reviews:{name}", args=[attachment.pk]))
    assert answer.status_code == (200 if who in MAY else 404)


@pytest.mark.parametrize("who", PEOPLE)
def test_the_evidence_of_a_draft_is_previewed_by_its_owner_alone(client, who):
    attachment = stored("执照.pdf", pdf_bytes(), State.DRAFT)
    client.force_login(PEOPLE[who](attachment.filing))
    assert content(client, attachment).status_code == (200 if who == "owner" else 404)


def test_a_pdf_is_framed_and_nothing_in_it_can_run_or_reach_out(client):
    attachment = as_owner(client, stored("执照.pdf", pdf_bytes()))
    framed = page(client, attachment).content.decode()
    assert f'<iframe class="preview__frame" src="/files/{attachment.pk}/preview/content/"' in framed
    answer = content(client, attachment)
    assert answer.getvalue() == pdf_bytes()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert answer["Content-Length"] == str(len(pdf_bytes()))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Cache-Control"] == "private, no-store"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy


def test_a_picture_is_shown_in_a_sandbox(client):
    attachment = as_owner(client, stored("照片.png", PICTURE))
    shown = page(client, attachment).content.decode()
    assert f'<img src="/files/{attachment.pk}/preview/content/" alt="照片.png">' in shown
    answer = content(client, attachment)
    assert (answer["Content-Type"], answer.getvalue()) == ("image/png", PICTURE)
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'self'; sandbox"


def test_a_page_that_calls_itself_a_picture_stays_a_picture(client):
    attachment = as_owner(client, stored("照片.png", b"<html><script>alert(1)</script>"))
    attachment.content_type = "text/html"
    attachment.save()
    answer = content(client, attachment)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")


@pytest.mark.parametrize("name", ["说明.docx", "表.xls", "图.svg", "页面.html", "无扩展名"])
def test_what_has_no_preview_says_so_and_offers_the_download(client, name):
    attachment = as_owner(client, stored(name, docx_bytes()))
    shown = page(client, attachment).content.decode()
    assert "不能预览，请下载后查看" in shown
    assert f'href="/files/{attachment.pk}/"' in shown
    assert content(client, attachment).status_code == 404


def test_an_archive_lists_its_files_and_shows_single_ones(client):
    attachment = as_owner(client, stored("材料.zip", zip_bytes(ENTRIES)))
    listed = page(client, attachment).content.decode()
    assert "压缩包内的文件（3 个）" in listed
    assert "专利/证书一.pdf" in listed
    assert "__MACOSX" not in listed
    assert listed.count("不能预览，请下载") == 1
    assert 'src="/files/' in page(client, attachment, "?entry=0").content.decode()
    paper, picture = content(client, attachment, "?entry=0"), content(client, attachment, "?entry=1")
    assert (paper["Content-Type"], paper.getvalue()) == ("application/pdf", PAPER)
    assert (picture["Content-Type"], picture.getvalue()) == ("image/png", PICTURE)
    assert paper["Content-Length"] == str(len(PAPER))


@pytest.mark.parametrize("query", ["?entry=3", "?entry=-1", "?entry=x", "?entry=", "?entry=²", "?entry=99999999"])
def test_an_entry_that_there_is_not_is_not_found(client, query):
    attachment = as_owner(client, stored("材料.zip", zip_bytes(ENTRIES)))
    assert page(client, attachment, query).status_code == 404
    assert content(client, attachment, query).status_code == 404


def test_an_entry_without_preview_is_not_sent(client):
    attachment = as_owner(client, stored("材料.zip", zip_bytes(ENTRIES)))
    assert "不能预览，请下载后查看" in page(client, attachment, "?entry=2").content.decode()
    assert content(client, attachment, "?entry=2").status_code == 404
    assert content(client, attachment).status_code == 404, "the archive itself is only downloaded"


def test_an_entry_whose_size_lies_is_cut_at_what_it_says(client):
    packed = bytearray(zip_bytes({"a.png": b"\0" * 5_000_000}, zipfile.ZIP_DEFLATED))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = packed.index(mark) + place
        packed[at : at + 4] = (1000).to_bytes(4, "little")
    attachment = as_owner(client, stored("谎.zip", bytes(packed)))
    with pytest.raises(zipfile.BadZipFile):
        content(client, attachment, "?entry=0").getvalue()


def test_an_archive_that_cannot_be_read_offers_the_download(client):
    attachment = as_owner(client, stored("坏.zip", b"PK\x03\x04"))
    assert "目录无法读取，请下载后查看" in page(client, attachment).content.decode()


def test_the_page_turns_to_the_neighbours_in_the_order_of_the_filing(client):
    filing = make_filing()
    first, second, third = (attach(filing, name=f"{n}.pdf", content=pdf_bytes(n)) for n in ("一", "二", "三"))
    submit(filing)
    for user in (filing.enterprise.account, make_officer("320100")):
        client.force_login(user)
        shown = page(client, second).content.decode()
        assert f'rel="prev" href="/files/{first.pk}/preview/"' in shown
        assert f'rel="next" href="/files/{third.pk}/preview/"' in shown


def test_at_either_end_there_is_no_neighbour():
    files = [{"id": 1}, {"id": 2}]
    assert neighbours(files, 1) == (None, files[1])
    assert neighbours(files, 2) == (files[0], None)
    assert neighbours(files, 3) == (None, None)


def test_the_reading_of_an_officer_is_logged_once_a_file_and_the_owners_is_not(client):
    attachment = as_owner(client, stored("材料.zip", zip_bytes(ENTRIES)))
    page(client, attachment)
    content(client, attachment, "?entry=0").getvalue()
    assert not AccessLog.objects.exists()
    officer = make_officer("320100")
    client.force_login(officer)
    page(client, attachment)
    assert [entry.action for entry in AccessLog.objects.all()] == ["预览佐证材料"]
    page(client, attachment, "?entry=0")
    content(client, attachment, "?entry=0").getvalue()
    assert AccessLog.objects.count() == 2
    assert "材料.zip 证书一.pdf" in AccessLog.objects.first().subject


def test_a_file_that_is_gone_from_the_disk_says_what_to_do(client):
    attachment = as_owner(client, stored("执照.pdf", pdf_bytes()))
    attachment.file.storage.delete(attachment.file.name)
    for answer in (page(client, attachment), content(client, attachment)):
        assert answer.status_code == 410
        assert "文件“执照.pdf”在服务器上已找不到" in answer.content.decode()


@pytest.mark.parametrize("files", [1, 3])
def test_the_page_takes_the_same_queries_for_one_and_three_files(client, django_assert_num_queries, files):
    filing = make_filing(attachments=files)
    submit(filing)
    client.force_login(make_officer("320100"))
    page(client, filing.attachments.first())
    with django_assert_num_queries(11):
        page(client, filing.attachments.first())
