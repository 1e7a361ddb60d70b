"""Form fields whose every message is a complete Chinese sentence: label, value, rule, remedy.

Used by 完善企业基本信息 and by the section 企业基本情况 of the application forms. A field takes ``label``, ``help_text``,
``required`` like any Django field; ``clean`` takes what was typed, full-width digits and separators included.
"""
import datetime
import re
from decimal import Decimal

from django import forms
from django.core.validators import RegexValidator, validate_email
from django.utils import timezone

from accounts.models.enterprise import mobile_rule, phone_rule, postcode_rule
from portal.tools.text import narrow, narrow_number, tidy

SHOWN = 40  # characters of a wrong value that a message repeats
DATE_RULE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")


class SpokenField(forms.Field):
    """A field that complains in sentences. ``verb`` is what the user does: 填写 or 选择."""

    verb = "填写"

    def __init__(self, **options):
        super().__init__(**options)
        self.error_messages["required"] = f"{self.label}：此项必填，请{self.verb}。"

    def refuse(self, value, problem):
        """Raise a ValidationError: label, what was typed, the rule and the remedy."""
        text = str(value)
        text = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        raise forms.ValidationError(f"{self.label}：您{self.verb}的“{text}”{problem}", code="invalid")


class LineField(SpokenField, forms.CharField):
    """One line of text of at most ``max_length`` characters."""

    def __init__(self, *, max_length, **options):
        self.limit = max_length
        super().__init__(**options)
        self.widget.attrs.setdefault("maxlength", max_length)

    def to_python(self, value):
        """Strip spaces and control characters; refuse what is too long."""
        value = tidy(super().to_python(value) or "")
        if len(value) > self.limit:
            self.refuse(value, f"共 {len(value)} 个字，超过上限 {self.limit} 个字，请缩短。")
        return value


class PatternField(LineField):
    """A short text in ASCII (full-width typing is accepted) that must match the model's own rule."""

    rule = None
    advice = ""

    def to_python(self, value):
        """Narrow full-width characters and check the pattern."""
        value = narrow(super().to_python(value)).replace(" ", "")
        if value and not self.rule.regex.match(value):
            self.refuse(value, f"格式不正确，应为{self.advice}，请改正。")
        return value


class MobileField(PatternField):
    """11-digit mobile number."""

    rule = mobile_rule
    advice = " 11 位手机号，以 1 开头，例如 13800000000"

    def __init__(self, **options):
        super().__init__(max_length=20, **options)
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}


class PhoneField(PatternField):
    """Landline with area code, 400 number or mobile number."""

    rule = phone_rule
    advice = "区号加号码（例如 025-88886666）或 11 位手机号"

    def __init__(self, **options):
        super().__init__(max_length=30, **options)
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}


class PostcodeField(PatternField):
    """Six digits."""

    rule = postcode_rule
    advice = " 6 位数字，例如 210000"

    def __init__(self, **options):
        super().__init__(max_length=6, **options)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "postal-code"}


class StockCodeField(PatternField):
    """Stock code of any exchange: 4 to 20 letters, digits and dots."""

    rule = RegexValidator(r"^[0-9A-Za-z.]{4,20}$")
    advice = " 4 至 20 位数字或字母，例如 600000"

    def __init__(self, **options):
        super().__init__(max_length=20, **options)


class EmailLineField(LineField):
    """E-mail address."""

    def __init__(self, **options):
        super().__init__(max_length=254, **options)
        self.widget.attrs |= {"inputmode": "email", "autocomplete": "email"}

    def to_python(self, value):
        """Narrow full-width characters and check the address."""
        value = narrow(super().to_python(value))
        if value:
            try:
                validate_email(value)
            except forms.ValidationError:
                self.refuse(value, "不是有效的邮箱地址，应形如 name@example.com，请改正。")
        return value


