"""The login forms of the portal and of the review desk (审核工作台)."""
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

WRONG_SENTENCE = (
    "登录名（或统一社会信用代码）与密码不匹配。请检查后重新输入：登录名区分大小写，"
    "自然人账户和未完成实名认证的法人账户不能用统一社会信用代码登录。"
)
INACTIVE_SENTENCE = "该账户已停用，不能登录。企业请联系所在地主管部门，主管部门人员请联系本部门或上级的账户管理员。"
NOT_STAFF_SENTENCE = "该账户不是主管部门账户，不能进入审核工作台。企业请从平台首页点击【登录】办理业务。"


class LoginForm(AuthenticationForm):
    """登录: an unknown name and a wrong password get the same sentence."""

    username = forms.CharField(
        label="登录名或统一社会信用代码",
        max_length=60,
        error_messages={"required": "请填写登录名，或企业的 18 位统一社会信用代码。"},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label="密码",
        strip=False,
        error_messages={"required": "请填写密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {"invalid_login": WRONG_SENTENCE, "inactive": INACTIVE_SENTENCE}

    def __init__(self, request=None, *args, **kwargs):
        """Allow room for spaces and full-width characters, which the backend forgives."""
        super().__init__(request, *args, **kwargs)
        self.fields["username"].max_length = 60
        self.fields["username"].widget.attrs["maxlength"] = 60


class DeskLoginForm(LoginForm):
    """Login to the review desk: officers and operators only."""

    def confirm_login_allowed(self, user):
        """Refuse an enterprise or a natural person, after the password has been checked."""
        super().confirm_login_allowed(user)
        if not user.is_staff:
            raise ValidationError(NOT_STAFF_SENTENCE, code="not_staff")
