"""A section of an application form: a Django form over stored answers that may be blank or wrong.

Answers are ``{section: {field: text as typed}}``; the answer of a list is its rows (forms/rows.py). A draft keeps
whatever was typed; the rules run at every save to
put messages at the fields, and at submit to refuse. Personal values are sealed in the answers.

A further form (专精特新, 小巨人) is another list of sections and rules: see forms/document.py and forms/innovative.
"""
from django import forms
from django.forms.utils import ErrorDict, ErrorList

from accounts.fields import CountField, YuanField
from applications.computed import INPUT_LABELS
from applications.forms.fields import open_limit, stored_text
from applications.forms.layout import YEARS, Fields, Files, RowList, YearsTable
from applications.forms.plain_widgets import PLAIN_RENDERER
from applications.forms.rows import FilledRows, accept_rows, answer_fits
from portal.tools.crypto import seal, unseal


class Section(forms.Form):
    """One section of a form. Subclasses declare fields, ``key``, ``title``, ``intro`` and ``layout``.

    ``units`` gives the unit of a field; ``personal`` names fields that are sealed in storage; ``fixed`` names fields
    that come from the enterprise's record and are never taken from a request; ``derived`` maps a key to a function
    of the filled form that returns a Derived, ``derived_labels`` the key to its label; ``shown_when`` maps a field, a
    list or a place for evidence to (other field, value of it, or several values as a tuple) without which it does not
    apply; ``conditional`` names fields that a rule may ask for, so that they are not called 选填. Keys of sections, lists
    and columns have no hyphen.
    """

    key = ""
    title = ""
    intro = ""
    layout = ()
    units = {}
    personal = frozenset()
    fixed = frozenset()
    derived = {}
    derived_labels = {}
    shown_when = {}
    conditional = frozenset()

    def __init__(self, *, values, year_names):
        """Bind to the stored ``values`` of this section; ``year_names`` is {"y1": "2025年", ...}."""
        self.year_names = year_names
        self.values = {name: unseal(value) for name, value in values.items()}
        data = {f"{self.key}-{name}": value for name, value in self.values.items()}
        super().__init__(
            data, prefix=self.key, auto_id="f-%s", use_required_attribute=False, label_suffix="",
            renderer=PLAIN_RENDERER,
        )
        for table in self.tables():
            for row in table.rows:
                if not row.computed:
                    self._add_row(row)
        for name in self.fixed:
            self.fields[name].widget.attrs["readonly"] = True
        for field in self.fields.values():
            open_limit(field)
        self.lists = {block.key: FilledRows(self.key, block, values.get(block.key)) for block in self.row_lists()}

    def _add_row(self, row):
        """Add the fields of an entered row. Only the last year is asked of everybody; a rule asks for the others."""
        for year in YEARS:
            label = f"{self.year_names[year]}{INPUT_LABELS.get(row.key, row.label)}"
            options = {"label": label, "required": year == "y1"}
            if row.whole:
                field = CountField(unit=row.unit, **options)
            else:
                field = YuanField(min_value=None if row.losses else 0, **options)
            field.widget.attrs["aria-label"] = f"{field.label}（{row.unit}）"
            self.fields[f"{row.key}_{year}"] = field

    def see(self, answers):
        """Adapt the fields to the answers of the whole form, e.g. to the province; nothing by default."""

    @classmethod
    def tables(cls):
        """Return the years tables of the layout."""
        return [block for block in cls.layout if isinstance(block, YearsTable)]

    @classmethod
    def file_slots(cls):
        """Return the places for evidence of the layout."""
        return [block for block in cls.layout if isinstance(block, Files)]

    @classmethod
    def row_lists(cls):
        """Return the lists of the layout that grow and shrink."""
        return [block for block in cls.layout if isinstance(block, RowList)]

    @classmethod
    def slot(cls, files):
        """Return the slot of a place for evidence."""
        return f"{cls.key}.{files.key}"

    def order(self):
        """Return the keys of everything that can have a message, in the order of the page."""
        keys = []
        for block in self.layout:
            if isinstance(block, Fields):
                keys += block.names
            elif isinstance(block, YearsTable):
                keys += [f"{row.key}_{year}" for row in block.rows for year in YEARS]
            elif isinstance(block, RowList):
                keys += self.lists[block.key].keys()
            else:
                keys.append(block.key)
        return keys

    def label_of(self, key):
        """Return the label of a field, a row, a derived value, a place for evidence, a list or a cell of a list."""
        if key in self.fields:
            return self.fields[key].label
        if key in self.lists:
            return self.lists[key].block.label
        if "-" in key and (place := self._cell(key)):
            row, column = place
            return row.label_of(column)
        labels = {row.key: row.label for table in self.tables() for row in table.rows}
        labels |= {files.key: files.label.format(**self.year_names) for files in self.file_slots()}
        return labels.get(key) or self.derived_labels.get(key, key)

    def anchor(self, key):
        """Return the id of the element on the page that shows this field."""
        return f"f-{self.key}-{key}"

    def raw(self, key):
        """Return what was typed in a field."""
        return self.values.get(key, "")

    def _cell(self, key):
        """Return (FilledRow, column) of the key of a cell, or None."""
        rows = self.lists.get(key.partition("-")[0])
        return rows.find(key) if rows else None

    def applies(self, key):
        """Whether something is asked for, given the answer that it depends on; what does not apply is never wrong."""
        if "-" in key and (place := self._cell(key)):
            row, column = place
            return self.applies(row.block.key) and (not column or row.applies(column))
        return answer_fits(self.raw, self.fields, self.shown_when.get(key))

    @property
    def is_touched(self):
        """Whether anything has been filled in that does not come from the enterprise's record."""
        return any(rows.filled for rows in self.lists.values()) or any(
            value not in ("", None)
            for name, value in self.values.items()
            if name not in self.fixed and name not in self.lists
        )

    def messages_of_fields(self):
        """Return [(field, message, whether it is only blank)] of the single fields and cells."""
        found = [
            (name, message, error.code == "required")
            for name, errors in self.errors.as_data().items()
            for error in errors
            for message in error.messages
        ]
        return found + [message for rows in self.lists.values() for message in rows.messages()]

    def facts(self):
        """Return {field: typed value or None, list: tuple of its rows}; a list that does not apply is empty."""
        self.full_clean()
        lists = {key: rows.facts if self.applies(key) else () for key, rows in self.lists.items()}
        return {name: self.cleaned_data.get(name) for name in self.fields} | lists

    def show_errors(self, messages):
        """Let the page show exactly these messages: {field or cell: [text]}."""
        self._errors = ErrorDict({name: ErrorList(texts) for name, texts in messages.items() if name in self.fields})
        for rows in self.lists.values():
            for row in rows.rows:
                row.form.show_errors({column: messages.get(row.key(column), []) for column in row.form.fields})

    def accept(self, stored, typed):
        """Return ``stored`` values of this section with ``typed`` ones put in; unknown and fixed fields are ignored.

        The typed rows of a list replace its stored ones (forms/rows.py, accept_rows).
        """
        merged = dict(stored)
        for name, raw in typed.items():
            if name in self.lists:
                if isinstance(raw, list) and name not in self.fixed:
                    merged[name] = accept_rows(self.lists[name].block, stored.get(name), raw)
            elif name in self.fields and name not in self.fixed:
                text = stored_text(self.fields[name], raw)
                merged[name] = seal(text) if name in self.personal else text
        return merged
