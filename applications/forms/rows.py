"""Lists that grow and shrink (知识产权, 主要产品): the rows of a RowList, how they are cleaned, named and stored.

Stored answers of a list are ``[{"row": id, column: text as typed}, ...]``. A row's id is made by the page, or here
for a page without script; it never changes, so two windows and two submissions can be compared row by row. The key
of one
cell in findings is ``list-row-column``; its HTML name has the section in front.
"""
import re
import secrets
from functools import cached_property

from django import forms
from django.forms.utils import ErrorDict, ErrorList

from applications.forms.fields import ChoicesField, open_limit, stored_text
from applications.forms.plain_widgets import PLAIN_RENDERER
from portal.tools.text import narrow

#: What a row is called in its own dict.
ID = "row"
_ROW_ID = re.compile(r"[0-9A-Za-z]{1,16}")
#: Stands for the id of a row in the empty one that the page copies.
PLACEHOLDER = "__row__"
#: An option of a row with more choices is shown as a drop-down list.
MOST_RADIOS = 3


class Row(forms.Form):
    """The columns of a list. Subclasses declare fields and, as a Section does, what goes with them.

    ``units`` gives the unit of a column; ``shown_when`` maps a column to (other column, value of it, or several values
    as a tuple) without which it does not apply; ``wide`` names columns that take the whole width; ``conditional`` names
    columns that a rule may ask for, so that they are not called 选填. Column names have no hyphen, and no "row".
    """

    units = {}
    shown_when = {}
    wide = frozenset()
    conditional = frozenset()

    def show_errors(self, messages):
        """Let the page show exactly these messages: {column: [text]}."""
        self._errors = ErrorDict({column: ErrorList(texts) for column, texts in messages.items()})


class FilledRow:
    """One stored row. Cleaning uses the fields of the class: no form is built for a row unless a page shows it."""

    def __init__(self, section_key, block, values, number):
        self.section_key, self.block, self.values, self.number = section_key, block, values, number
        self.id = values[ID]

    def raw(self, column):
        """Return what was typed in a column."""
        return self.values.get(column, "")

    @property
    def is_empty(self):
        """Whether nothing has been filled in."""
        return is_empty(self.values)

    def applies(self, column):
        """Whether a column is asked for, given the answer that it depends on."""
        return answer_fits(self.raw, self.block.row.base_fields, self.block.row.shown_when.get(column))

    def key(self, column):
        """Return the key of a cell in findings."""
        return cell_key(self.block.key, self.id, column)

    @cached_property
    def _clean(self):
        cleaned, errors = {}, []
        for column, field in self.block.row.base_fields.items():
            cleaned[column] = None
            if not self.applies(column):
                continue
            try:
                cleaned[column] = field.clean(self.raw(column))
            except forms.ValidationError as error:
                errors += [
                    (column, message.removeprefix(f"{field.label}："), each.code == "required")
                    for each in error.error_list
                    for message in each.messages
                ]
        return cleaned, errors

    @property
    def cleaned(self):
        """Typed values by column; None for a blank, wrong or not applicable one."""
        return self._clean[0]

    @property
    def errors(self):
        """[(column, message without label, whether it is only blank)]; an empty row is never wrong."""
        return [] if self.is_empty else self._clean[1]

    def label_of(self, column=""):
        """Return e.g. 知识产权第 2 项 授权号, or the row alone."""
        row = f"{self.block.label}第 {self.number} 项"
        return f"{row} {self.block.row.base_fields[column].label}" if column else row

    @cached_property
    def form(self):
        """The row as a Django form, for a page."""
        prefix = f"{self.section_key}-{self.block.key}-{self.id}"
        data = {f"{prefix}-{column}": text for column, text in self.values.items()}
        return _page_form(self.block.row, data, prefix)


class FilledRows:
    """The stored rows of one RowList."""

    def __init__(self, section_key, block, stored):
        self.section_key, self.block = section_key, block
        self.rows = [
            FilledRow(section_key, block, values, number)
            for number, values in enumerate(_well_formed(stored), start=1)
        ]
        self.by_id = {row.id: row for row in self.rows}

    @property
    def filled(self):
        """The rows in which something has been filled in."""
        return [row for row in self.rows if not row.is_empty]

    @property
    def facts(self):
        """A tuple of {"row": id, column: typed value or None}; empty rows do not count."""
        return tuple({ID: row.id} | row.cleaned for row in self.filled)

    def messages(self):
        """Return [(key, message, whether it is only blank)] of the single cells."""
        return [(row.key(column), *rest) for row in self.rows for column, *rest in row.errors]

    def keys(self):
        """Return the keys that can have a message, in the order of the page: the list, then each cell."""
        return [self.block.key, *(row.key(column) for row in self.rows for column in self.block.row.base_fields)]

    def find(self, key):
        """Return (FilledRow, column) of a cell's key, ("" for a row as a whole), or None."""
        parts = key.split("-")
        row = self.by_id.get(parts[1]) if parts[0] == self.block.key and len(parts) > 1 else None
        return (row, parts[2] if len(parts) > 2 else "") if row else None

    def blank_form(self):
        """Return the form of the empty row that the page copies for a new one."""
        return _page_form(self.block.row, {}, f"{self.section_key}-{self.block.key}-{PLACEHOLDER}")


