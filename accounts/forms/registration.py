"""The forms of 【注册】, one for each kind of account."""
from accounts.fields import LineField, MobileField
from accounts.fields.identity import (
    CodeField,
    DocumentTypeField,
    LoginNameField,
    UsccField,
    compact,
    document_problem,
)
from accounts.forms.codes import NewPasswordForm
from accounts.models import User

LOGIN_NAME_HELP = "4 至 40 位，以字母开头，可含字母、数字、点、横线、下划线；注册后不能修改。"
MOBILE_HELP = "用于接收验证码和审核结果短信，也用于【忘记密码】。"


class RegistrationForm(NewPasswordForm):
    """What both kinds of account need; ``account_columns`` is what the services take."""

    login_name = LoginNameField(label="登录名", help_text=LOGIN_NAME_HELP)
    mobile = MobileField(label="手机号", help_text=MOBILE_HELP)
    code = CodeField()

    #: Fields that are stored as they are.
    columns = ("login_name", "mobile")

    def __init__(self, *args, **kwargs):
        """Let browsers offer the visitor's own number."""
        super().__init__(*args, **kwargs)
        self.fields["mobile"].widget.attrs["autocomplete"] = "tel-national"

    def described_account(self, cleaned):
        """Return an unsaved account with what was filled in."""
        return User(**{name: cleaned.get(name) or "" for name in self.columns})

    def account_columns(self):
        """Return the arguments of the registration services."""
        return {name: self.cleaned_data[name] for name in self.columns} | {"password": self.cleaned_data["password1"]}


class LegalPersonForm(RegistrationForm):
    """法人."""

    uscc = UsccField(label="统一社会信用代码", help_text="营业执照上的 18 位代码；全角、小写和空格都可以。")
    declared_name = LineField(label="企业名称", max_length=120, help_text="与营业执照一致的全称。")
    legal_representative = LineField(label="法定代表人", max_length=40, help_text="与营业执照一致的姓名。")
    document_type = DocumentTypeField()
    document_number = LineField(label="法定代表人证件号码", max_length=30)

    columns = (
        "uscc", "declared_name", "legal_representative", "document_type", "document_number", "login_name", "mobile",
    )  # fmt: skip
    field_order = [*columns[:-1], "password1", "password2", "mobile", "code"]
    #: (heading, fields) in the order of the page.
    parts = (
        ("企业信息", ("uscc", "declared_name")),
        ("法定代表人信息", ("legal_representative", "document_type", "document_number")),
        ("登录信息", ("login_name", "password1", "password2")),
    )

    def __init__(self, *args, **kwargs):
        """Keep browsers from remembering an ID number."""
        super().__init__(*args, **kwargs)
        self.fields["document_number"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean(self):
        """Check the document number by the rule of its type."""
        cleaned = super().clean()
        number = compact(cleaned.get("document_number") or "")
        if number and cleaned.get("document_type"):
            problem = document_problem(cleaned["document_type"], number)
            if problem:
                shown = cleaned["document_number"]
                self.add_error("document_number", f"法定代表人证件号码：您填写的“{shown}”{problem}")
            else:
                cleaned["document_number"] = number
        return cleaned


class NaturalPersonForm(RegistrationForm):
    """自然人."""

    person_name = LineField(label="姓名", max_length=40)

    columns = ("person_name", "login_name", "mobile")
    field_order = ["person_name", "login_name", "password1", "password2", "mobile", "code"]
    parts = (("个人信息", ("person_name",)), ("登录信息", ("login_name", "password1", "password2")))

    def __init__(self, *args, **kwargs):
        """Let browsers offer the visitor's own name."""
        super().__init__(*args, **kwargs)
        self.fields["person_name"].widget.attrs["autocomplete"] = "name"
