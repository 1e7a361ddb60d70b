"""The login forms of the portal and of the review desk (审核工作台)."""
import re

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from stdnum.cn import uscc as uscc_rule

from accounts.fields.identity import MAX_PASSWORD, compact
from accounts.services.sign_in import INACTIVE_SENTENCE

WRONG_SENTENCE = (
    "登录名（或统一社会信用代码）与密码不匹配。请检查后重新输入：登录名区分大小写，"
    "自然人账户和未完成实名认证的法人账户不能用统一社会信用代码登录。"
)
#: Said to everybody who typed a USCC, whether an account has it or not.
USCC_SENTENCE = (
    "您填写的是统一社会信用代码：【自然人账号】请改填注册时的登录名；尚未通过实名认证的法人账户请先用登录名登录，"
    "在【用户中心】完成【实名认证】后，再用统一社会信用代码登录。"
)
NO_USCC_SENTENCE = "“{}”不是有效的统一社会信用代码（校验码不符或有不允许的字符），请对照营业执照改正，或填写登录名。"
INVITATION = "再输错 {left} 次，将暂停登录 {minutes} 分钟。忘记密码的，请点击【忘记密码】重新设置。"
DESK_INVITATION = "再输错 {left} 次，将暂停登录 {minutes} 分钟。忘记密码的，请联系本部门或上级的账户管理员。"
#: With so many tries left the page says how many.
FEW = 2
NOT_STAFF_SENTENCE = "该账户不是主管部门账户，不能进入审核工作台。企业请从平台首页点击【登录】办理业务。"


class LoginForm(AuthenticationForm):
    """登录: an unknown name and a wrong password get the same sentence."""

    invitation = INVITATION

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
        max_length=MAX_PASSWORD,
        error_messages={"required": "请填写密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {"invalid_login": WRONG_SENTENCE, "inactive": INACTIVE_SENTENCE}

    def __init__(self, request=None, *args, **kwargs):
        """Allow room for spaces and full-width characters, which the backend forgives."""
        super().__init__(request, *args, **kwargs)
        self.fields["username"].max_length = 60
        self.fields["username"].widget.attrs["maxlength"] = 60

    def get_invalid_login_error(self):
        """Say what is wrong, what holds for a USCC, and how many tries are left when they are few."""
        sentences = [WRONG_SENTENCE, self._about_uscc(compact(self.cleaned_data["username"]))]
        failures = getattr(self.request, "axes_failures_since_start", None) or 0
        left = settings.AXES_FAILURE_LIMIT - failures
        if 0 < left <= FEW:
            minutes = int(settings.AXES_COOLOFF_TIME.total_seconds()) // 60
            sentences.append(self.invitation.format(left=left, minutes=minutes))
        return ValidationError([ValidationError(text, code="invalid_login") for text in sentences if text])

    def _about_uscc(self, code):
        if uscc_rule.is_valid(code):
            return USCC_SENTENCE
        return NO_USCC_SENTENCE.format(code) if re.match(r"^\d[0-9A-Z]{17}$", code, re.ASCII) else ""


class DeskLoginForm(LoginForm):
    """Login to the review desk: officers and operators only."""

    invitation = DESK_INVITATION

    def confirm_login_allowed(self, user):
        """Refuse an enterprise or a natural person, after the password has been checked."""
        super().confirm_login_allowed(user)
        if not user.is_staff:
            raise ValidationError(NOT_STAFF_SENTENCE, code="not_staff")

    def _about_uscc(self, code):
        return ""
