"""What a section of a form shows, in order: plain fields, tables of years, places for evidence (data, no behaviour)."""
from collections.abc import Callable
from dataclasses import dataclass

#: Years of a table, newest first; y1 is the last full accounting year (domain.md §1.9.1).
YEARS = ("y1", "y2", "y3")


@dataclass(frozen=True)
class Fields:
    """A group of fields and derived values, by name, with an optional heading."""

    names: tuple[str, ...]
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class YearRow:
    """A row of a years table. An entered row makes one field per year, ``<key>_y1`` and so on.

    ``computed`` rows come from applications/computed.py. ``losses`` allows negative figures, ``whole`` asks for whole
    numbers, ``part`` marks a figure that is part of the row above (其中：).
    """

    key: str
    label: str
    unit: str
    computed: bool = False
    whole: bool = False
    losses: bool = False
    part: bool = False

    @property
    def shown_label(self):
        """The label as the table shows it."""
        return f"其中：{self.label}" if self.part else self.label


@dataclass(frozen=True)
class YearsTable:
    """A table of figures with one column per year."""

    key: str
    label: str
    rows: tuple[YearRow, ...]
    note: str = ""


@dataclass(frozen=True)
class Files:
    """A place for evidence; its slot is ``section.key``. ``{y1}`` in the label stands for the year.

    ``required(facts)`` tells whether at least one file must be there at submit; ``when`` says it to the reader.
    """

    key: str
    label: str
    help: str = ""
    required: Callable | None = None
    when: str = "选填"


@dataclass(frozen=True)
class RowList:
    """A list that grows and shrinks (知识产权, 主要产品): each row is a small form of the class ``row``.

    Its fact is a tuple of dicts, one for each row: {"row": id of the row, column: typed value or None}.
    ``required(facts)`` tells whether at least one row must be there at submit; ``when`` says it to the reader.
    """

    key: str
    label: str
    row: type
    add_label: str
    note: str = ""
    max_rows: int = 50
    required: Callable | None = None
    when: str = "没有的不填"


@dataclass(frozen=True)
class Derived:
    """A value that follows from others and cannot be edited; while it is empty ``note`` says what is missing."""

    shown: str = ""
    note: str = ""


@dataclass(frozen=True)
class Finding:
    """A rule that the answers break. A ``blank`` one only says that something is still to be filled in."""

    section: str
    field: str
    label: str
    message: str
    blank: bool = False


def always(facts):
    """The rule of evidence that every enterprise must hand in."""
    return True
