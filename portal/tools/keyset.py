"""Pages by key instead of OFFSET: any depth costs the same, rows that vanish meanwhile shift nothing (design.md §11).

A cursor is the key of the last (or first) row of a page as text: whole numbers joined by ``.``, a moment in
microseconds since 1970.
"""
import datetime
from dataclasses import dataclass, field

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)
#: Digits of the largest number that a cursor may carry; a longer one is somebody's invention.
_MOST_DIGITS = 18


@dataclass(frozen=True)
class KeysetPage:
    """The rows of one page, and the cursors of its neighbours: "" where there is none."""

    rows: list = field(default_factory=list)
    previous: str = ""
    following: str = ""


def keyset_page(rows, keys, size, *, after="", before="", shown=None):
    """Return the KeysetPage of ``rows`` behind the cursor ``after`` or in front of ``before``; the first without.

    ``keys`` are one or two columns that are never null and unique together, the last one ``id``; either all or none of
    them start with ``-``. A cursor that cannot be read counts as none. A page in front of a cursor that would not be
    full is the first page; when nothing is left behind a cursor, the last page is shown. ``shown`` is the queryset of
    the same model that brings what a row shows: its joins are made for the rows of the page only, where a planner
    would make them before it sorts.
    """
    down = keys[0].startswith("-")
    columns = [key.removeprefix("-") for key in keys]
    rows, shown = rows.order_by(*keys), shown.order_by(*keys) if shown is not None else None

    def take(some):
        page = some[: size + 1]
        return list(page if shown is None else shown.filter(pk__in=page.values("pk")))

    def in_order(backwards):
        return take(backwards)[::-1] if shown is None else take(backwards)

    if cursor := _read(after, columns):
        found = take(_beyond(rows, columns, cursor, down))
        if found:
            return _page(found[:size], columns, has_previous=True, has_following=len(found) > size)
        found = in_order(rows.reverse())
        return _page(found[-size:], columns, has_previous=len(found) > size, has_following=False)
    if cursor := _read(before, columns):
        found = in_order(_beyond(rows, columns, cursor, not down).reverse())
        if len(found) >= size:
            return _page(found[-size:], columns, has_previous=len(found) > size, has_following=True)
    found = take(rows)
    return _page(found[:size], columns, has_previous=False, has_following=len(found) > size)


def cursor_of(row, keys):
    """Return the cursor of a row under ``keys``."""
    return _cursor(row, [key.removeprefix("-") for key in keys])


def _page(rows, columns, *, has_previous, has_following):
    return KeysetPage(
        rows,
        _cursor(rows[0], columns) if rows and has_previous else "",
        _cursor(rows[-1], columns) if rows and has_following else "",
    )


def _beyond(rows, columns, cursor, down):
    """Limit rows to those behind the cursor; the first comparison is the one that an index serves as a range."""
    word, stop = ("lt", "gte") if down else ("gt", "lte")
    if len(columns) == 1:
        return rows.filter(**{f"{columns[0]}__{word}": cursor[0]})
    first, last = columns
    return rows.filter(**{f"{first}__{word}e": cursor[0]}).exclude(**{first: cursor[0], f"{last}__{stop}": cursor[1]})


def _cursor(row, columns):
    values = (getattr(row, column) for column in columns)
    return ".".join(
        str((value - _EPOCH) // _MICROSECOND if isinstance(value, datetime.datetime) else value) for value in values
    )


def _read(text, columns):
    """Return the values of a cursor, or None: the first of two is a moment, the last an id."""
    parts = text.split(".")
    if len(parts) != len(columns) or not all(
        part.isascii() and part.isdigit() and len(part) <= _MOST_DIGITS for part in parts
    ):
        return None
    numbers = [int(part) for part in parts]
    if len(numbers) == 1:
        return numbers
    try:
        return [_EPOCH + datetime.timedelta(microseconds=numbers[0]), numbers[1]]
    except OverflowError:
        return None
