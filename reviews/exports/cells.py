"""What may stand in a cell: texts that no spreadsheet program takes for a formula, times in local time."""
import datetime
from decimal import Decimal

from django.utils import timezone

#: A text that begins with one of these is run as a formula by spreadsheet programs when they open a CSV; the
#: full-width forms are turned into the plain ones by some of them.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
#: The most characters that a cell of Excel holds.
CELL_LENGTH = 32_767


def csv_cell(value):
    """Return a value as text for a CSV; a text that looks like a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, (int, Decimal, datetime.date)):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def excel_moment(value):
    """Return an aware time as Excel keeps it: local, without a zone."""
    return timezone.localtime(value).replace(tzinfo=None)


def excel_text(value):
    """Return a text that fits into a cell."""
    return str(value)[:CELL_LENGTH]
