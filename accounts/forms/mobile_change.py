"""Forms of 手机号修改: one per step, so that nothing typed is lost by asking for a code."""
from django import forms

from accounts.evidence import MAX_BYTES, check_evidence
from accounts.fields import LineField, MobileField, SpokenField
from accounts.fields.identity import CodeField, DocumentTypeField, UsccField, compact, document_problem
from accounts.fields.pickers import RegionField
from accounts.forms.codes import SpokenForm
from portal.tools.errors import Refused
from portal.tools.uploads import shown_size


class OldMobileForm(SpokenForm):
    """手机核验, first step: which account, and the number that is bound to it."""

    login = LineField(label="登录名或统一社会信用代码", max_length=60)
    old_mobile = MobileField(label="原绑定手机号")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plain = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "username"}
        self.fields["login"].widget.attrs |= plain


class NewMobileForm(SpokenForm):
    """The number that shall be bound."""

    new_mobile = MobileField(label="新手机号")


class CodeForm(SpokenForm):
    """The code of an SMS."""

    code = CodeField(help_text="短信中的 6 位数字，5 分钟内有效。")


class FilesInput(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True

    def __init__(self, attrs=None):
        super().__init__({"multiple": True} | (attrs or {}))

    def value_from_datadict(self, data, files, name):
        """Return the list of uploads."""
        return files.getlist(name)


class EvidenceField(SpokenField, forms.FileField):
    """证明材料: one or several files; cleans to the list of open uploads."""

    verb = "选择"
    widget = FilesInput

    def clean(self, data, initial=None):
        """Check number, names, sizes, types and contents; the service checks again."""
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        try:
            check_evidence(data)
        except Refused as refusal:
            raise forms.ValidationError(f"{self.label}：{refusal.message}", code=refusal.code) from refusal
        return data


class StatedEnterpriseForm(SpokenForm):
    """What both kinds of request state about the enterprise. ``facts`` are the columns of the request."""

    uscc = UsccField(label="统一社会信用代码", help_text="营业执照上的 18 位代码。")
    enterprise_name = LineField(label="企业名称", max_length=120, help_text="与营业执照完全一致。")
    legal_representative = LineField(label="法定代表人", max_length=40)
    document_type = DocumentTypeField()
    document_number = LineField(label="法定代表人证件号码", max_length=40)
    region = RegionField(label="企业注册地", help_text="与营业执照登记的住所一致，选择到最末一级。申请由该地市级主管部门办理。")
    evidence = EvidenceField(
        label="证明材料",
        help_text=f"可一次选择多个文件，或打包成 zip；支持 pdf、word、excel、jpg、png、zip，合计不超过 {shown_size(MAX_BYTES)}。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document_number"].widget.attrs |= {"autocapitalize": "characters", "autocomplete": "off"}

    def clean(self):
        """Check the document's number by the rule of its type."""
        cleaned = super().clean()
        number, kind = compact(cleaned.get("document_number", "")), cleaned.get("document_type")
        if number and kind:
            problem = document_problem(kind, number)
            if problem:
                self.add_error("document_number", f"法定代表人证件号码：您填写的“{number}”{problem}")
            cleaned["document_number"] = number
        return cleaned

    @property
    def facts(self):
        """The columns of the request, of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"evidence", "mobile"}}


class ManualForm(StatedEnterpriseForm):
    """人工核验: the old number is unknown."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evidence"].help_text = (
            "加盖公章的手机号修改申请（写明新手机号）、营业执照副本、法定代表人证件。" + self.fields["evidence"].help_text
        )


class RequestStateForm(SpokenForm):
    """进度查询."""

    receipt = LineField(label="受理编号", max_length=40, help_text="提交申请后页面显示并以短信发送的编号，例如 SJ20260101ABCD2345。")
    proof = LineField(
        label="新手机号后 4 位或统一社会信用代码",
        max_length=40,
        help_text="人工实名认证申请填写联系手机号后 4 位，或统一社会信用代码。",
    )
