"""Reading the payload of a snapshot (docs/snapshot.md) as figures: the same for this submission and for an older one.

Checks read payloads and not forms, so two editions, and two tiers, are compared where they ask the same.
"""
import datetime
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

#: A figure in a table, and the year it is for.
MONEY, HEADS = "万元", "人"


@dataclass(frozen=True)
class Row:
    """An entered row of a years table: ``figures`` is {calendar year: Decimal}, blanks left out, newest first."""

    section: str
    key: str
    label: str
    unit: str
    figures: dict


class Reading:
    """The figures, fields and lists of one payload."""

    def __init__(self, payload):
        self.payload = payload
        self._items = [(section["key"], item) for section in payload["sections"] for item in section["items"]]

    @cached_property
    def rows(self):
        """{key: Row} of the rows that people fill in; computed ones follow from them."""
        return {
            row["key"]: Row(
                section, row["key"], row["label"].removeprefix("其中："), row["unit"],
                {
                    int(year[:4]): figure
                    for year, text in zip(item["years"], row["values"], strict=True)
                    if (figure := decimal(text)) is not None
                },
            )
            for section, item in self._items
            if item["type"] == "years"
            for row in item["rows"]
            if not row["computed"]
        }  # fmt: skip

    def figure(self, key, year):
        """Return a figure of a year, None when it is blank or not asked."""
        row = self.rows.get(key)
        return row.figures.get(year) if row else None

    @cached_property
    def years(self):
        """The calendar years of the form, newest first."""
        tables = [item["years"] for _, item in self._items if item["type"] == "years"]
        return [int(year[:4]) for year in tables[0]] if tables else []

    @cached_property
    def _fields(self):
        return {(section, item["key"]): item for section, item in self._items if item["type"] == "field"}

    def text(self, section, key):
        """Return what was typed in a field that is not personal; "" for a blank."""
        return self._fields.get((section, key), {}).get("value", "")

    def label(self, section, key):
        """Return the label of a field that the form has."""
        return self._fields[section, key]["label"]

    def day(self, section, key):
        """Return a date, or None."""
        return date(self.text(section, key))

    def records(self, section, key):
        """Return the rows of a list as [{column: text as shown}], empty when the form has no such list."""
        item = next((item for home, item in self._items if (home, item["key"]) == (section, key)), None)
        if item is None:
            return []
        columns = [column["key"] for column in item["columns"]]
        return [dict(zip(columns, row, strict=True)) for row in item["rows"]]


def decimal(text):
    """Return the figure of a typed or shown text (5,200.5), None when it is none."""
    try:
        figure = Decimal(str(text).replace(",", ""))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None


def date(text):
    """Return the date of a typed or shown text (2024-05-08, 2024/5/8), None when it is none."""
    try:
        return datetime.date(*map(int, str(text).replace("/", "-").split("-")))
    except (TypeError, ValueError):
        return None
