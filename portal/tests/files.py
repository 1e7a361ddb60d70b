"""Real files for tests, made here: nothing of anybody's is in them."""
import io
import struct
import zipfile

from PIL import Image
from pypdf import PdfWriter

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def pdf_bytes(text="test", pages=1):
    """Return a PDF with some empty pages; another ``text`` makes other content."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": text})
    return _written(writer)


def locked_pdf(user_password, owner_password="owner"):
    """Return a PDF encrypted with AES; with an empty user password everybody can open it."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt(user_password, owner_password, algorithm="AES-256")
    return _written(writer)


def _written(writer):
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def picture_bytes(kind="PNG", size=(8, 8), colour=(20, 90, 160)):
    """Return a picture of one colour, kind PNG, JPEG or GIF."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


def zip_bytes(entries, compression=zipfile.ZIP_DEFLATED):
    """Return a zip archive of {name: bytes}."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx_bytes(**parts):
    """Return the parts that make a Word file; ``parts`` are further ones by name."""
    return zip_bytes({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"} | parts)


def xlsx_bytes(**parts):
    """Return the parts that make an Excel file."""
    return zip_bytes({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"} | parts)


def compound_bytes(streams):
    """Return a compound file (OLE2) of {name: content}; a storage has the content None.

    Streams are padded to 4,096 bytes, so that all lie in ordinary sectors.
    """
    bodies = [(name, None if body is None else body.ljust(4096, b"\0")) for name, body in streams.items()]
    entries = -(-(len(bodies) + 1) // 4)
    fat, directory, data, following = [FAT], [], b"", 1 + entries
    fat += [*range(2, 1 + entries), END]
    directory.append(_entry("Root Entry", 5, END, 0))
    for name, body in bodies:
        if body is None:
            directory.append(_entry(name, 1, 0, 0))
            continue
        sectors = -(-len(body) // SECTOR)
        directory.append(_entry(name, 2, following, len(body)))
        fat += [*range(following + 1, following + sectors), END]
        following += sectors
        data += body.ljust(sectors * SECTOR, b"\0")
    table = struct.pack(f"<{SECTOR // 4}I", *fat, *[FREE] * (SECTOR // 4 - len(fat)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    return header + table + b"".join(directory).ljust(entries * SECTOR, b"\0") + data


def _entry(name, kind, start, size):
    text = name.encode("utf-16-le") + b"\0\0"
    return text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, *[FREE] * 3) + bytes(36) + struct.pack(
        "<IQ", start, size
    )


def doc_bytes(*, locked=False, macros=False):
    """Return an old Word file."""
    fib = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0x0100 if locked else 0)
    return compound_bytes({"WordDocument": fib, "1Table": b""} | ({"Macros": None, "VBA": None} if macros else {}))


def xls_bytes(*, locked=False, macros=False):
    """Return an old Excel file."""
    book = struct.pack("<HH16x", 0x0809, 16) + (struct.pack("<HH54x", 0x002F, 54) if locked else b"")
    return compound_bytes({"Workbook": book} | ({"_VBA_PROJECT_CUR": None} if macros else {}))


def locked_office_bytes():
    """Return what Office makes of a docx or xlsx with a password."""
    return compound_bytes({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})
