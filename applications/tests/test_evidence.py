import errno

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.tests.factories import make_enterprise
from applications.services.evidence import attach_evidence, remove_evidence, restore_evidence
from applications.tests.filled import make_draft, make_submitted, pdf, zip_upload
from portal.tools.errors import NotPermitted, Refused, WrongState
from portal.tools.uploads import clean_name
from reviews.models import Attachment

pytestmark = pytest.mark.django_db

SLOT = "evidence.licence"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600


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
    assert attachment.file.open().read().startswith(b"%PDF-1.7")


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
    settings.EVIDENCE_MAX_BYTES = 100
    assert attach(make_draft(), SimpleUploadedFile("正好.pdf", b"%PDF-1.7".ljust(100, b"0"))).size == 100


def test_an_empty_file_is_refused():
    refusal = refused(make_draft(), SimpleUploadedFile("空.pdf", b""))
    assert (refusal.status, refusal.code) == (422, "empty")
    assert "“空.pdf”是空文件" in refusal.message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PNG), ("a.png", b"%PDF-1.7"), ("a.jpg", PNG), ("a.doc", b"%PDF-1.7"), ("a.docx", b"%PDF-1.7"),
        ("a.xls", PNG),
    ],
)
def test_a_renamed_file_is_refused(name, content):
    refusal = refused(make_draft(), SimpleUploadedFile(name, content))
    assert refusal.status == 415
    assert f"“{name}”的内容不是 {name[2:]} 格式" in refusal.message


@pytest.mark.parametrize(
    ("name", "content"), [("a.png", PNG), ("a.jpg", b"\xff\xd8\xff\xe0abc"), ("a.doc", OLE), ("a.xls", OLE)]
)
def test_pictures_and_old_office_files_are_stored(name, content):
    assert attach(make_draft(), SimpleUploadedFile(name, content)).name == name


def test_word_and_excel_files_are_recognised_by_their_parts():
    filing = make_draft()
    attach(filing, zip_upload({"[Content_Types].xml": b"x", "word/document.xml": b"x"}, "说明.docx"))
    attach(filing, zip_upload({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}, "表.xlsx"))
    refusal = zip_upload({"[Content_Types].xml": b"x", "xl/workbook.xml": b"y"}, "换名.docx")
    with pytest.raises(Refused, match="换名.docx”的内容不是 docx 格式"):
        attach(filing, refusal)


def test_an_office_file_with_a_password_is_refused_with_the_remedy():
    assert "请去除密码" in refused(make_draft(), SimpleUploadedFile("加密.docx", OLE)).message


def test_an_archive_with_supported_files_is_stored_also_with_chinese_names():
    filing = make_draft()
    upload = zip_upload({"专利/证书1.pdf": b"x", "证书2.jpg": b"y", "__MACOSX/._证书2.jpg": b"z"})
    assert attach(filing, upload).name == "材料.zip"


def test_an_archive_names_the_files_that_are_not_supported():
    refusal = refused(make_draft(), zip_upload({"证书.pdf": b"x", "安装.exe": b"y", "里面.rar": b"z"}))
    assert "内有不支持的文件“安装.exe”“里面.rar”" in refusal.message


def test_gbk_names_of_windows_archives_are_read():
    upload = zip_upload({"AAAA.exe": b"x"})
    content = upload.read().replace(b"AAAA.exe", "证书".encode("gbk") + b".exe")
    assert "“证书.exe”" in refused(make_draft(), SimpleUploadedFile("材料.zip", content)).message


def test_an_encrypted_archive_is_refused():
    content = bytearray(zip_upload({"a.pdf": b"x"}).read())
    central = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[central + 8] |= 1
    assert "是加密的压缩包" in refused(make_draft(), SimpleUploadedFile("密.zip", bytes(content))).message


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"Rar!\x1a\x07\x00" + b"0" * 50])
def test_a_broken_archive_or_another_kind_is_refused(content):
    assert "不是可以打开的 zip 压缩包" in refused(make_draft(), SimpleUploadedFile("坏.zip", content)).message


def test_an_archive_that_points_outside_itself_is_refused():
    assert "路径不安全" in refused(make_draft(), zip_upload({"../../etc/a.pdf": b"x"})).message


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
