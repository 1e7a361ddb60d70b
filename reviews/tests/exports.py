"""Ordering and making exports in tests, and reading what came out."""
import csv
import io
import itertools
import zipfile

from python_calamine import CalamineWorkbook

from reviews.job_tasks.exports import make_export
from reviews.models import Export
from reviews.services.exports import order_export

_serial = itertools.count(1)
COLUMNS = ("number", "name", "uscc", "state", "score")


def order(user, kind="xlsx", query="scope=all", columns=COLUMNS, token=None, **fields):
    """Order an export as an officer, each with a token of its own."""
    return order_export(
        user=user, kind=kind, token=token or f"token-{next(_serial)}", query=query, columns=columns, **fields
    )


def made(export):
    """Let the worker's task make an ordered export and return it as it is afterwards."""
    make_export(export.pk)
    return Export.objects.get(pk=export.pk)


def read_xlsx(content):
    """Return the rows of the first sheet, the head line included."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def read_csv(content):
    """Return the rows of a CSV with its byte order mark, the head line included."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def content_of(export):
    """Return the bytes of a finished export."""
    with export.file.open("rb") as file:
        return file.read()


def zip_of(export):
    """Return the finished zip, opened."""
    return zipfile.ZipFile(io.BytesIO(content_of(export)))
