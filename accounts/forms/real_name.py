"""Form of 人工实名认证."""
from accounts.fields import MobileField
from accounts.forms.mobile_change import StatedEnterpriseForm


class RealNameForm(StatedEnterpriseForm):
    """What an officer compares with the evidence before 实名认证 takes effect."""

    mobile = MobileField(label="联系手机号", help_text="办理结果以短信发送到该号码。")
    field_order = [
        "uscc", "enterprise_name", "legal_representative", "document_type", "document_number", "region", "mobile",
        "evidence",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evidence"].help_text = (
            "营业执照副本、法定代表人证件、加盖公章的授权书。" + self.fields["evidence"].help_text
        )
