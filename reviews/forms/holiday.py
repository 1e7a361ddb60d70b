"""The form of one day of 节假日调整."""
from django import forms

from reviews.forms.decision import too_long
from reviews.forms.publicity import DateInput
from reviews.models import HolidayOverride


class HolidayForm(forms.ModelForm):
    """A day, whether people work on it, and the notice that says so."""

    day = forms.DateField(
        label="日期",
        widget=DateInput(),
        error_messages={
            "required": "请填写日期。",
            "invalid": "日期应写成 2027-10-01 的形式，请改正。",
            "unique": "这一天已经设置过，请返回列表打开该日期修改。",
        },
    )
    is_workday = forms.TypedChoiceField(
        label="当日",
        choices=[("True", "上班（计入工作日）"), ("False", "放假（不计入工作日）")],
        coerce=lambda value: value == "True",
        error_messages={"required": "请选择当日上班还是放假。"},
    )
    note = forms.CharField(
        label="依据",
        max_length=120,
        help_text="写明通知名称或文号，例如“国务院办公厅关于2027年部分节假日安排的通知”。",
        error_messages={"required": "请填写依据，写明通知名称或文号。", "max_length": too_long("依据")},
    )

    class Meta:
        model = HolidayOverride
        fields = ["day", "is_workday", "note"]
