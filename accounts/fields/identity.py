"""Form fields of who somebody is: 统一社会信用代码, 登录名, 证件号码, 短信验证码, 密码.

Full-width letters and digits, lower case and spaces are accepted; every message is a sentence (accounts.fields).
"""
import datetime
import re

from django import forms
from django.utils import timezone
from stdnum.cn import ric
from stdnum.cn import uscc as uscc_rule
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from accounts.enums import DocumentType
from accounts.fields.basic import LineField, SpokenField
from accounts.models import User
from accounts.services.codes import DIGITS
from portal.tools.text import narrow

MAX_PASSWORD = 128
LOGIN_NAME_RULE = re.compile(r"^[A-Za-z][A-Za-z0-9_.-]{3,39}$")
ID_CARD_RULE = re.compile(r"^\d{17}[\dX]$")
CHECK_SENTENCE = "校验码（最后一位）不符，说明有一位或几位填错，请对照证件改正。"
OLDEST_BIRTH = datetime.date(1900, 1, 1)
#: Type of document -> (pattern of its number, what to tell who has typed another).
DOCUMENT_RULES = {
    DocumentType.HK_MACAO: (re.compile(r"^[HM]\d{8}(\d{2})?$"), "应为字母 H 或 M 加 8 位数字（旧版为 10 位数字）"),
    DocumentType.TAIWAN: (re.compile(r"^\d{8}(\d{2})?$"), "应为 8 位数字（旧版为 10 位数字）"),
    DocumentType.PASSPORT: (re.compile(r"^[A-Z0-9]{5,20}$"), "应为 5 至 20 位字母或数字"),
    DocumentType.FOREIGN_RESIDENT: (
        re.compile(r"^([A-Z]{3}\d{12}|9\d{16}[\dX])$"),
        "应为 18 位、以 9 开头（旧版为 3 位字母加 12 位数字）",
    ),
}


def compact(text):
    """Return a code as it is stored: ASCII, upper case, without spaces and hyphens."""
    return re.sub(r"[\s-]", "", narrow(text)).upper()


def document_problem(document_type, number):
    """Return what is wrong with a compacted document number, to follow “您填写的…”, or "" when nothing is.

    An ID card is checked by its date of birth and check character only: lists of counties miss present and past ones.
    """
    if document_type == DocumentType.ID_CARD:
        return _id_card_problem(number)
    rule, advice = DOCUMENT_RULES[document_type]
    if not rule.match(number):
        return f"不符合{DocumentType(document_type).label}的号码规则，{advice}，请对照证件改正。"
    new_form = document_type == DocumentType.FOREIGN_RESIDENT and len(number) == 18
    return CHECK_SENTENCE if new_form and ric.calc_check_digit(number) != number[-1] else ""


def _id_card_problem(number):
    if not ID_CARD_RULE.match(number):
        return "格式不正确，居民身份证号码应为 18 位，前 17 位是数字，最后一位是数字或 X，请对照证件改正。"
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        born = None
    if born is None or not OLDEST_BIRTH <= born <= timezone.localdate():
        return f"第 7 至 14 位“{number[6:14]}”不是有效的出生日期，请对照证件改正。"
    return CHECK_SENTENCE if ric.calc_check_digit(number) != number[-1] else ""


class UsccField(LineField):
    """18 characters with check character (GB 32100); cleans to the stored form."""

    def __init__(self, **options):
        super().__init__(max_length=40, **options)
        self.widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}

    def to_python(self, value):
        """Return the code in its stored form."""
        typed = super().to_python(value)
        if not typed:
            return ""
        try:
            return uscc_rule.validate(compact(typed))
        except InvalidLength:
            return self.refuse(typed, f"共 {len(compact(typed))} 位，统一社会信用代码应为 18 位，请对照营业执照改正。")
        except InvalidChecksum:
            return self.refuse(typed, "校验码（最后一位）不符，说明有一位或几位填错，请对照营业执照改正。")
        except ValidationError:
            return self.refuse(
                typed,
                "格式不正确：前 8 位应为数字，其余为数字或大写字母（没有 I、O、S、V、Z），请对照营业执照改正。",
            )


class LoginNameField(LineField):
    """The name to sign in with: 4 to 40 characters, beginning with a letter."""

    def __init__(self, **options):
        super().__init__(max_length=User._meta.get_field("login_name").max_length, **options)
        self.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "username"}

    def to_python(self, value):
        """Return the name in ASCII without spaces."""
        name = "".join(narrow(super().to_python(value)).split())
        if name and not LOGIN_NAME_RULE.match(name):
            self.refuse(name, "不符合规则：4 至 40 位，以字母开头，可含字母、数字、点、横线、下划线，请改正。")
        return name


class CodeField(LineField):
    """The six digits of an SMS code; whether they are right, accounts.services.codes says."""

    def __init__(self, **options):
        super().__init__(max_length=20, label="短信验证码", **options)
        self.error_messages["required"] = "短信验证码：此项必填，请点击【获取验证码】，填写短信中的 6 位数字。"
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}

    def to_python(self, value):
        """Return the digits in ASCII."""
        code = compact(super().to_python(value))
        if code and not re.fullmatch(rf"\d{{{DIGITS}}}", code, re.ASCII):
            self.refuse(code, f"格式不正确，应为短信中的 {DIGITS} 位数字，请改正。")
        return code


class PasswordField(SpokenField, forms.CharField):
    """A new password, never sent back to the page; its strength is checked with the account's data beside it."""

    def __init__(self, *, label, **options):
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "maxlength": MAX_PASSWORD})
        super().__init__(label=label, strip=False, widget=widget, **options)
        self.error_messages["null_characters_not_allowed"] = f"{label}：含有不能使用的字符，请重新输入。"


class DocumentTypeField(SpokenField, forms.ChoiceField):
    """法定代表人证件类型."""

    verb = "选择"

    def __init__(self, **options):
        super().__init__(label="法定代表人证件类型", choices=DocumentType.choices, **options)

    def validate(self, value):
        """Refuse a value that is not among the choices."""
        forms.Field.validate(self, value)
        if value and not self.valid_value(value):
            self.refuse(value, "不在可选范围内，请从列出的选项中重新选择。")
