"""Reading the rows of an export: chunk by chunk in the order of the list, each in a fixed number of queries."""
from decimal import Decimal, InvalidOperation

from django.utils.functional import cached_property

from accounts.models import Industry
from reviews.exports.columns import FIGURE
from reviews.models import Filing, Snapshot

CHUNK = 1000
#: Snapshots are some 50 KB each.
CHUNK_WITH_FIGURES = 100


class Lookup:
    """What columns read besides their row: names of industries, figures of the snapshots of the present chunk."""

    def __init__(self):
        self._figures = {}

    @cached_property
    def sections(self):
        """The names of the 门类 by letter."""
        return dict(Industry.objects.filter(level=1).values_list("code", "name"))

    def read_figures(self, snapshot_ids):
        """Keep the newest figures of these snapshots instead of those of the chunk before."""
        payloads = Snapshot.objects.filter(pk__in=snapshot_ids).values_list("pk", "payload")
        self._figures = {pk: _newest_figures(payload) for pk, payload in payloads.iterator(chunk_size=20)}

    def figure(self, snapshot_id, key):
        """Return a figure as a number, None when it is blank or the form has no such row."""
        return self._figures.get(snapshot_id, {}).get(key)


def value_rows(ids, columns):
    """Yield the list of rows of each chunk, a row being the values of the columns, in the order of ``ids``."""
    lookup = Lookup()
    with_figures = any(column.key.startswith(FIGURE) for column in columns)
    paths = list(dict.fromkeys(["pk", *(path for column in columns for path in column.paths)]))
    size = CHUNK_WITH_FIGURES if with_figures else CHUNK
    for start in range(0, len(ids), size):
        chunk = ids[start : start + size]
        rows = {row["pk"]: row for row in Filing.objects.filter(pk__in=chunk).values(*paths)}
        if with_figures:
            lookup.read_figures([row["snapshot_id"] for row in rows.values()])
        yield [[column.value(rows[pk], lookup) for column in columns] for pk in chunk]


def _newest_figures(payload):
    return {
        row["key"]: _number(row["values"][0])
        for section in payload["sections"]
        for item in section["items"]
        if item["type"] == "years"
        for row in item["rows"]
        if row["values"]
    }


def _number(text):
    try:
        return Decimal(str(text)) if text not in ("", None) else None
    except InvalidOperation:
        return None
