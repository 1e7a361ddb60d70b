"""Looking inside an evidence file: does the content fit the name, can it be opened by whoever reviews it?

Returns sentences, raises nothing: the service decides. Every sentence says what is wrong and what to do (manual Q8).
"""
import zipfile

import puremagic

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # doc, xls, and every Office file that is encrypted with a password
PDF_HEADER_WITHIN = 1024  # bytes; some programs write a few bytes before it
_IMAGES = {"jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
_OOXML_PARTS = {"docx": "word/", "xlsx": "xl/"}
_CONTENT_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "zip": "application/zip",
}
#: An archive may unpack to at most this many times the size limit of one file.
UNPACKED_FACTOR = 10
ENTRIES_NAMED = 5


def content_type(extension):
    """Return the media type that is stored for an allowed extension."""
    return _CONTENT_TYPES.get(extension, "application/octet-stream")


def content_fault(upload, extension, allowed, max_bytes):
    """Return what is wrong with the content of an open file, as half a sentence after its name; "" when it is fine."""
    upload.seek(0)
    head = upload.read(2048)
    upload.seek(0)
    if extension in _OOXML_PARTS:
        return _ooxml_fault(upload, head, extension)
    if extension == "zip":
        return _archive_fault(upload, allowed, max_bytes)
    fits = {
        "pdf": b"%PDF-" in head[:PDF_HEADER_WITHIN],
        "doc": head.startswith(OLE),
        "xls": head.startswith(OLE),
    }.get(extension, head.startswith(_IMAGES.get(extension, b"")))
    return "" if fits else _mismatch(head, extension)


def _mismatch(head, extension):
    return (
        f"的内容不是 {extension} 格式{_looks_like(head)}，可能只改了扩展名或文件已损坏。"
        f"请用原来的软件打开并另存为 {extension}，或转成图片后再上传。"
    )


def _looks_like(head):
    """Name what the content is, when puremagic knows it."""
    try:
        found = puremagic.from_string(head).lstrip(".")
    except (puremagic.PureError, ValueError):
        return ""
    return f"（看起来是 {found}）" if found else ""


def _ooxml_fault(upload, head, extension):
    if head.startswith(OLE):
        return "已加密，或是改了扩展名的旧版文件，审核人员无法打开。请去除密码并另存后再上传。"
    try:
        with zipfile.ZipFile(upload) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return _mismatch(head, extension)
    finally:
        upload.seek(0)
    if "[Content_Types].xml" in names and any(name.startswith(_OOXML_PARTS[extension]) for name in names):
        return ""
    return _mismatch(head, extension)


def _archive_fault(upload, allowed, max_bytes):
    """An archive is opened and what cannot be reviewed in it is named (manual Q7, Q8)."""
    try:
        with zipfile.ZipFile(upload) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "不是可以打开的 zip 压缩包，可能已损坏或是其他压缩格式。请重新压缩成 zip 后再上传。"
    finally:
        upload.seek(0)
    if not entries:
        return "是空的压缩包。请放入材料重新压缩后再上传。"
    names = [entry_name(entry) for entry in entries]
    if any(entry.flag_bits & 0x1 for entry in entries):
        return "是加密的压缩包，审核人员无法打开。请去除密码重新压缩后再上传。"
    if any(name.startswith("/") or ".." in name.replace("\\", "/").split("/") for name in names):
        return "内的文件路径不安全（指向压缩包之外）。请把材料放进一个文件夹重新压缩后再上传。"
    packable = [extension for extension in allowed if extension != "zip"]
    wrong = [name for name in names if _extension(name) not in packable and not _is_clutter(name)]
    if wrong:
        more = f"等 {len(wrong)} 个文件" if len(wrong) > ENTRIES_NAMED else ""
        listed = "”“".join(wrong[:ENTRIES_NAMED])
        return (
            f"内有不支持的文件“{listed}”{more}。压缩包内支持 {'、'.join(packable)}，请转换或移除后重新压缩再上传。"
        )
    if sum(entry.file_size for entry in entries) > UNPACKED_FACTOR * max_bytes:
        return f"解压后超过 {UNPACKED_FACTOR * max_bytes // 1024 // 1024} MB。请分成几个压缩包上传。"
    return ""


def entry_name(entry):
    """Return an entry's name; Chinese Windows writes GBK without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gbk")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename


def _extension(name):
    return name.rpartition(".")[2].lower() if "." in name else ""


def _is_clutter(name):
    """Files that macOS and Windows add by themselves."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return name.startswith("__MACOSX/") or base in {".DS_Store", "Thumbs.db", "desktop.ini"}
