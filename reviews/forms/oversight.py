"""The forms of 工作监督: period, 催办, 改派, 并入."""
import itertools

from django import forms
from django.utils import timezone

from reviews.forms.decision import COMMENT_LENGTH, too_long, version_field
from reviews.forms.publicity import date_field
from reviews.queries.oversight import MOST_DAYS, Period, standing_period
from reviews.services.reminders import TEXT_LENGTH

PERIODS = [("month", "本月"), ("days", "近 30 天"), ("year", "本年"), ("own", "自定")]


class PeriodForm(forms.Form):
    """The period of the figures; ``period()`` is 近 30 天 as long as the form does not say another."""

    period = forms.ChoiceField(label="统计时段", choices=PERIODS, required=False)
    first = date_field("开始日期", required=False)
    last = date_field("结束日期", required=False)

    def clean(self):
        """Demand both days of a period of one's own, in order, not in the future and not too far apart."""
        cleaned = super().clean()
        if cleaned.get("period") != "own" or self.errors:
            return cleaned
        first, last, today = cleaned.get("first"), cleaned.get("last"), timezone.localdate()
        for name, value, label in (("first", first, "开始日期"), ("last", last, "结束日期")):
            if value is None:
                self.add_error(name, f"自定时段须填写{label}。")
        if first and last:
            if last > today:
                self.add_error("last", f"结束日期 {last} 晚于今天，请改为 {today} 或更早的日期。")
            elif first > last:
                self.add_error("first", f"开始日期 {first} 晚于结束日期 {last}，请改正。")
            elif (last - first).days >= MOST_DAYS:
                self.add_error("first", f"{first} 至 {last} 超过 {MOST_DAYS} 天，请缩短时段。")
        return cleaned

    def chosen(self):
        """Return the Period, the standing one of 30 days when what was typed breaks a rule."""
        if not self.is_valid():
            return standing_period("days")
        code = self.cleaned_data["period"] or "days"
        if code == "own":
            return Period("own", self.cleaned_data["first"], self.cleaned_data["last"])
        return standing_period(code)


class ReminderForm(forms.Form):
    """The words of a reminder."""

    text = forms.CharField(
        label="催办内容",
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请填写催办内容。", "max_length": too_long("催办内容")},
    )


def grouped(authorities):
    """Return choices of authorities in groups by the one above them."""
    groups = itertools.groupby(authorities, key=lambda row: row.parent)
    return [("", "请选择")] + [
        (parent.short_name if parent else "", [(row.pk, row.name) for row in rows]) for parent, rows in groups
    ]


def authority_field(label):
    """Return a choice of an authority whose choices are set by the form."""
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        error_messages={
            "required": f"请选择{label}。",
            "invalid_choice": f"所选{label}不在可选范围内（可能刚刚停用或并入其他部门），请重新选择。",
        },
    )


class RerouteForm(forms.Form):
    """改派: to whom and why."""

    seen_version = version_field()
    authority = authority_field("改派到")
    comment = forms.CharField(
        label="改派原因",
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="企业会在系统消息中看到，例如“机构改革，由高新区主管部门办理”。",
        error_messages={"required": "请填写改派原因：企业和两个部门都会看到。", "max_length": too_long("改派原因")},
    )

    def __init__(self, *args, authorities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = grouped(authorities)


class MergePairForm(forms.Form):
    """Which authority goes into which."""

    source = authority_field("被并入的部门")
    target = authority_field("并入到")

    def __init__(self, *args, authorities, **kwargs):
        super().__init__(*args, **kwargs)
        self.levels = {row.pk: row.get_level_display() for row in authorities}
        for name in ("source", "target"):
            self.fields[name].choices = grouped(authorities)

    def clean(self):
        """Demand two of one level."""
        cleaned = super().clean()
        source, target = cleaned.get("source"), cleaned.get("target")
        if source and source == target:
            self.add_error("target", "请选择两个不同的主管部门。")
        elif source and target and self.levels[source] != self.levels[target]:
            self.add_error(
                "target", f"被并入的是{self.levels[source]}部门，所选的是{self.levels[target]}部门；只能并入同一层级，请重新选择。"
            )
        return cleaned


class MergeForm(forms.Form):
    """Why an authority goes into another."""

    reason = forms.CharField(
        label="依据",
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如机构改革文件名称和文号。写入每件改派的记录。",
        error_messages={"required": "请填写并入的依据，例如机构改革文件名称和文号。", "max_length": too_long("依据")},
    )