def cell_key(list_key, row_id, column):
    """Return the key of a cell in findings: ``form.finding(section, cell_key("ip", row["row"], "number"), ...)``."""
    return f"{list_key}-{row_id}-{column}"


def new_row_id():
    """Return an id for a row that the server makes."""
    return secrets.token_hex(4)


def is_empty(values):
    """Tell whether a stored or posted row has nothing in it."""
    return not any(str(text).strip() for column, text in values.items() if column != ID)


def answer_fits(raw, fields, condition):
    """Tell whether the answer that something depends on has the wanted value, or one of several.

    ``condition`` is None or (name of the other field, value or tuple of values); of several ticked boxes one is enough.
    """
    if condition is None:
        return True
    other, wanted = condition
    given, field = raw(other), fields.get(other)
    values = field.split(given) if isinstance(field, ChoicesField) else (given,)
    return any(value in values for value in ((wanted,) if isinstance(wanted, str) else wanted))


def accept_rows(block, stored, typed):
    """Return the stored form of ``typed`` rows, which replace ``stored`` ones; their order is that of the page.

    A column that was not sent keeps its stored text. Unknown columns are ignored; an id that is missing, odd or used
    twice is replaced.
    """
    before = {row[ID]: row for row in _well_formed(stored)}
    accepted = {}
    for row in typed:
        row_id = str(row.get(ID, ""))
        if not _ROW_ID.fullmatch(row_id) or row_id == "new" or row_id in accepted:
            row_id = new_row_id()
        columns = {
            column: stored_text(field, row[column])
            for column, field in block.row.base_fields.items()
            if column in row
        }
        accepted[row_id] = before.get(row_id, {}) | {ID: row_id} | columns
    return list(accepted.values())


def without_empty_rows(values):
    """Return ``values`` ({section: {field: text or rows}}) without the rows in which nothing was filled in."""
    return {
        section: {
            name: [row for row in value if not is_empty(row)] if isinstance(value, list) else value
            for name, value in fields.items()
        }
        for section, fields in values.items()
    }


def with_rows_of(theirs, values):
    """Return ``values`` with the rows that only the stored answers ``theirs`` have put at the end of each list.

    For a page without script that another window has overtaken: a row that comes back is removed again with one press,
    a row that is lost is lost.
    """
    return {
        section: {
            name: value + _only_theirs(theirs.get(section, {}).get(name), value) if isinstance(value, list) else value
            for name, value in fields.items()
        }
        for section, fields in values.items()
    }


def _only_theirs(stored, typed):
    known = {row[ID] for row in typed}
    return [row for row in _well_formed(stored) if row[ID] not in known]


def unique_in_list(section_key, list_key, column):
    """Return the rule that no two rows of a list have the same ``column``; the later one is named, with both numbers.

    Spaces, dots, hyphens, full-width and lower-case typing and a leading ZL make no difference.
    """

    def rule(form):
        found, first = [], {}
        for row in form.by_key[section_key].lists[list_key].filled:
            text = _comparable(row.raw(column))
            if not text or not row.applies(column):
                continue
            if text not in first:
                first[text] = row
                continue
            label = row.block.row.base_fields[column].label
            message = (
                f"您填写的“{row.raw(column)}”与{first[text].label_of()}的{label}“{first[text].raw(column)}”相同"
                f"（不计空格、全角半角、大小写和开头的 ZL），同一项只能填写一次。请改正{row.label_of()}的{label}，或移除其中一项。"
            )
            found.append(form.finding(section_key, row.key(column), message))
        return found

    return rule


def _comparable(text):
    return re.sub(r"[\s.\-－·]", "", narrow(text)).upper().removeprefix("ZL")


def _well_formed(stored):
    return [row for row in stored or [] if isinstance(row, dict) and row.get(ID)] if isinstance(stored, list) else []


def _page_form(row_class, data, prefix):
    form = row_class(
        data, prefix=prefix, auto_id="f-%s", use_required_attribute=False, label_suffix="", renderer=PLAIN_RENDERER
    )
    form.show_errors({})  # what is wrong is found once, by FilledRow
    for field in form.fields.values():
        open_limit(field)
        if isinstance(field.widget, forms.RadioSelect) and len(field.choices) > MOST_RADIOS:
            # A row has little room. The field's own list of choices stays without the blank one.
            field.widget = forms.Select(choices=[("", "请选择"), *field.choices])
    return form
