"""zip archives (manual Q7, Q8): every entry that cannot be reviewed is named with its reason; and reading entries."""
import os
import re
import tempfile
import zipfile
import zlib

from portal.tools.file_faults import Fault

#: An archive may unpack to at most this many times the size limit of one file.
UNPACKED_FACTOR = 10
#: An entry over BOMB_FROM bytes that is packed more tightly than this is a bomb; text reaches 20, empty scans 100.
BOMB_RATIO = 200
BOMB_FROM = 10 * 1024 * 1024
MAX_ENTRIES = 1000
ENTRIES_NAMED = 10
#: Entries are looked into as far as this many bytes together, in multiples of the size limit of one file.
LOOKED_INTO_FACTOR = 3
#: Size of the list of entries, bytes; each takes about 100, and all are read at once.
MAX_DIRECTORY = 1024 * 1024
_IN_MEMORY = 4 * 1024 * 1024
_CHUNK = 64 * 1024

ARCHIVES = {"zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "cab", "iso"}
_CLUTTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)

UNREADABLE = Fault("不是可以打开的 zip 压缩包，可能已损坏，或是 rar、7z 等格式改了扩展名", "请重新压缩成 zip")
NOTHING = Fault("是空的压缩包", "请放入材料重新压缩")
TOO_MANY = Fault(f"内的文件超过 {MAX_ENTRIES} 个", "请只放需要的材料，或分成几个压缩包")


def archive_fault(file, look_into, allowed, max_bytes):
    """Return the Fault of an open zip archive, or None.

    ``look_into(file, extension)`` gives the Fault of one unpacked entry; ``allowed`` lists the extensions of entries.
    """
    if directory_size(file) > MAX_DIRECTORY:
        return TOO_MANY
    try:
        with zipfile.ZipFile(file) as archive:
            return _faults(archive, look_into, allowed, max_bytes)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return UNREADABLE
    finally:
        file.seek(0)


def directory_size(file):
    """Return the size of an archive's list of entries as its end record tells it; 0 when there is no such record."""
    file.seek(0, os.SEEK_END)
    file.seek(max(file.tell() - 65557, 0))  # the record of 22 bytes and a comment
    tail = file.read()
    file.seek(0)
    place = tail.rfind(b"PK\x05\x06")
    return int.from_bytes(tail[place + 12 : place + 16], "little") if place >= 0 else 0


def _faults(archive, look_into, allowed, max_bytes):
    entries = material(archive)
    if not entries:
        return NOTHING
    if len(entries) > MAX_ENTRIES:
        return TOO_MANY
    total, limit = sum(entry.file_size for entry in entries), UNPACKED_FACTOR * max_bytes
    named = [(entry, _outer_fault(entry, allowed, max_bytes)) for entry in entries]
    bad = [(entry_name(entry), fault) for entry, fault in named if fault]
    if not bad and total > limit:
        return Fault(f"解压后共 {total // 1024 // 1024} MB，超过上限 {limit // 1024 // 1024} MB", "请分成几个压缩包")
    left = LOOKED_INTO_FACTOR * max_bytes
    for entry, fault in named:
        if fault or entry.file_size > left:
            continue
        left -= entry.file_size
        fault = _inner_fault(archive, entry, look_into)
        if fault:
            bad.append((entry_name(entry), fault))
    return _together(bad, allowed) if bad else None


def _outer_fault(entry, allowed, max_bytes):
    """What the directory of the archive tells of an entry."""
    name, extension = entry_name(entry), entry_extension(entry)
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name):
        return Fault("的路径指向压缩包之外", "请把材料放进一个文件夹重新压缩")
    if entry.flag_bits & 0x1:
        return Fault("设有密码，审核人员无法打开", "请去除压缩包的密码")
    if extension in ARCHIVES:
        return Fault("是压缩包里的压缩包", "请解压后把其中的文件直接放进来")
    if extension not in allowed:
        return Fault(f"是不支持的 .{extension} 文件" if extension else "没有扩展名，无法识别", "请转换格式或移除")
    if entry.file_size > BOMB_FROM and entry.file_size > BOMB_RATIO * max(entry.compress_size, 1):
        return Fault(f"解压后膨胀到 {entry.file_size // 1024 // 1024} MB，疑似压缩炸弹", "请移除或用原文件重新压缩")
    if entry.file_size > max_bytes:
        return Fault(f"解压后有 {entry.file_size // 1024 // 1024} MB，超过单个文件上限", "请压缩图片或拆分文件")
    return Fault("是空文件（0 字节）", "请检查后替换或移除") if not entry.file_size else None


def _inner_fault(archive, entry, look_into):
    try:
        with archive.open(entry) as packed, tempfile.SpooledTemporaryFile(_IN_MEMORY) as unpacked:
            for chunk in iter(lambda: packed.read(_CHUNK), b""):
                unpacked.write(chunk)
            unpacked.seek(0)
            return look_into(unpacked, entry_extension(entry))
    except NotImplementedError:
        return Fault("用了平台不支持的压缩方式", "请用系统自带的压缩功能，或将压缩方式选为“标准”")
    except _BROKEN:
        return Fault("在压缩包内已损坏，无法解压", "请重新压缩")


def _together(bad, allowed):
    listed = "；".join(fault.in_archive(name) for name, fault in bad[:ENTRIES_NAMED])
    more = f"；等共 {len(bad)} 个" if len(bad) > ENTRIES_NAMED else ""
    text = (
        f"内有 {len(bad)} 个文件不能受理，没有上传：{listed}{more}。"
        f"压缩包内支持 {'、'.join(allowed)}，请按括号内的提示处理后重新压缩，再上传。"
    ).replace("{", "{{").replace("}", "}}")
    return Fault("内有不能受理的文件", "请处理后重新压缩", text="“{name}”" + text)


def material(archive):
    """Return the entries of an open archive that hold material: no folders, nothing that a system adds by itself."""
    return [entry for entry in archive.infolist() if not entry.is_dir() and not _is_clutter(entry_name(entry))]


def entry_name(entry):
    """Return an entry's name. Chinese Windows writes GBK and macOS UTF-8, both without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def entry_extension(entry):
    """Return the extension of an entry in lower case; "" when it has none."""
    base = entry_name(entry).replace("\\", "/").rpartition("/")[2]
    return base.rpartition(".")[2].lower() if "." in base else ""


def _is_clutter(name):
    return name.startswith("__MACOSX/") or name.replace("\\", "/").rpartition("/")[2] in _CLUTTER
