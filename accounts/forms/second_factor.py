"""Forms of the second factor (动态口令). What a code is worth is decided by the services; these check its shape."""
from django import forms
from django.core.exceptions import ValidationError

from portal.tools.text import narrow

CODE_SHAPE = "动态口令“{}”应为 6 位数字，请按验证器上显示的输入。"
RECOVERY_SHAPE = "恢复码“{}”应为 8 位字母和数字，例如 abcd-2345，请按保存的恢复码输入。"


class CodeForm(forms.Form):
    """The code that the authenticator shows now."""

    code = forms.CharField(
        label="动态口令",
        max_length=20,
        help_text="打开手机上的验证器，输入显示的 6 位数字。",
        error_messages={"required": "请填写验证器上显示的 6 位数字。", "max_length": "动态口令应为 6 位数字，请重新输入。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self):
        """Forgive spaces and full-width digits."""
        code = "".join(narrow(self.cleaned_data["code"]).split())
        if not (code.isascii() and code.isdecimal() and len(code) == 6):
            raise ValidationError(CODE_SHAPE.format(self.cleaned_data["code"]))
        return code


class RecoveryForm(forms.Form):
    """One of the codes that were shown once after binding."""

    code = forms.CharField(
        label="恢复码",
        max_length=20,
        help_text="绑定动态口令时保存的 10 个恢复码之一，每个只能用一次。",
        error_messages={"required": "请填写一个恢复码。", "max_length": "恢复码应为 8 位字母和数字，请重新输入。"},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )

    def clean_code(self):
        """Forgive spaces, dashes, capitals and full-width characters."""
        code = "".join(narrow(self.cleaned_data["code"]).replace("-", "").split()).lower()
        if not (code.isascii() and code.isalnum() and len(code) == 8):
            raise ValidationError(RECOVERY_SHAPE.format(self.cleaned_data["code"]))
        return code


class BindForm(CodeForm):
    """Binding an authenticator for the first time."""

    field_order = ["password", "code"]


class RebindForm(BindForm):
    """Replacing a binding needs the password, so that an open desk is not enough."""

    password = forms.CharField(
        label="登录密码",
        strip=False,
        error_messages={"required": "请填写登录密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
