"""Tables that people upload (xlsx, xls, csv), read as text; and tables that they download, written as text only.

Reading never trusts the file: see table_child for Excel; a csv is text of at most the size that was let in.
"""
import csv
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

from portal.tools.errors import Refused
from portal.tools.uploads import check_upload, extension_of

EXTENSIONS = ("xlsx", "xls", "csv")
#: Sheets and columns that are looked at; what lies beyond is not part of any list that the portal asks for.
MOST_SHEETS = 5
MOST_COLUMNS = 60
_CHILD = Path(__file__).with_name("table_child.py")
#: Seconds; the child's own limit counts computing time only.
_PATIENCE = 30
_DELIMITERS = (",", "\t", ";", "，")
#: Characters that no text file has.
_BINARY = ("\x00", "\x01", "\x02")


def read_table(upload, *, name, max_bytes, max_rows):
    """Return the sheets of an uploaded table, each a list of rows of texts, rows as numbered in the file.

    At most ``max_rows`` + 1 rows of a sheet, so that the caller can tell that there are more. Raises Refused with a
    sentence that names the file: empty, too big, another kind of file, locked, broken.
    """
    check_upload(upload, name=name, allowed=EXTENSIONS, max_bytes=max_bytes)
    upload.seek(0)
    content = upload.read()
    if extension_of(name) == "csv":
        return [_read_csv(content, name, max_rows + 1)]
    return _read_excel(content, name, max_rows + 1)


def _read_excel(content, name, rows):
    with tempfile.NamedTemporaryFile(suffix=f".{extension_of(name)}") as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-I", str(_CHILD), file.name, *map(str, (MOST_SHEETS, rows, MOST_COLUMNS))]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
        except subprocess.TimeoutExpired as error:
            raise _unreadable(name) from error
    if done.returncode != 0:
        raise _unreadable(name)
    return json.loads(done.stdout)["sheets"]


def _unreadable(name):
    return Refused(
        f"“{name}”无法作为 Excel 表格读取：文件已损坏，或占用的单元格过多。没有上传。"
        "请用 Excel 或 WPS 打开，只把名单复制到新表格中另存为 xlsx 后重新上传。",
        code="unreadable", status=422,
    )


def _read_csv(content, name, rows):
    text = _decoded(content, name)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        lines = []
        for line in csv.reader(io.StringIO(text), delimiter=delimiter):
            lines.append(line[:MOST_COLUMNS])
            if len(lines) == rows:
                break
    except csv.Error as error:
        raise _unreadable(name) from error
    return lines


def _decoded(content, name):
    """Return the text of a csv: UTF-8 as browsers and databases write it, GB 18030 as Chinese Excel does."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(char in text for char in _BINARY):
            return text
    raise Refused(
        f"“{name}”不是文本格式的 csv 文件，可能只改了扩展名。没有上传。请用 Excel 或 WPS 打开后另存为 xlsx，再重新上传。",
        code="wrong_content", status=415,
    )


def write_table(*, title, columns, rows):
    """Return the bytes of an xlsx with one sheet: ``columns`` are (heading, width), every cell is text.

    Nothing that somebody typed can become a formula or a link.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(title)
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "bottom": 1})
    for place, (heading, width) in enumerate(columns):
        sheet.set_column(place, place, width, text)
        sheet.write_string(0, place, heading, head)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, str(cell), text)
    book.close()
    return buffer.getvalue()
