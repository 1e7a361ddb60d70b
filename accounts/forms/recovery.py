"""【忘记密码】 step 1: whose account it is."""
from accounts.fields import LineField, MobileField
from accounts.forms.codes import SpokenForm


class RecoveryForm(SpokenForm):
    """Login name or USCC, and the bound mobile."""

    login_name = LineField(
        label="登录名或统一社会信用代码", max_length=60, help_text="忘记登录名的企业，填写营业执照上的 18 位统一社会信用代码。"
    )
    mobile = MobileField(label="绑定手机号", help_text="注册时填写、或最近一次修改后的手机号，验证码将发送到该号码。")

    def __init__(self, *args, **kwargs):
        """Let browsers offer what they know."""
        super().__init__(*args, **kwargs)
        self.fields["login_name"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["mobile"].widget.attrs["autocomplete"] = "tel-national"
