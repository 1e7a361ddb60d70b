"""Reads the CSV files of ``accounts/data`` and writes rows in bulk."""
import csv
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
BATCH = 500  # rows a statement; small enough for SQLite's limit on parameters


def read(name):
    """Return the rows of ``accounts/data/<name>.csv`` as dicts; every value is text, so codes keep leading zeros."""
    with open(DATA / f"{name}.csv", encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def upsert(model, rows, *, unique, update):
    """Insert ``rows`` or, where the ``unique`` fields exist already, change the ``update`` fields."""
    model.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=list(unique), update_fields=list(update)
    )
