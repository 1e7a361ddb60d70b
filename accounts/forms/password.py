"""Form of the password change in 【用户中心】."""
from accounts.fields.identity import PasswordField
from accounts.forms.codes import SpokenForm
from accounts.password_rules import PASSWORD_HELP


class PasswordChangeForm(SpokenForm):
    """The old password once and the new one twice; nothing of it is ever sent back to the page."""

    old = PasswordField(label="原密码")
    new = PasswordField(label="新密码", help_text=PASSWORD_HELP)
    again = PasswordField(label="再次输入新密码")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old"].widget.attrs["autocomplete"] = "current-password"

    def clean(self):
        """The two new ones are equal."""
        cleaned = super().clean()
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "再次输入新密码：与新密码不一致，请重新输入两次新密码。")
        return cleaned
