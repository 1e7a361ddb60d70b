"""Word and Excel files: the right kind, without password and without macros."""
import struct
import zipfile

from portal.tools.archives import MAX_DIRECTORY, directory_size
from portal.tools.compound_files import SIGNATURE, CompoundFile
from portal.tools.file_faults import Fault

#: Folder of the parts of each new kind; the main stream of each old kind.
_PARTS = {"docx": "word/", "xlsx": "xl/"}
_STREAMS = {"doc": ("WordDocument",), "xls": ("Workbook", "Book")}
_MACRO_STORAGES = {"Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"}
_ENCRYPTED = {"EncryptedPackage", "EncryptionInfo", "EncryptedSummary"}

LOCKED = Fault("设有打开密码，审核人员无法打开", "请在“文件-信息-保护文档”中取消密码并另存")
OLD_RENAMED = Fault("是旧版 Office 文件改了扩展名", "请用 Office 或 WPS 打开，“另存为”所需的格式，不要直接改扩展名")
MACROS = Fault("含有宏，可能带有病毒，平台不接收", "请“另存为”不含宏的 docx 或 xlsx，或导出为 pdf")
BROKEN = Fault("已损坏，无法打开", "请用 Office 或 WPS 打开并另存，或导出为 pdf")

OFFICE = {*_PARTS, *_STREAMS}


def office_fault(file, extension, mismatch):
    """Return the Fault of an open Office file, or None; ``mismatch`` is the Fault of quite another content."""
    file.seek(0)
    head = file.read(len(SIGNATURE))
    try:
        if head == SIGNATURE:
            return _compound_fault(CompoundFile(file), extension, mismatch)
        return _package_fault(file, extension, mismatch) if extension in _PARTS else mismatch
    except (ValueError, struct.error):
        return BROKEN
    finally:
        file.seek(0)


def _compound_fault(compound, extension, mismatch):
    if compound.names & _ENCRYPTED:
        return LOCKED
    if extension in _PARTS:
        return OLD_RENAMED
    stream = next((name for name in _STREAMS[extension] if name in compound.names), None)
    if stream is None:
        return mismatch
    if compound.names & _MACRO_STORAGES:
        return MACROS
    start = compound.start_of(stream)
    return LOCKED if (_doc_is_locked if extension == "doc" else _xls_is_locked)(start) else None


def _doc_is_locked(start):
    """[MS-DOC] 2.5.2 FibBase: bit fEncrypted."""
    return len(start) >= 12 and bool(struct.unpack_from("<H", start, 10)[0] & 0x0100)


def _xls_is_locked(start):
    """[MS-XLS] 2.4.117: a FilePass record stands right behind BOF, or behind WriteProtect."""
    place = 0
    for _ in range(4):
        if place + 4 > len(start):
            return False
        record, length = struct.unpack_from("<HH", start, place)
        if record == 0x002F:
            return True
        place += 4 + length
    return False


def _package_fault(file, extension, mismatch):
    if directory_size(file) > MAX_DIRECTORY:
        return BROKEN
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError):
        return BROKEN if head_is_zip(file) else mismatch
    if "[Content_Types].xml" not in names or not any(name.startswith(_PARTS[extension]) for name in names):
        return mismatch
    return MACROS if any(name.lower().endswith("vbaproject.bin") for name in names) else None


def head_is_zip(file):
    """Tell whether a file begins like a zip archive."""
    file.seek(0)
    return file.read(4) == b"PK\x03\x04"
