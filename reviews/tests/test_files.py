"""Evidence files (佐证材料): who may download which, and how they are sent."""
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessLog
from accounts.tests.factories import make_officer
from reviews.enums import State
from reviews.tests.factories import attach, make_filing, submit
from reviews.tests.papers import MAY, PEOPLE, order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def filing():
    return make_filing(state=State.IN_REVIEW, attachments=1)


def get(client, attachment):
    return client.get(reverse("reviews:attachment", args=[attachment.pk]))


def remove(attachment):
    attachment.removed_at = timezone.now()
    attachment.save()


@pytest.mark.parametrize("who", PEOPLE)
def test_who_reaches_the_evidence_of_a_submitted_filing(client, filing, who):
    client.force_login(PEOPLE[who](filing))
    assert get(client, filing.attachments.get()).status_code == (200 if who in MAY else 404)


@pytest.mark.parametrize("who", PEOPLE)
def test_the_evidence_of_a_draft_is_its_owners_alone(client, who):
    filing = make_filing(attachments=1)
    client.force_login(PEOPLE[who](filing))
    assert get(client, filing.attachments.get()).status_code == (200 if who == "owner" else 404)


def test_without_signing_in_one_is_sent_to_the_login_and_back(client, filing):
    address = reverse("reviews:attachment", args=[filing.attachments.get().pk])
    assert client.get(address).url == f"{reverse('accounts:login')}?next={address}"


def test_what_is_attached_after_a_return_reaches_the_desk_with_the_next_submission(client):
    filing = make_filing(state=State.RETURNED, attachments=1)
    old, new = filing.attachments.get(), attach(filing)
    remove(old)
    order(filing)  # a preview names it too, and is no submission
    client.force_login(make_officer("320100"))
    assert get(client, new).status_code == 404
    assert get(client, old).status_code == 200, "removed since, but this is what was submitted"
    submit(filing)
    assert get(client, new).status_code == 200
    assert get(client, old).status_code == 200


def test_a_file_removed_before_it_was_ever_submitted_is_nobodys_any_more(client):
    filing = make_filing(attachments=2)
    gone = filing.attachments.first()
    remove(gone)
    submit(filing)
    for who in ("owner", "desk"):
        client.force_login(PEOPLE[who](filing))
        assert get(client, gone).status_code == 404


def test_it_comes_as_a_download_that_no_browser_runs(client):
    filing = make_filing()
    attachment = attach(filing, name="审计报告 2025.pdf", content=b"%PDF-1.4 <script>alert(1)</script>")
    client.force_login(filing.enterprise.account)
    response = get(client, attachment)
    assert response.getvalue() == b"%PDF-1.4 <script>alert(1)</script>"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert unquote(response["Content-Disposition"].split("''")[1]) == "审计报告 2025.pdf"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Length"] == "34"


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("照片.JPG", "image/jpeg"),
        ("材料.zip", "application/zip"),
        ("页面.html", "application/octet-stream"),
        ("图.svg", "application/octet-stream"),
        ("无扩展名", "application/octet-stream"),
    ],
)
def test_the_type_follows_from_a_fixed_list_and_not_from_what_the_browser_claimed(client, name, content_type):
    filing = make_filing()
    attachment = attach(filing, name=name)
    attachment.content_type = "text/html"
    attachment.save()
    client.force_login(filing.enterprise.account)
    assert get(client, attachment)["Content-Type"] == content_type


def test_the_reading_of_an_officer_is_logged_and_the_owners_is_not(client, filing):
    attachment = filing.attachments.get()
    client.force_login(filing.enterprise.account)
    get(client, attachment)
    assert AccessLog.objects.count() == 0
    officer = make_officer("320100")
    client.force_login(officer)
    get(client, attachment)
    entry = AccessLog.objects.get()
    assert (entry.actor, entry.action) == (officer, "下载佐证材料")
    assert filing.number in entry.subject
    assert attachment.name in entry.subject


@pytest.mark.parametrize(("who", "remedy"), [("owner", "重新上传"), ("desk", "请联系技术支持电话")])
def test_a_file_that_is_gone_from_the_disk_says_what_to_do(client, filing, who, remedy):
    attachment = filing.attachments.get()
    Path(attachment.file.path).unlink()
    client.force_login(PEOPLE[who](filing))
    response = get(client, attachment)
    assert response.status_code == 410
    assert f"文件“{attachment.name}”在服务器上已找不到" in response.content.decode()
    assert remedy in response.content.decode()
    assert AccessLog.objects.count() == 0
