"""Forms of an officer's account. They check what the service checks again, so that a mistake shows at its field."""
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.enums import OfficerRole
from accounts.models import User
from accounts.models.enterprise import mobile_rule
from accounts.queries.officers import login_name_taken
from accounts.services.officers import TAKEN_SENTENCE
from portal.tools.crypto import mask

ROLE_HELP = "查阅：只看不办；审核：通过、退回、不予通过；审核与发布：另可公示、公告、设置申报开放时间、管理账户。"
#: The rules of settings.AUTH_PASSWORD_VALIDATORS in one sentence.
PASSWORD_HELP = "至少 10 个字符，不能全是数字，不能是常见密码，也不能与登录名或姓名相近。"


class OfficerForm(forms.ModelForm):
    """What the forms for a new and for an existing account share."""

    role = forms.ChoiceField(label="角色", choices=OfficerRole.choices, initial=OfficerRole.REVIEWER, help_text=ROLE_HELP)
    person_name = forms.CharField(
        label="姓名", max_length=40, error_messages={"required": "请填写姓名，审核记录以此署名。"}
    )
    mobile = forms.CharField(
        label="绑定手机号",
        max_length=11,
        required=False,
        help_text="11 位手机号，选填；用于接收短信。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"max_length": "手机号应为 11 位数字，以 1 开头，例如 13800000000。"},
    )
    password1 = forms.CharField(
        label="初始密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=PASSWORD_HELP,
        error_messages={"required": "请填写初始密码，并告知该人员。"},
    )
    password2 = forms.CharField(
        label="再次输入密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="请再输入一次，以防输错。",
        error_messages={"required": "请再输入一次密码。"},
    )

    class Meta:
        model = User
        fields = ["login_name", "authority", "role", "person_name", "mobile", "is_active"]
        help_texts = {"login_name": "4 至 40 位，以字母开头，可含字母、数字、点、横线；开通后不能修改。"}
        error_messages = {
            "login_name": {"required": "请填写登录名。"},
            "authority": {
                "required": "请选择主管部门。",
                "invalid_choice": "只能选择本部门或下一级主管部门，请重新选择。",
            }
        }

    def __init__(self, *args, **kwargs):
        """Demand what an officer must have; fields that are read-only on the page are not in the form."""
        super().__init__(*args, **kwargs)
        if "authority" in self.fields:
            self.fields["authority"].required = True

    def clean_mobile(self):
        """Check the number; the masked one that the page showed means the number as it is."""
        typed = self.cleaned_data["mobile"]
        if typed and typed == mask(self.instance.mobile):
            return self.instance.mobile
        if typed:
            mobile_rule(typed)
        return typed

    def clean(self):
        """Check the password twice: the two are equal, and it is a good one."""
        cleaned = super().clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first or second:
            if first != second:
                self.add_error("password2", "两次输入的密码不一致，请重新输入。")
            else:
                self._check_password(first)
        return cleaned

    def _check_password(self, password):
        try:
            validate_password(password, self.instance)
        except ValidationError as error:
            self.add_error("password1", error)


class OfficerAddForm(OfficerForm):
    """A new account; the password is told to the officer by its manager and changed at the desk."""

    def clean_login_name(self):
        """Refuse a name that is there already, in whatever case."""
        login_name = self.cleaned_data["login_name"]
        if login_name_taken(login_name):
            raise ValidationError(TAKEN_SENTENCE.format(login_name))
        return login_name


class OfficerChangeForm(OfficerForm):
    """An existing account; blank passwords leave the password as it is."""

    def __init__(self, *args, **kwargs):
        """Make the password optional."""
        super().__init__(*args, **kwargs)
        for name in ("password1", "password2"):
            if name in self.fields:
                self.fields[name].required = False
        self.initial["mobile"] = mask(self.instance.mobile)
        if "mobile" in self.fields:
            self.fields["mobile"].help_text = "已隐去中间四位；修改时请输入完整的新号码，清空则不再绑定手机号。"
        if "password1" in self.fields:
            self.fields["password1"].label = "新密码"
            self.fields["password1"].help_text = f"留空则不修改；修改后该账户须用新密码重新登录。{PASSWORD_HELP}"
