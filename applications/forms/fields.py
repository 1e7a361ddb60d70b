"""Fields that only the application forms have; the others are those of accounts.fields."""
import datetime
import re
from decimal import Decimal

from django import forms
from django.utils import timezone

from accounts.fields import DATE_RULE, CountField, LineField, PastDateField, SpokenField, YuanField
from portal.tools.text import narrow, narrow_number, tidy

#: Between the values of several ticked boxes in a stored answer.
SEPARATOR = ","


class ParagraphField(LineField):
    """Text of several lines of at most ``max_length`` characters, line breaks included."""

    def __init__(self, *, max_length, rows=4, **options):
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **options)
        # The browser would cut a pasted text without a word; the server says how much is too much.
        self.widget.attrs.pop("maxlength", None)
        self.widget.attrs["data-limit"] = max_length

    def to_python(self, value):
        """Count a line break as one character, as the page does (browsers send two)."""
        return super().to_python(str(value or "").replace("\r\n", "\n"))


class AgreementField(SpokenField):
    """A box that must be ticked; stored as "yes"."""

    verb = "勾选"
    widget = forms.CheckboxInput

    def to_python(self, value):
        """Return True for a ticked box, None for an empty one."""
        return True if value in (True, "yes", "on", "True") else None


class PercentField(SpokenField):
    """A percentage from 0 to 100 with at most two decimals, cleaned to a Decimal; a typed % is accepted."""

    unit = "%"
    rule = "应为 0 至 100 之间的数字（%，最多两位小数）"
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        """Return a Decimal in percent, or None for a blank."""
        typed = "" if value is None else str(value)
        text = narrow_number(typed)
        if not text:
            return None
        if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text):
            self.refuse(typed, f"不是数字，{self.rule}，请改正。")
        number = Decimal(text)
        if number < 0:
            self.refuse(typed, f"小于 0，{self.rule}，请改正。")
        if number > 100:
            self.refuse(typed, f"大于 100，{self.rule}，请核对后改正。")
        if number != round(number, 2):
            self.refuse(typed, f"小数位数过多，{self.rule}，请改正。")
        return round(number, 2)


class CodeField(LineField):
    """A number of a patent, certificate or document: full-width typing becomes ASCII, spaces go."""

    def to_python(self, value):
        """Return the narrow text without spaces."""
        return super().to_python(code_text(value or ""))


class BoxesWidget(forms.CheckboxSelectMultiple):
    """Several boxes of one answer; the script reads them together, and an exclusive one empties the others."""

    exclusive = frozenset()

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        """Mark each box as part of one answer, the exclusive ones as such."""
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        option["attrs"]["data-choices"] = "exclusive" if value in self.exclusive else "yes"
        return option


class ChoicesField(SpokenField, forms.MultipleChoiceField):
    """Several of a few boxes. Stored as "a,b"; cleaned to a tuple in the order of the choices.

    ``exclusive`` names the values that stand alone (无): they clean to an empty tuple, so that "none of them" differs
    from a blank, which is None when the field is required and an empty tuple when it is not.
    """

    verb = "选择"
    widget = BoxesWidget

    def __init__(self, *, exclusive=(), **options):
        super().__init__(**options)
        self.exclusive = self.widget.exclusive = frozenset(exclusive)

    @staticmethod
    def split(value):
        """Return the values of a stored answer; a list comes back as a list."""
        return [part for part in value.split(SEPARATOR) if part] if isinstance(value, str) else list(value or ())

    def prepare_value(self, value):
        """Turn a stored answer into the list of ticked boxes."""
        return self.split(value)

    def to_python(self, value):
        """Return the list of ticked boxes."""
        return self.split(value)

    def validate(self, value):
        """Refuse unknown values, and an exclusive one beside others."""
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        for each in value:
            if not self.valid_value(each):
                self.refuse(each, "不在可选范围内，请从列出的选项中重新选择。")
        alone = [each for each in value if each in self.exclusive]
        if alone and len(value) > 1:
            self.refuse(
                self.shown(value), f"不能同时选择，选了“{self.shown(alone)}”就不能再选其他选项，请保留其中一种。"
            )

    def clean(self, value):
        """Return the tuple of chosen values without exclusive ones."""
        chosen = super().clean(value)
        return tuple(key for key, _ in self.choices if key in chosen and key not in self.exclusive)

    def shown(self, value):
        """Return the labels of a stored answer: 研发设计、生产制造."""
        labels = {key: str(label) for key, label in self.choices}
        return "、".join(labels.get(each, each) for each in self.split(value))


def code_text(text):
    """Return a number as it is stored: narrow, without any space (ＺＬ ２０２１ -> ZL2021)."""
    return "".join(narrow(text).split())


def stored_text(field, raw):
    """Return what is stored of a typed value: as typed, with pasted figures and numbers made plain (１，２３４ -> 1234)."""
    text = tidy(str(raw).replace("\r\n", "\n"))
    if isinstance(field, (YuanField, CountField, PercentField)):
        plain = narrow_number(text)
        if plain.lstrip("+-").replace(".", "", 1).isdecimal():
            return plain
    if isinstance(field, CodeField):
        return code_text(text)
    return text


def open_limit(field):
    """Let a page take a text that is too long: the browser would cut what is pasted without a word.

    The page counts instead (static/js/fill-count.js), and the server says how much is too much.
    """
    if isinstance(field, LineField) and field.widget.attrs.pop("maxlength", None):
        field.widget.attrs["data-limit"] = field.limit


class DayField(PastDateField):
    """Any date from 1900 on, also one in the future (有效期至)."""

    latest = datetime.date(2999, 12, 31)

    def to_python(self, value):
        """Return a date, or None for a blank; a date in the future is fine."""
        match = DATE_RULE.match(narrow(value or "").replace(" ", ""))
        try:
            day = datetime.date(*map(int, match.groups())) if match else None
        except ValueError:
            day = None
        if day is not None and timezone.localdate() < day <= self.latest:
            return day
        return super().to_python(value)
