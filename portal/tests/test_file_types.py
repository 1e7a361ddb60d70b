"""What is said of files that cannot be reviewed: which one, why, and what to do (manual Q8)."""
import io
import zipfile

import pytest
import xlsxwriter
from PIL import Image

from portal.tests.files import (
    compound_bytes,
    doc_bytes,
    docx_bytes,
    locked_office_bytes,
    locked_pdf,
    pdf_bytes,
    picture_bytes,
    xls_bytes,
    xlsx_bytes,
    zip_bytes,
)
from portal.tools import archives
from portal.tools.archives import entry_name
from portal.tools.file_types import content_fault

ALLOWED = ["pdf", "doc", "docx", "xls", "xlsx", "jpg", "jpeg", "png", "zip"]
MB = 1024 * 1024
JPEG = picture_bytes("JPEG")
PROGRAM = b"MZ\x90\x00" + b"\0" * 500


def said(name, content, max_bytes=50 * MB):
    """Return the sentence about a file, or "" when it is accepted; the file is left at its beginning."""
    file = io.BytesIO(content)
    fault = content_fault(file, name.rpartition(".")[2], ALLOWED, max_bytes)
    assert file.tell() == 0
    return fault.sentence(name) if fault else ""


def workbook(**options):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, options)
    book.add_worksheet("表").write(0, 0, "值")
    book.close()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf_bytes()), ("a.doc", doc_bytes()), ("a.xls", xls_bytes()), ("a.docx", docx_bytes()),
        ("a.xlsx", workbook()), ("a.jpg", JPEG), ("a.jpeg", JPEG), ("a.png", picture_bytes()),
        ("a.pdf", b"\xef\xbb\xbf" + pdf_bytes()),
        ("a.zip", zip_bytes({"一.pdf": pdf_bytes(), "二/三.xlsx": workbook(), "__MACOSX/._一": b"x"})),
    ],
)
def test_good_files_of_every_kind_are_accepted(name, content):
    assert said(name, content) == ""


def test_a_pdf_that_asks_for_a_password_is_refused_with_the_remedy():
    assert said("专利证书.pdf", locked_pdf("secret")) == (
        "“专利证书.pdf”设有打开密码，审核人员无法打开，没有上传。"
        "请取消打开密码（只限制打印或修改的密码可以保留）并另存后再上传。"
    )


def test_a_pdf_that_is_only_protected_against_changes_is_accepted():
    assert said("高企证书.pdf", locked_pdf("", "owner")) == ""


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", pdf_bytes()[:80], b"%PDF-1.7\n" + bytes(range(256)) * 20])
def test_a_broken_pdf_is_refused(content):
    assert "已损坏或不完整，读不出页面，没有上传。请在本机确认能打开，重新导出或另存为 pdf后再上传" in said("坏.pdf", content)


def test_a_pdf_without_pages_is_refused():
    assert "“空.pdf”没有任何页面" in said("空.pdf", pdf_bytes(pages=0))


@pytest.mark.parametrize("extension", ["pdf", "doc", "docx", "xls", "xlsx", "jpg", "png"])
def test_a_program_with_another_name_is_recognised(extension):
    sentence = said(f"发票.{extension}", PROGRAM)
    assert sentence.startswith(f"“发票.{extension}”的内容不是 {extension} 格式（实际是程序文件），可能只改了扩展名")
    assert "另存为" in sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", JPEG), ("a.jpg", picture_bytes("GIF")), ("a.pdf", JPEG), ("a.docx", workbook()),
        ("a.xlsx", docx_bytes()), ("a.doc", xls_bytes()), ("a.xls", doc_bytes()), ("a.doc", pdf_bytes()),
        ("a.docx", zip_bytes({"x.pdf": pdf_bytes()})),
    ],
)
def test_a_renamed_file_is_refused(name, content):
    assert f"“{name}”的内容不是 {name[2:]} 格式" in said(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", locked_office_bytes()), ("a.xlsx", locked_office_bytes()), ("a.doc", doc_bytes(locked=True)),
        ("a.xls", xls_bytes(locked=True)), ("a.doc", locked_office_bytes()),
    ],
)
def test_an_office_file_with_a_password_is_refused(name, content):
    assert "设有打开密码，审核人员无法打开，没有上传。请在“文件-信息-保护文档”中取消密码并另存后再上传" in said(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", docx_bytes(**{"word/vbaProject.bin": b"x"})), ("a.xlsx", xlsx_bytes(**{"xl/vbaProject.bin": b"x"})),
        ("a.doc", doc_bytes(macros=True)), ("a.xls", xls_bytes(macros=True)),
    ],
)
def test_an_office_file_with_macros_is_refused(name, content):
    assert "含有宏，可能带有病毒，平台不接收，没有上传。请“另存为”不含宏的" in said(name, content)