class YuanField(SpokenField):
    """An amount in 万元 with at most two decimals. ``min_value=None`` allows losses."""

    unit = "万元"
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, min_value=0, max_digits=14, **options):
        self.min_value = min_value
        self.limit = Decimal(10) ** (max_digits - 2) - Decimal("0.01")
        super().__init__(**options)

    @property
    def rule(self):
        """The rule in words."""
        return "应为数字" if self.min_value is None else f"应为不小于 {self.min_value} 的数字"

    def to_python(self, value):
        """Return a Decimal in 万元, or None for a blank."""
        typed = "" if value is None else str(value)
        text = narrow_number(typed)
        if not text:
            return None
        if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text):
            self.refuse(typed, f"不是数字，{self.rule}（万元，最多两位小数），请改正。")
        number = Decimal(text)
        if self.min_value is not None and number < self.min_value:
            self.refuse(typed, f"小于 {self.min_value}，{self.rule}（万元，最多两位小数），请改正。")
        if abs(number) > self.limit:
            self.refuse(typed, f"超过上限 {self.limit:,f} 万元，请核对单位是否为万元。")
        if number != round(number, 2):
            self.refuse(typed, "小数位数过多，单位为万元，最多两位小数，请改正。")
        return round(number, 2)

    def prepare_value(self, value):
        """Show a stored amount without superfluous zeros (1000.00 → 1000)."""
        if isinstance(value, Decimal):
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        return value


class CountField(SpokenField):
    """A whole number that is not negative; ``unit`` is said in the messages (人, 项, 台)."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, unit="", max_value=9_999_999, **options):
        self.unit, self.limit = unit, max_value
        super().__init__(**options)

    def to_python(self, value):
        """Return an int, or None for a blank."""
        typed = "" if value is None else str(value)
        text = narrow_number(typed)
        if not text:
            return None
        said = f"（{self.unit}）" if self.unit else ""
        if not re.fullmatch(r"[+-]?\d+(\.0*)?", text):
            self.refuse(typed, f"不是整数，应为不小于 0 的整数{said}，请改正。")
        number = int(Decimal(text))
        if number < 0:
            self.refuse(typed, f"小于 0，应为不小于 0 的整数{said}，请改正。")
        if number > self.limit:
            self.refuse(typed, f"超过上限 {self.limit:,}{f' {self.unit}' if self.unit else ''}，请核对后改正。")
        return number


class PastDateField(SpokenField):
    """A date that is not in the future: 2015-05-08, 2015/5/8, 2015年5月8日."""

    widget = forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d")

    def to_python(self, value):
        """Return a date, or None for a blank."""
        if value in self.empty_values or isinstance(value, datetime.date):
            found = value or None
        else:
            match = DATE_RULE.match(narrow(value).replace(" ", ""))
            try:
                found = datetime.date(*map(int, match.groups())) if match else None
            except ValueError:
                found = None
            if found is None:
                self.refuse(value, "不是有效日期，应形如 2015-05-08，请改正。")
        if found and found > timezone.localdate():
            self.refuse(found.isoformat(), f"晚于今天（{timezone.localdate().isoformat()}），请核对后改正。")
        if found and found.year < 1900:
            self.refuse(found.isoformat(), "早于 1900 年，请核对后改正。")
        return found


class OptionField(SpokenField, forms.ChoiceField):
    """One of a few choices, shown as radio buttons; a required one has no blank choice."""

    verb = "选择"
    widget = forms.RadioSelect

    def validate(self, value):
        """Refuse a value that is not among the choices."""
        if self.required and value in self.empty_values:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if value and not self.valid_value(value):
            self.refuse(value, "不在可选范围内，请从列出的选项中重新选择。")


class YesNoField(OptionField):
    """是 or 否; cleans to True or False. Accepts booleans of stored answers."""

    TRUE, FALSE = "yes", "no"

    def __init__(self, **options):
        super().__init__(choices=[(self.TRUE, "是"), (self.FALSE, "否")], **options)

    def prepare_value(self, value):
        """Turn a stored boolean into the choice."""
        return {True: self.TRUE, False: self.FALSE, "True": self.TRUE, "False": self.FALSE}.get(value, value)

    def to_python(self, value):
        """Return the choice as text; a stored boolean is understood too."""
        return super().to_python(self.prepare_value(value))

    def clean(self, value):
        """Return True, False, or None for a blank that is allowed."""
        return {self.TRUE: True, self.FALSE: False}.get(super().clean(value))
