"""The form of 批量办理: the reason for all, and who sits at the desk once more."""
from django import forms

from accounts.forms.second_factor import CodeForm
from reviews.forms.decision import OpinionForm

KEY_GONE = "页面信息不完整，批量办理没有提交。请返回列表重新选择。"


class BulkForm(OpinionForm):
    """意见 and 内部备注 for all the chosen filings; ``key`` makes a double click one job."""

    key = forms.CharField(
        max_length=64, widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "max_length"), KEY_GONE)
    )
    password = forms.CharField(
        label="登录密码",
        strip=False,
        max_length=128,
        help_text="批量办理前请再次验证身份。",
        error_messages={"required": "请填写登录密码。", "max_length": "登录密码不正确，请重新输入。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = CodeForm.base_fields["code"]

    def __init__(self, *args, is_bound_account, **kwargs):
        """Ask for the code where the account has an authenticator."""
        super().__init__(*args, **kwargs)
        # The first field of the page is the reason, not the code.
        self.fields["code"].widget.attrs.pop("autofocus", None)
        if not is_bound_account:
            del self.fields["code"]

    def clean_code(self):
        """Forgive spaces and full-width digits; six digits are demanded."""
        return CodeForm.clean_code(self)
