"""A section of an application form: a Django form over stored answers that may be blank or wrong.

Answers are ``{section: {field: text as typed}}``. A draft keeps whatever was typed; the rules run at every save to
put messages at the fields, and at submit to refuse. Personal values are sealed in the answers.

A further form (专精特新, 小巨人) is another list of sections and rules: see forms/document.py and forms/innovative.
"""
from django import forms
from django.forms.utils import ErrorDict, ErrorList

from accounts.fields import CountField, YuanField
from applications.computed import INPUT_LABELS
from applications.forms.fields import stored_text
from applications.forms.layout import YEARS, Fields, Files, YearsTable
from portal.tools.crypto import seal, unseal


class Section(forms.Form):
    """One section of a form. Subclasses declare fields, ``key``, ``title``, ``intro`` and ``layout``.

    ``units`` gives the unit of a field; ``personal`` names fields that are sealed in storage; ``fixed`` names fields
    that come from the enterprise's record and are never taken from a request; ``derived`` maps a key to a function
    of the filled form that returns a Derived, ``derived_labels`` the key to its label; ``shown_when`` maps a field to
    (other field, value of it) without which it does not apply; ``conditional`` names fields that a rule may ask for, so
    that they are not called 选填.
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
        super().__init__(data, prefix=self.key, auto_id="f-%s", use_required_attribute=False, label_suffix="")
        for table in self.tables():
            for row in table.rows:
                if not row.computed:
                    self._add_row(row)
        for name in self.fixed:
            self.fields[name].widget.attrs["readonly"] = True

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

    @classmethod
    def tables(cls):
        """Return the years tables of the layout."""
        return [block for block in cls.layout if isinstance(block, YearsTable)]

    @classmethod
    def file_slots(cls):
        """Return the places for evidence of the layout."""
        return [block for block in cls.layout if isinstance(block, Files)]

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
            else:
                keys.append(block.key)
        return keys

    def label_of(self, key):
        """Return the label of a field, a row, a derived value or a place for evidence."""
        if key in self.fields:
            return self.fields[key].label
        labels = {row.key: row.label for table in self.tables() for row in table.rows}
        labels |= {files.key: files.label.format(**self.year_names) for files in self.file_slots()}
        return labels.get(key) or self.derived_labels.get(key, key)

    def anchor(self, key):
        """Return the id of the element on the page that shows this field."""
        return f"f-{self.key}-{key}"

    def raw(self, key):
        """Return what was typed in a field."""
        return self.values.get(key, "")

    def applies(self, key):
        """Whether a field is asked for, given the answer that it depends on; what does not apply is never wrong."""
        other, wanted = self.shown_when.get(key, (None, None))
        return other is None or self.raw(other) == wanted

    @property
    def is_touched(self):
        """Whether anything has been filled in that does not come from the enterprise's record."""
        return any(value not in ("", None) for name, value in self.values.items() if name not in self.fixed)

    def messages_of_fields(self):
        """Return [(field, message, whether it is only blank)] of the single fields."""
        return [
            (name, message, error.code == "required")
            for name, errors in self.errors.as_data().items()
            for error in errors
            for message in error.messages
        ]

    def show_errors(self, messages):
        """Let the page show exactly these messages: {field: [text]}."""
        self._errors = ErrorDict({name: ErrorList(texts) for name, texts in messages.items() if name in self.fields})

    def accept(self, stored, typed):
        """Return ``stored`` values of this section with ``typed`` ones put in; unknown and fixed fields are ignored."""
        merged = dict(stored)
        for name, raw in typed.items():
            if name in self.fields and name not in self.fixed:
                text = stored_text(self.fields[name], raw)
                merged[name] = seal(text) if name in self.personal else text
        return merged
