"""The forms of 登记异议 and 答复异议."""
from django import forms
from django.utils import timezone

from reviews.forms.decision import too_long
from reviews.forms.publicity import VersionForm, date_field


class FilesInput(forms.ClearableFileInput):
    """The browser's own file field for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploads; clean returns a list, empty when nothing was chosen. The service looks into them."""

    widget = FilesInput

    def clean(self, data, initial=None):
        """Return the uploads; an empty one is left to the service, which names it."""
        return [upload for upload in data or [] if upload]


def text_field(label, max_length, help_text="", rows=0, required=True):
    """Return a field for a text with sentences of its own; ``rows`` lines high when it is long."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": f"请填写{label}。", "max_length": too_long(label)},
    )


class ObjectionForm(forms.Form):
    """登记异议."""

    objector = text_field("异议人", 60, "实名：个人填写姓名，单位填写单位名称和经办人。加密保存，企业和公众看不到。")
    contact = text_field("联系方式", 120, "电话或通信地址，用于核实和答复。加密保存。")
    received_on = date_field("收到日期")
    content = text_field("异议内容", 2000, "写明事实和理由。不要在这里写异议人的姓名和电话。", rows=6)
    files = FilesField(
        label="证明材料",
        required=False,
        help_text="可一次选择多个文件；支持 pdf、word、excel、jpg、png、zip。页面提示改正后，文件需要重新选择。",
    )

    def __init__(self, *args, **kwargs):
        """Suggest today."""
        super().__init__(*args, initial={"received_on": timezone.localdate()}, **kwargs)


class AnswerForm(VersionForm):
    """答复异议."""

    outcome = forms.ChoiceField(
        label="核查结论",
        choices=[("", "请选择"), ("dismissed", "异议不成立"), ("upheld", "异议成立，移出公示")],
        error_messages={"required": "请选择核查结论。"},
    )
    answer = text_field("核查结论和答复", 2000, "答复异议人的内容；企业看不到。请在保存后告知异议人。", rows=5)
    reason = text_field(
        "移出原因", 500, "仅异议成立时填写，企业会看到；不要写异议人的姓名和联系方式。", rows=3, required=False
    )
