"""Looking inside an evidence file: does the content fit the name, can it be opened by whoever reviews it?

Every answer says what is wrong and what to do (manual Q8); the checks of each kind are in the modules named *_files.py.
"""
import puremagic

from portal.tools import archives, office_files, pdf_files, picture_files
from portal.tools.file_faults import Fault

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
#: What programs are, whatever puremagic calls them.
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")


def content_type(extension):
    """Return the media type that is stored for an allowed extension."""
    return _CONTENT_TYPES.get(extension, "application/octet-stream")


def can_preview(extension):
    """Tell whether a browser can show a file itself (pdf, pictures) or we can list it (zip)."""
    return extension == "zip" or extension == "pdf" or extension in picture_files.FORMATS


def content_fault(upload, extension, allowed, max_bytes):
    """Return the Fault of an open file, or None when it may be stored."""
    if extension == "zip":
        packable = [other for other in allowed if other != "zip"]
        return archives.archive_fault(upload, file_fault, packable, max_bytes)
    return file_fault(upload, extension)


def file_fault(file, extension):
    """Return the Fault of an open file that is no archive, or None."""
    file.seek(0)
    head = file.read(2048)
    mismatch = _mismatch(head, extension)
    if extension == "pdf":
        if b"%PDF-" in head[: pdf_files.HEADER_WITHIN]:
            return pdf_files.pdf_fault(file)
        file.seek(0)
        return mismatch
    if extension in office_files.OFFICE:
        return office_files.office_fault(file, extension, mismatch)
    if extension in picture_files.FORMATS:
        return picture_files.picture_fault(file, extension, mismatch)
    return None


def _mismatch(head, extension):
    return Fault(
        f"的内容不是 {extension} 格式{_looks_like(head)}，可能只改了扩展名或文件已损坏",
        f"请用原来的软件打开并另存为 {extension}，或转成图片",
    )


def _looks_like(head):
    """Name what the content is, when that is known."""
    if head.startswith(_PROGRAMS):
        return "（实际是程序文件）"
    try:
        found = puremagic.from_string(head).lstrip(".")
    except (puremagic.PureError, ValueError):
        return ""
    return f"（看起来是 {found}）" if found else ""
