"""The forms of 满足复核条件 at the desk."""
from django import forms

from applications.enums import Tier
from applications.queries_eligibility import EXPIRES, SETTINGS
from applications.services.eligibility import NOTE_LIMIT

_ANY = ("", "全部")
NOT_CHOSEN = "请选择梯度：创新型、专精特新或“小巨人”。"


def _longest(label):
    return f"{label}最多 %(limit_value)d 个字，现在有 %(show_value)d 个字，请精简后再试。"


def note_field():
    """Return the field 说明, which officers read."""
    return forms.CharField(
        label="说明", max_length=NOTE_LIMIT, required=False, help_text="例如通知文号或批次，主管部门在列表中可见。",
        error_messages={"max_length": _longest("说明")},
    )  # fmt: skip


class ConditionsForm(forms.Form):
    """The filters of the list; a value that is not offered counts as none."""

    q = forms.CharField(label="查找", required=False, max_length=120)
    tier = forms.ChoiceField(label="梯度", required=False, choices=[_ANY, *Tier.choices])
    expires = forms.ChoiceField(label="有效期", required=False, choices=[_ANY, *EXPIRES])
    eligible = forms.ChoiceField(label="满足复核条件", required=False, choices=[_ANY, *SETTINGS])
    area = forms.ChoiceField(label="所在地", required=False)

    def __init__(self, data, *, areas):
        """Offer the areas below the officer's own."""
        super().__init__(data)
        if areas:
            self.fields["area"].choices = [_ANY, *areas]
        else:
            del self.fields["area"]

    @property
    def conditions(self):
        """The values that count, {name: value} without blanks."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def in_words(self):
        """Return what is filtered by, in words for a person."""
        words = []
        for name, value in self.conditions.items():
            field = self.fields[name]
            words.append(f"{field.label}：{dict(field.choices)[value] if hasattr(field, 'choices') else value}")
        return words


class SetForm(forms.Form):
    """【设置】."""

    note = note_field()


class WithdrawForm(forms.Form):
    """【撤销】; ``seen`` is the setting that was looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="撤销原因", max_length=NOTE_LIMIT, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="企业会在系统消息中看到。",
        error_messages={
            "required": "请填写撤销原因，企业会看到。", "max_length": _longest("撤销原因"),
        },
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        """Leave the length to the server: a line break counts once."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs.pop("maxlength", None)


class NonceForm(forms.Form):
    """What makes a double click one job."""

    nonce = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)


class FilteredForm(NonceForm):
    """Confirmation of 按筛选条件 with the number that the page named."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    note = note_field()


class UploadForm(forms.Form):
    """上传名单."""

    tier = forms.ChoiceField(
        label="梯度", choices=[("", "请选择"), *Tier.choices],
        error_messages={"required": NOT_CHOSEN, "invalid_choice": NOT_CHOSEN},
    )  # fmt: skip
    file = forms.FileField(
        label="名单文件", allow_empty_file=True, help_text="xlsx、xls 或 csv，不超过 5 MB、5000 行。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        error_messages={"required": "请选择名单文件（xlsx、xls 或 csv）。", "invalid": "没有收到文件，请重新选择名单文件。"},
    )  # fmt: skip
    note = note_field()


class PreviewForm(forms.Form):
    """Confirmation of what was read: a signed copy of it."""

    payload = forms.CharField(widget=forms.HiddenInput)
