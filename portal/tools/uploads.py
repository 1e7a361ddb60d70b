"""A file that somebody uploads: its name made harmless, its size, type and content checked.

Every complaint names the file, what is wrong and what to do (manual Q8).
"""
from portal.tools.errors import Refused
from portal.tools.file_types import content_fault
from portal.tools.text import tidy

MAX_NAME = 120


def clean_name(name):
    """Return the user's own file name without folders, control characters and excess length; the extension stays."""
    base = tidy(str(name).replace("\\", "/").rpartition("/")[2]).replace("\n", " ").replace("\t", " ") or "未命名"
    if len(base) <= MAX_NAME:
        return base
    stem, dot, extension = base.rpartition(".")
    if not stem or len(extension) >= 10:
        return base[:MAX_NAME]
    return f"{stem[: MAX_NAME - len(extension) - 1]}{dot}{extension}"


def extension_of(name):
    """Return the extension of a file name in lower case, without the dot; "" when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def shown_size(size):
    """Return a number of bytes as a person reads it."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(size // 1024, 1)} KB"


def check_upload(upload, *, name, allowed, max_bytes):
    """Raise Refused unless the open file may be stored.

    ``name`` comes from clean_name, ``allowed`` lists extensions. Status 422 empty, 413 too big, 415 wrong type.
    """
    check_announced(name=name, size=upload.size, allowed=allowed, max_bytes=max_bytes)
    fault = content_fault(upload, extension_of(name), allowed, max_bytes)
    if fault:
        raise Refused(fault.sentence(name), code="wrong_content", status=415)


def check_announced(*, name, size, allowed, max_bytes):
    """Raise Refused when name and size alone tell that the file cannot be stored."""
    if not size:
        raise Refused(f"“{name}”是空文件（0 字节），没有上传。请检查文件能否打开，重新选择后再上传。", code="empty", status=422)
    if size > max_bytes:
        raise Refused(
            f"“{name}”有 {shown_size(size)}，超过单个文件上限 {shown_size(max_bytes)}，没有上传。"
            "请压缩图片或降低扫描分辨率，或分成几个文件上传。",
            code="too_big",
            status=413,
        )
    extension = extension_of(name)
    if extension not in allowed:
        what = f"是 .{extension} 文件" if extension else "没有扩展名"
        raise Refused(
            f"“{name}”{what}，不在支持的格式（{'、'.join(allowed)}）之内，没有上传。请转换成支持的格式后再上传。",
            code="wrong_type",
            status=415,
        )
