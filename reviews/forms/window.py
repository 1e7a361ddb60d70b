"""The form of an opening (申报开放时间)."""
from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from reviews.kinds import kind_choices
from reviews.models import Window
from reviews.services.windows import overlap_sentence, overlapping, past_sentence

MOMENT = "%Y-%m-%dT%H:%M"
#: Years of an opening. A slip of the finger (0001) is a moment that cannot even be shown again.
FIRST_YEAR, LAST_YEAR = 2000, 2100


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a date and a time, to the minute."""

    input_type = "datetime-local"

    def __init__(self, **kwargs):
        super().__init__(format=MOMENT, **kwargs)


def moment_field(label, help_text=""):
    """Return a field for a moment in local time, with sentences of its own."""

    def check_year(moment):
        year = timezone.localtime(moment).year if moment.year > 1 else moment.year
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(f"{label}的年份是 {year}，应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间，请改正。")

    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        widget=MomentInput(),
        validators=[check_year],
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
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
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
            if self.instance.pk and self.instance.opens_at <= timezone.now():
                self._keep_what_enterprises_went_by()

    def _keep_what_enterprises_went_by(self):
        """Leave closing time and note of a window that has opened; the rest stays as it is stored, to the second."""
        for name in ("kind", "period", "opens_at"):
            self.fields[name].disabled = True
            self.fields[name].help_text = "已经开放，不能修改。"
        self.fields["closes_at"].help_text = "可以延长或提前；正在填写的企业会收到系统消息。要立即截止，请使用页面上方的【提前截止】。"

    def clean(self):
        """Compare the times with now and with the other windows; the service compares again."""
        cleaned = super().clean()
        if {"opens_at", "closes_at", "kind"} <= cleaned.keys():
            asked = Window(pk=self.instance.pk, authority=self.instance.authority, **{
                name: cleaned[name] for name in ("kind", "opens_at", "closes_at")
            })  # fmt: skip
            if asked.closes_at <= asked.opens_at:
                return cleaned  # the constraint says so
            if asked.closes_at <= timezone.now():
                self.add_error("closes_at", past_sentence(asked))
            elif other := overlapping(asked):
                self.add_error("opens_at", overlap_sentence(other))
        return cleaned

    def _get_validation_exclusions(self):
        # The constraints name the authority; Django would skip them because the form does not ask for it.
        return super()._get_validation_exclusions() - {"authority"}


class CloseForm(forms.Form):
    """【提前截止】: the closing time that the officer looked at."""

    seen_closes_at = forms.CharField(widget=forms.HiddenInput)

    def clean_seen_closes_at(self):
        """Return the moment. An answer that the page did not make is told as a stale page."""
        try:
            moment = parse_datetime(self.cleaned_data["seen_closes_at"])
        except ValueError:  # the shape of a moment, but the 99th month
            moment = None
        if moment is None or timezone.is_naive(moment):
            raise forms.ValidationError("页面信息不完整，操作没有执行。请返回列表重新打开后再试。")
        return moment
