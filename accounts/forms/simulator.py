"""The form of the licence simulator: which enterprise holds the telephone."""
from django import forms
from django.core.exceptions import ValidationError
from stdnum.cn import uscc as uscc_rule

from accounts.enums import UserKind
from accounts.models import User
from portal.tools.text import narrow

#: Accounts offered for choice; any other enterprise may be typed.
OFFERED = 200
NAMES = ("verified_name", "declared_name", "login_name", "legal_representative")
TYPED = ("uscc", "enterprise_name", "legal_representative")
WRONG_USCC = (
    "“{typed}”不是有效的统一社会信用代码：应为 18 位数字或大写字母（不含 I、O、S、V、Z），末位为校验码。"
    "请对照营业执照重新输入。"
)


class SimulatedLicenceForm(forms.Form):
    """Choose an account of this portal, or type a licence."""

    account = forms.ChoiceField(label="选择本平台的法人账户", required=False)
    uscc = forms.CharField(label="统一社会信用代码", required=False, max_length=40)
    enterprise_name = forms.CharField(label="企业名称", required=False, max_length=120)
    legal_representative = forms.CharField(label="法定代表人", required=False, max_length=40)

    def __init__(self, *args, **kwargs):
        """Offer the newest accounts that have a code."""
        super().__init__(*args, **kwargs)
        accounts = User.objects.filter(kind=UserKind.LEGAL_PERSON, uscc__isnull=False).order_by("-pk")
        self.accounts = {str(account.pk): account for account in accounts.only("uscc", *NAMES)[:OFFERED]}
        self.fields["account"].choices = [("", "不选择，改为在下面填写")] + [
            (pk, f"{_name(account)}（{account.uscc}）") for pk, account in self.accounts.items()
        ]

    def clean_uscc(self):
        """Accept full-width characters and spaces; demand the check character."""
        typed = self.cleaned_data["uscc"]
        code = "".join(narrow(typed).split()).upper()
        if code and not uscc_rule.is_valid(code):
            raise ValidationError(WRONG_USCC.format(typed=typed))
        return uscc_rule.compact(code)

    def clean(self):
        """Demand every field of a licence when no account is chosen."""
        cleaned = super().clean()
        if not cleaned.get("account"):
            for name in TYPED:
                if name in cleaned and not cleaned[name]:
                    self.add_error(name, f"请填写{self.fields[name].label}，或在上面选择一个法人账户。")
        return cleaned

    def licence(self):
        """Return the fields of the licence."""
        chosen = self.accounts.get(self.cleaned_data["account"])
        if chosen is None:
            return {name: self.cleaned_data[name] for name in TYPED}
        return {
            "uscc": chosen.uscc, "enterprise_name": _name(chosen),
            "legal_representative": chosen.legal_representative or "模拟法定代表人",
        }  # fmt: skip


def _name(account):
    return account.verified_name or account.declared_name or account.login_name
