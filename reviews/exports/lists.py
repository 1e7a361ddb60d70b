"""Writing a list as Excel or CSV, row by row: memory stays flat whatever the length (design.md §11)."""
import contextlib
import csv
import datetime

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from reviews.exports.cells import csv_cell, excel_moment, excel_text

SHEET = "名单"
#: Spreadsheet programs take a CSV for UTF-8 when it begins with the byte order mark.
CSV_ENCODING = "utf-8-sig"


def write_csv(path, columns, chunks, advance):
    """Write the chunks of rows to a CSV file; ``advance(number of rows written)`` is called after each chunk."""
    with open(path, "w", encoding=CSV_ENCODING, newline="") as file:
        writer = csv.writer(file)
        writer.writerow([csv_cell(column.title) for column in columns])
        written = 0
        for chunk in chunks:
            writer.writerows([csv_cell(value) for value in row] for row in chunk)
            written += len(chunk)
            advance(written)


def write_xlsx(path, columns, chunks, advance, scratch):
    """Write the chunks of rows to a workbook; its temporary files lie in ``scratch``. Raises OSError."""
    with _Workbook(path, scratch) as book:
        sheet = book.new_sheet(SHEET, [(column.title, column.width) for column in columns])
        written = 0
        for chunk in chunks:
            for row in chunk:
                written += 1
                sheet.write_row(written, row)
            advance(written)


def write_index(path, titles, rows, scratch):
    """Write a small workbook of texts and numbers: ``titles`` are (title, width) pairs. Raises OSError."""
    with _Workbook(path, scratch) as book:
        sheet = book.new_sheet("目录", titles)
        for line, row in enumerate(rows, start=1):
            sheet.write_row(line, row)


class _Workbook:
    """A workbook in constant memory: a row is on the disk before the next one begins."""

    def __init__(self, path, scratch):
        self._book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "tmpdir": str(scratch), "default_date_format": "yyyy-mm-dd hh:mm"}
        )

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        try:
            if kind is None:
                self._book.close()
        except FileCreateError as failure:
            # xlsxwriter wraps the error of the disk, which tells whether it is full.
            raise failure.args[0] from failure
        finally:
            for sheet in self._book.worksheets():
                with contextlib.suppress(OSError):
                    sheet.row_data_fh.close()

    def new_sheet(self, name, titles):
        """Add a sheet with a head line that stays in view."""
        sheet = self._book.add_worksheet(name)
        head = self._book.add_format({"bold": True, "bg_color": "#EEF2F7", "border": 1, "valign": "top"})
        for number, (title, width) in enumerate(titles):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, title, head)
        sheet.freeze_panes(1, 0)
        return _Sheet(sheet, self._book.add_format({"num_format": "yyyy-mm-dd"}))


class _Sheet:
    def __init__(self, sheet, day_format):
        self._sheet = sheet
        self._day_format = day_format

    def write_row(self, line, values):
        """Write one row: texts as texts, so that nothing is ever a formula or a link."""
        for number, value in enumerate(values):
            if value is None or value == "":
                continue
            if isinstance(value, datetime.datetime):
                self._sheet.write_datetime(line, number, excel_moment(value))
            elif isinstance(value, datetime.date):
                self._sheet.write_datetime(line, number, value, self._day_format)
            elif isinstance(value, str):
                self._sheet.write_string(line, number, excel_text(value))
            else:
                self._sheet.write_number(line, number, value)