def test_an_old_office_file_with_a_new_extension_is_named_as_such():
    assert "是旧版 Office 文件改了扩展名" in said("a.docx", doc_bytes())


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.doc", doc_bytes()[:600]), ("a.docx", docx_bytes()[:60]), ("a.xls", compound_bytes({})[:512])],
)
def test_a_broken_office_file_is_refused(name, content):
    assert "已损坏，无法打开" in said(name, content)


def test_a_compound_file_that_runs_in_circles_ends():
    content = bytearray(doc_bytes())
    content[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")  # the directory follows itself
    assert said("a.doc", bytes(content)) == ""


def test_a_broken_picture_is_refused():
    content = bytearray(picture_bytes(size=(64, 64)))
    content[60] ^= 0xFF
    assert "“照片.png”已损坏，无法显示" in said("照片.png", bytes(content))


def test_a_picture_of_enormous_size_is_refused_before_it_is_unpacked():
    header = picture_bytes()
    content = header[:16] + (20000).to_bytes(4, "big") * 2 + header[24:]
    assert said("扫描.png", content) != ""
    buffer = io.BytesIO()
    Image.new("1", (15000, 12000)).save(buffer, "PNG")
    assert "“扫描.png”像素过多" in said("扫描.png", buffer.getvalue())


def test_each_bad_entry_of_an_archive_is_named_with_its_own_reason():
    content = zip_bytes(
        {
            "证书/好.pdf": pdf_bytes(), "安装.exe": PROGRAM, "里面.rar": b"Rar!", "锁.pdf": locked_pdf("x"),
            "改名.pdf": PROGRAM, "说明": b"x", "空.jpg": b"", "宏.docx": docx_bytes(**{"word/vbaProject.bin": b"x"}),
        }
    )  # fmt: skip
    sentence = said("材料.zip", content)
    assert sentence.startswith("“材料.zip”内有 7 个文件不能受理，没有上传：")
    for part in (
        "“安装.exe”是不支持的 .exe 文件（请转换格式或移除）",
        "“里面.rar”是压缩包里的压缩包（请解压后把其中的文件直接放进来）",
        "“锁.pdf”设有打开密码，审核人员无法打开（请取消打开密码",
        "“改名.pdf”的内容不是 pdf 格式（实际是程序文件）",
        "“说明”没有扩展名，无法识别",
        "“空.jpg”是空文件（0 字节）",
        "“宏.docx”含有宏",
    ):
        assert part in sentence
    assert "好.pdf" not in sentence
    assert "压缩包内支持 pdf、doc、docx、xls、xlsx、jpg、jpeg、png，请按括号内的提示处理" in sentence


def test_of_many_bad_entries_ten_are_named_and_all_are_counted():
    sentence = said("多.zip", zip_bytes({f"{n}.exe": b"x" for n in range(12)}))
    assert "内有 12 个文件不能受理" in sentence
    assert "“9.exe”" in sentence
    assert "“10.exe”" not in sentence
    assert "；等共 12 个。" in sentence


@pytest.mark.parametrize("path", ["../../etc/a.pdf", "/etc/a.pdf", "C:\\a.pdf", "a/../../b.pdf", "\\\\host\\a.pdf"])
def test_an_entry_that_points_outside_the_archive_is_refused(path):
    assert "的路径指向压缩包之外（请把材料放进一个文件夹重新压缩）" in said("外.zip", zip_bytes({path: pdf_bytes()}))


def test_an_encrypted_entry_is_refused_by_name():
    content = bytearray(zip_bytes({"a.pdf": pdf_bytes()}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "“a.pdf”设有密码，审核人员无法打开（请去除压缩包的密码）" in said("密.zip", bytes(content))


def test_a_bomb_is_refused_without_being_unpacked(monkeypatch):
    content = zip_bytes({"a.pdf": pdf_bytes(), "炸.pdf": b"\0" * 30 * MB})
    monkeypatch.setattr(archives, "_inner_fault", lambda archive, entry, look: None)
    assert "“炸.pdf”解压后膨胀到 30 MB，疑似压缩炸弹" in said("炸弹.zip", content)


def test_a_size_that_lies_about_an_entry_does_not_unpack_more_than_it_says():
    content = bytearray(zip_bytes({"a.png": b"\0" * 20 * MB}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(mark) + place
        content[at : at + 4] = (1000).to_bytes(4, "little")
    assert "“a.png”" in said("谎.zip", bytes(content))


def test_an_archive_that_is_too_big_when_unpacked_is_refused():
    part = b"".join(n.to_bytes(4, "big") for n in range(MB // 4))
    assert "“大.pdf”解压后有 1 MB，超过单个文件上限" in said("大.zip", zip_bytes({"大.pdf": part}), MB - 1)
    many = zip_bytes({f"{n}.pdf": part for n in range(11)})
    assert said("多.zip", many, MB) == "“多.zip”解压后共 11 MB，超过上限 10 MB，没有上传。请分成几个压缩包后再上传。"


def test_a_broken_entry_is_named():
    content = bytearray(zip_bytes({"a.jpg": JPEG, "b.pdf": pdf_bytes()}))
    content[content.index(b"a.jpg") + 20] ^= 0xFF
    assert "“a.jpg”在压缩包内已损坏，无法解压（请重新压缩）" in said("坏.zip", bytes(content))


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"Rar!\x1a\x07\x00" + b"0" * 50, zip_bytes({"a": b"x"})[:20]])
def test_a_broken_archive_or_another_kind_is_refused(content):
    assert "不是可以打开的 zip 压缩包" in said("坏.zip", content)


@pytest.mark.parametrize("entries", [{}, {"文件夹/": b""}, {"__MACOSX/._a.pdf": b"x", ".DS_Store": b"y"}])
def test_an_archive_without_material_is_refused(entries):
    assert "是空的压缩包" in said("空.zip", zip_bytes(entries))


def test_too_many_entries_are_refused_also_when_their_list_alone_is_too_long():
    assert "内的文件超过 1000 个" in said("多.zip", zip_bytes({f"{n}.pdf": b"x" for n in range(1001)}))
    long = {f"{n}{'x' * 30000}.pdf": b"x" for n in range(40)}
    assert "内的文件超过 1000 个" in said("长.zip", zip_bytes(long))


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_of_archives_that_do_not_tell_their_encoding_are_read(encoding):
    name = "审计报告（2025年）".encode(encoding)
    content = zip_bytes({"A" * len(name) + ".exe": b"x"}).replace(b"A" * len(name), name)
    assert "“审计报告（2025年）.exe”" in said("材料.zip", content)


def test_a_name_that_is_in_no_encoding_stays_readable():
    entry = zipfile.ZipInfo(b"\x81\x20\xff.pdf".decode("cp437"))
    assert entry_name(entry).endswith(".pdf")
