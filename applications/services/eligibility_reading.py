"""Reading an uploaded list of enterprises: which columns, which rows."""
import hashlib
import unicodedata
from dataclasses import dataclass

from portal.tools.errors import Refused
from portal.tools.tables import read_table
from portal.tools.text import narrow, tidy
from portal.tools.uploads import clean_name

MOST_ROWS = 5000
MOST_BYTES = 5 * 1024 * 1024
#: The heading stands in one of the first rows, below a title perhaps.
HEADING_WITHIN = 10
NAME, CODE = "企业名称", "统一社会信用代码"
_HEADINGS = {NAME: {NAME, "企业全称", "单位名称"}, CODE: {CODE, "社会信用代码", "信用代码", "统一社会信用代码证号"}}
#: Characters kept of a cell: more is no name and no code, and only fills the page of the result.
_NAME_LENGTH, _CODE_LENGTH = 120, 40


@dataclass(frozen=True)
class ReadList:
    """What was read: ``rows`` are [row number in the file, name, code]."""

    name: str
    sha256: str
    rows: list


def read_list(upload):
    """Return the ReadList of an uploaded xlsx, xls or csv.

    Raises Refused: no Excel file, too big, more than MOST_ROWS rows, no row at all, a column that is not there.
    """
    name = clean_name(upload.name)
    sheets = read_table(upload, name=name, max_bytes=MOST_BYTES, max_rows=MOST_ROWS + HEADING_WITHIN)
    sheet, heading, columns = _find_heading(sheets, name)
    rows = []
    for number, line in enumerate(sheet[heading + 1 :], start=heading + 2):
        enterprise, code = (_cell(line, columns[key]) for key in (NAME, CODE))
        if enterprise.strip() or code.strip():
            rows.append([number, tidy(enterprise).replace("\n", "")[:_NAME_LENGTH], plain_code(code)[:_CODE_LENGTH]])
    if not rows:
        raise Refused(
            f"“{name}”的表头“{NAME}、{CODE}”下面没有内容，没有上传。请填写名单后重新上传。", code="no_rows", status=422
        )
    if len(rows) > MOST_ROWS or len(sheet) > MOST_ROWS + HEADING_WITHIN:
        raise Refused(
            f"“{name}”超过 {MOST_ROWS} 行，没有上传。请拆成几个表格，分次上传。", code="too_many_rows", status=413
        )
    upload.seek(0)
    return ReadList(name, hashlib.sha256(upload.read()).hexdigest(), rows)


def plain_code(text):
    """Return a 统一社会信用代码 as it is compared: half-width, in capitals, without blanks, hyphens and hidden marks."""
    plain = "".join(narrow(text).split()).replace("-", "").upper()
    return "".join(char for char in plain if unicodedata.category(char) not in ("Cf", "Cc")).lstrip("'")


def _cell(line, place):
    return line[place] if place < len(line) else ""


def _find_heading(sheets, name):
    """Return (sheet, index of its heading, {heading: column}) of the first sheet that has both columns."""
    nearest = set()
    for sheet in sheets:
        for index, line in enumerate(sheet[:HEADING_WITHIN]):
            places = {"".join(narrow(cell).split()).strip("*:"): place for place, cell in reversed([*enumerate(line)])}
            columns = {
                key: min(places[word] for word in words if word in places)
                for key, words in _HEADINGS.items()
                if words & places.keys()
            }
            if len(columns) == len(_HEADINGS):
                return sheet, index, columns
            nearest |= columns.keys()
    missing = "、".join(f"“{key}”" for key in _HEADINGS if key not in nearest) or f"同一行中的“{NAME}”和“{CODE}”"
    raise Refused(
        f"“{name}”的前 {HEADING_WITHIN} 行没有找到表头{missing}，没有上传。请下载模板，按模板的表头填写后重新上传。",
        code="no_heading", status=422,
    )
