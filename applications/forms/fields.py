"""Fields that only the application forms have; the others are those of accounts.fields."""
import datetime

from django import forms
from django.utils import timezone

from accounts.fields import DATE_RULE, CountField, LineField, PastDateField, SpokenField, YuanField
from portal.tools.text import narrow, narrow_number, tidy


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


def stored_text(field, raw):
    """Return what is stored of a typed value: as typed, with pasted figures made plain (１，２３４ -> 1234)."""
    text = tidy(str(raw).replace("\r\n", "\n"))
    if isinstance(field, (YuanField, CountField)):
        plain = narrow_number(text)
        if plain.lstrip("+-").replace(".", "", 1).isdecimal():
            return plain
    return text


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
