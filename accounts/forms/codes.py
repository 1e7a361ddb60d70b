"""What forms with an SMS code share: no JavaScript is needed to ask for one, and nothing typed is lost then."""
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.fields import MobileField
from accounts.fields.identity import CodeField, PasswordField
from accounts.models import User
from accounts.password_rules import PASSWORD_HELP

AGAIN_HELP = "请再输入一次，以防输错。"


class CodeMobileForm(forms.Form):
    """The number that asks for a code."""

    mobile = MobileField(label="手机号")


class SpokenForm(forms.Form):
    """A form whose every error is a whole sentence."""

    def problems(self):
        """Return [(anchor of the field or "", sentence)] in the order of the page, for accounts/form_problems.html."""
        fields = [(self[name].id_for_label, text) for name in self.fields for text in self[name].errors]
        return [("", text) for text in self.non_field_errors()] + fields

    def keep_errors_of(self, *names):
        """Forget what is wrong with other fields: the form was sent for one of them only."""
        for name in set(self.errors) - set(names):
            del self.errors[name]


class NewPasswordForm(SpokenForm):
    """A new password twice."""

    password1 = PasswordField(label="密码", help_text=PASSWORD_HELP)
    password2 = PasswordField(label="确认密码", help_text=AGAIN_HELP)

    def clean(self):
        """Check that both are equal and that the password is a strong one for this account."""
        cleaned = super().clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first:
            try:
                validate_password(first, self.described_account(cleaned))
            except ValidationError as error:
                label = self.fields["password1"].label
                self.add_error("password1", [f"{label}：{text}" for text in error.messages])
        if first and second and first != second:
            self.add_error("password2", f"{self.fields['password2'].label}：两次输入的密码不一致，请重新输入。")
        return cleaned

    def described_account(self, cleaned):
        """Return an account with the data that the password must not resemble."""
        return User()


class CodeAndPasswordForm(NewPasswordForm):
    """【忘记密码】 step 2."""

    code = CodeField()
    password1 = PasswordField(label="新密码", help_text=PASSWORD_HELP)
    password2 = PasswordField(label="确认新密码", help_text=AGAIN_HELP)
    field_order = ["code", "password1", "password2"]

    def __init__(self, *args, proven=False, **kwargs):
        """Leave the code out once it has been accepted."""
        super().__init__(*args, **kwargs)
        if proven:
            del self.fields["code"]
