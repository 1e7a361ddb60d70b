"""Lists of enterprises as an officer would upload them."""
import io

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

HEADINGS = ("企业名称", "统一社会信用代码")


def workbook(rows, headings=HEADINGS, title=None, numbers=()):
    """Return the bytes of an xlsx; cells named in ``numbers`` ((row, column) from 0 below the heading) are numbers."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    top = 0
    if title:
        sheet.write_string(0, 0, title)
        top = 1
    sheet.write_row(top, 0, headings)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            write = sheet.write_number if (number, place) in numbers else sheet.write_string
            write(top + 1 + number, place, cell)
    book.close()
    return buffer.getvalue()


def far_cell():
    """Return a small xlsx that claims a cell at the far corner of the sheet: seventeen billion cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_string(1048575, 16383, "x")
    book.close()
    return buffer.getvalue()


def upload(content, name="名单.xlsx"):
    """Return the content as an uploaded file."""
    return SimpleUploadedFile(name, content)
