"""The form of an opening (申报开放时间)."""
from django import forms
from django.utils import timezone

from reviews.kinds import kind_choices
from reviews.models import Window

MOMENT = "%Y-%m-%dT%H:%M"


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a date and a time, to the minute."""

    input_type = "datetime-local"

    def __init__(self, **kwargs):
        super().__init__(format=MOMENT, **kwargs)


def moment_field(label, help_text=""):
    """Return a field for a moment in local time, with sentences of its own."""
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        widget=MomentInput(),
        error_messages={
            "required": f"请填写{label}。",
            "invalid": f"{label}应为日期和时间，例如 2026-05-08 09:00，请改正。",
        },
    )


class WindowForm(forms.ModelForm):
    """One opening of one kind; the authority is the officer's own and is not asked for."""

    kind = forms.ChoiceField(label="事项", error_messages={"required": "请选择事项。"})
    period = forms.IntegerField(
        label="年度",
        min_value=2000,
        max_value=2100,
        help_text="申报计入哪一年，四位数字。",
        error_messages={
            "required": "请填写年度。",
            "invalid": "年度应为四位数字，例如 2026。",
            "min_value": "年度应在 2000 至 2100 之间，请改正。",
            "max_value": "年度应在 2000 至 2100 之间，请改正。",
        },
    )
    opens_at = moment_field("开放时间", "北京时间；到这一刻起企业可以申报。")
    closes_at = moment_field("截止时间", "北京时间；此后不能新提交，已被退回的申报仍可修改后重新提交。")
    note = forms.CharField(
        label="说明", max_length=200, required=False, help_text="选填，显示在【当前可申报省市】页面，例如通知文号。"
    )

    class Meta:
        model = Window
        fields = ["kind", "period", "opens_at", "closes_at", "note"]

    def __init__(self, *args, authority=None, **kwargs):
        """Set the authority before the rules run, so that they can be told at the form."""
        super().__init__(*args, **kwargs)
        if authority is not None:
            self.instance.authority = authority
        if "kind" in self.fields:
            self.fields["kind"].choices = kind_choices(opened_by=self.instance.authority.level)
            self.fields["period"].initial = timezone.localdate().year

    def _get_validation_exclusions(self):
        # The constraints name the authority; Django would skip them because the form does not ask for it.
        return super()._get_validation_exclusions() - {"authority"}
