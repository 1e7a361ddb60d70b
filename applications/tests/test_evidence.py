import errno

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.tests.factories import make_enterprise
from applications.services.evidence import attach_evidence, remove_evidence, restore_evidence
from applications.tests.filled import make_draft, make_submitted, pdf, zip_upload
from portal.tests.files import locked_pdf, pdf_bytes
from portal.tools.errors import NotPermitted, Refused, WrongState
from portal.tools.uploads import clean_name
from reviews.models import Attachment

pytestmark = pytest.mark.django_db

SLOT = "evidence.licence"


def attach(filing, upload, slot=SLOT, user=None):
    return attach_evidence(filing_id=filing.pk, user=user or filing.enterprise.account, slot=slot, upload=upload)


def refused(filing, upload, slot=SLOT):
    with pytest.raises(Refused) as refusal:
        attach(filing, upload, slot)
    assert not Attachment.objects.filter(filing=filing, slot=slot, removed_at__isnull=True).exists()
    return refusal.value


def test_a_pdf_is_stored_with_its_name_and_hash_outside_the_web_root():
    filing = make_draft()
    attachment = attach(filing, pdf("营业执照.pdf"))
    assert attachment.name == "营业执照.pdf"
    assert attachment.content_type == "application/pdf"
    assert len(attachment.sha256) == 64
    assert "营业执照" not in attachment.file.name
    assert attachment.file.open().read().startswith(b"%PDF-1.")


def test_an_upload_leaves_the_version_of_the_answers_alone():
    filing = make_draft()
    attach(filing, pdf())
    version = filing.version
    filing.refresh_from_db()
    assert filing.version == version


def test_a_wrong_type_is_refused_with_the_types_that_are_supported():
    refusal = refused(make_draft(), SimpleUploadedFile("程序.exe", b"MZ123"))
    assert refusal.status == 415
    assert refusal.message == (
        "“程序.exe”是 .exe 文件，不在支持的格式（pdf、doc、docx、xls、xlsx、jpg、jpeg、png、zip）之内，没有上传。"
        "请转换成支持的格式后再上传。"
    )


def test_a_file_without_extension_is_refused():
    assert "“材料”没有扩展名" in refused(make_draft(), SimpleUploadedFile("材料", b"%PDF-1.7")).message


def test_a_file_over_the_size_is_refused_with_both_sizes(settings):
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    refusal = refused(make_draft(), SimpleUploadedFile("大.pdf", b"%PDF-1.7" + b"0" * 1024 * 1024))
    assert refusal.status == 413
    assert "超过单个文件上限 1.0 MB" in refusal.message


def test_a_file_of_exactly_the_size_limit_is_stored(settings):
    content = pdf_bytes()
    settings.EVIDENCE_MAX_BYTES = len(content)
    assert attach(make_draft(), SimpleUploadedFile("正好.pdf", content)).size == len(content)


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("改名.pdf", b"MZ" + b"0" * 99), "“改名.pdf”的内容不是 pdf 格式（实际是程序文件）"),
        (SimpleUploadedFile("锁.pdf", locked_pdf("secret")), "“锁.pdf”设有打开密码"),
        (zip_upload({"一.pdf": pdf_bytes(), "二.exe": b"MZ"}), "“二.exe”是不支持的 .exe 文件（请转换格式或移除）"),
    ],
)
def test_what_cannot_be_reviewed_is_refused_with_the_reason(upload, sentence):
    refusal = refused(make_draft(), upload)
    assert refusal.status == 415
    assert sentence in refusal.message


def test_an_empty_file_is_refused():
    refusal = refused(make_draft(), SimpleUploadedFile("空.pdf", b""))
    assert (refusal.status, refusal.code) == (422, "empty")
    assert "“空.pdf”是空文件" in refusal.message


def test_the_same_file_twice_in_a_slot_says_so_and_is_fine_in_another():
    filing = make_draft()
    attach(filing, pdf("执照.pdf"))
    with pytest.raises(Refused) as refusal:
        attach(filing, pdf("执照副本.pdf"))
    assert refusal.value.status == 409
    assert "“执照副本.pdf”与本栏目已上传的“执照.pdf”内容完全相同" in refusal.value.message
    assert attach(filing, pdf("执照.pdf"), "evidence.other").slot == "evidence.other"


def test_an_unknown_slot_is_refused():
    assert refused(make_draft(), pdf(), "evidence.nonsense").status == 404


def test_a_full_disk_leaves_no_row_and_says_what_to_do(monkeypatch):
    filing = make_draft()

    def full(self, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    refusal = refused(filing, pdf("执照.pdf"))
    assert refusal.status == 507
    assert "存储空间不足，“执照.pdf”没有上传" in refusal.message


def test_another_enterprise_cannot_attach_or_remove():
    filing = make_draft()
    attachment = attach(filing, pdf())
    stranger = make_enterprise().account
    with pytest.raises(NotPermitted):
        attach(filing, pdf(text="2"), user=stranger)
    with pytest.raises(NotPermitted):
        remove_evidence(filing_id=filing.pk, user=stranger, attachment_id=attachment.pk)


def test_evidence_of_a_filing_under_review_cannot_change():
    filing = make_submitted()
    with pytest.raises(WrongState, match="退回"):
        attach(filing, pdf(text="新"))
    with pytest.raises(WrongState):
        remove_evidence(
            filing_id=filing.pk, user=filing.enterprise.account, attachment_id=filing.attachments.first().pk
        )


def test_removing_can_be_undone_unless_the_same_file_is_there_again():
    filing = make_draft()
    user = filing.enterprise.account
    attachment = attach(filing, pdf())
    remove_evidence(filing_id=filing.pk, user=user, attachment_id=attachment.pk)
    assert not filing.attachments.filter(removed_at__isnull=True).exists()
    restore_evidence(filing_id=filing.pk, user=user, attachment_id=attachment.pk)
    assert filing.attachments.filter(removed_at__isnull=True).count() == 1
    remove_evidence(filing_id=filing.pk, user=user, attachment_id=attachment.pk)
    attach(filing, pdf("再传.pdf"))
    with pytest.raises(Refused, match="内容完全相同"):
        restore_evidence(filing_id=filing.pk, user=user, attachment_id=attachment.pk)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("C:\\用户\\执照.pdf", "执照.pdf"), ("../../执照.pdf", "执照.pdf"), ("执\x00照\n.pdf", "执照 .pdf"), ("", "未命名")],
)
def test_names_lose_folders_and_control_characters(typed, kept):
    assert clean_name(typed) == kept


def test_a_very_long_name_keeps_its_extension():
    assert clean_name("长" * 300 + ".pdf").endswith("长.pdf")
    assert len(clean_name("长" * 300 + ".pdf")) == 120


def test_the_enterprise_learns_that_another_has_the_same_file_and_not_who(client):
    other, filing = make_draft(), make_draft()
    attach(other, pdf("别人的证书.pdf", "the same"))
    client.force_login(filing.enterprise.account)
    answer = client.post(
        reverse("applications:attach", args=[filing.pk]), {"slot": SLOT, "file": pdf("证书.pdf", "the same")},
        HTTP_X_REQUESTED_WITH="XMLHttpRequest",
    )  # fmt: skip
    note = answer.json()["file"]["note"]
    assert note.startswith("其他企业的申报材料中有内容完全相同的文件，请确认是否属于本企业。")
    page = client.get(reverse("applications:fill", args=[filing.pk])).content.decode()
    assert note in page
    for text in (answer.content.decode(), page):
        assert other.enterprise.name not in text
        assert "别人的证书" not in text
