"""The forms of 公示 and 公告."""
from django import forms
from django.utils import timezone

from reviews.forms.decision import too_long, version_field
from reviews.kinds import all_kinds, get_kind
from reviews.queries.publicity import waiting_choices
from reviews.services.publicity import MOST_WORKING_DAYS

#: Suggested length of a publicity in working days; the rules leave it to the province.
SUGGESTED_DAYS = 5


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


def date_field(label, help_text="", required=True):
    """Return a date field with sentences of its own."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=DateInput(),
        error_messages={
            "required": f"请填写{label}。",
            "invalid": f"{label}应为日期，例如 2026-05-08，请改正。",
        },
    )


def publishable_kinds(user):
    """Return the kinds that the officer's authority publicises."""
    return [kind for kind in all_kinds() if kind.is_publicised and kind.publisher_level == user.authority.level]


class DaysForm(forms.Form):
    """The days of a publicity: first day, working days, and the last day for who wants a later one."""

    starts_on = date_field("公示开始日期")
    working_days = forms.IntegerField(
        label="公示工作日数",
        min_value=1,
        max_value=MOST_WORKING_DAYS,
        help_text="开始当日是工作日的计入；法定节假日不计，调休上班日计入。",
        error_messages={
            "required": "请填写公示工作日数。",
            "invalid": "公示工作日数应为整数，例如 5，请改正。",
            "min_value": f"公示工作日数应在 1 至 {MOST_WORKING_DAYS} 之间，请改正。",
            "max_value": f"公示工作日数应在 1 至 {MOST_WORKING_DAYS} 之间，请改正。",
        },
    )
    ends_on = date_field(
        "公示结束日期", "留空按工作日数计算；需要延长时填写更晚的日期。含当日，次日起可以公告。", required=False
    )

    def clean(self):
        """Compare the dates with today and each other; the service checks them again, with the working days."""
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and starts_on < timezone.localdate():
            self.add_error("starts_on", f"公示开始日期 {starts_on} 早于今天，请改为今天或以后的日期。")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", f"公示结束日期 {ends_on} 早于开始日期 {starts_on}，请改正。")
        return cleaned


def choice_or_all(label):
    """Return a select of ids whose first entry means all."""
    return forms.TypedChoiceField(
        label=label, required=False, coerce=int, empty_value=None,
        error_messages={"invalid_choice": f"所选的{label}已没有等待公示的申报，请重新选择。"},
    )


def offer(form, waiting):
    """Fill the selects window_id and area_id of a form with what waits (queries.publicity.waiting_choices)."""
    form.windows = {window.pk: window for window, _ in waiting["windows"]}
    form.fields["window_id"].choices = [
        ("", "全部批次"), *((window.pk, f"{window_name(window)}（{count} 件）") for window, count in waiting["windows"])
    ]  # fmt: skip
    form.fields["area_id"].choices = [
        ("", "全部地区"), *((place.pk, f"{place.short_name}（{count} 件）") for place, count in waiting["areas"])
    ]  # fmt: skip


def window_name(window):
    """Return e.g. 创新型中小企业申报 2026年 江苏省 05-01 至 06-30."""
    opens, closes = timezone.localtime(window.opens_at), timezone.localtime(window.closes_at)
    return (
        f"{get_kind(window.kind).title} {window.period}年 {window.authority.short_name} {opens:%m-%d} 至 {closes:%m-%d}"
    )


class WaitingForm(forms.Form):
    """What 【补充企业】 shows: all that waits, or that of a window and an area."""

    window_id = choice_or_all("申报批次")
    area_id = choice_or_all("所在地")

    def __init__(self, data, *, waiting):
        super().__init__(data)
        offer(self, waiting)


class PublicityForm(DaysForm):
    """新建公示名单."""

    field_order = ["kind", "window_id", "area_id", "title", "starts_on", "working_days", "ends_on", "contact"]

    kind = forms.ChoiceField(label="事项", error_messages={"required": "请选择事项。"})
    window_id = choice_or_all("申报批次")
    area_id = choice_or_all("所在地")
    title = forms.CharField(
        label="标题", max_length=120, error_messages={"required": "请填写标题。", "max_length": too_long("标题")}
    )
    contact = forms.CharField(
        label="异议受理联系方式",
        max_length=120,
        help_text="公众对名单有异议时联系谁，例如“中小企业处 025-00000000”。",
        error_messages={"required": "请填写异议受理联系方式。", "max_length": too_long("异议受理联系方式")},
    )

    def __init__(self, *args, user, kind=None, **kwargs):
        """Offer the kinds of the officer's authority and suggest the rest."""
        kinds = publishable_kinds(user)
        chosen = next((one for one in kinds if one.code == kind), kinds[0] if kinds else None)
        today = timezone.localdate()
        suggested = {
            "kind": chosen.code if chosen else "",
            "title": suggested_title(user.authority, chosen, today) if chosen else "",
            "starts_on": today,
            "working_days": SUGGESTED_DAYS,
            "contact": f"{user.authority.name} {user.authority.telephone}".strip(),
        }
        super().__init__(*args, initial=suggested, **kwargs)
        waiting = waiting_choices(user.authority, [one.code for one in kinds])
        self.fields["kind"].choices = [
            (one.code, f"{one.title}（等待公示 {waiting['kinds'].get(one.code, 0)} 件）") for one in kinds
        ]
        offer(self, waiting)

    def clean(self):
        """Refuse a window of another kind."""
        cleaned = super().clean()
        window, kind = self.windows.get(cleaned.get("window_id")), cleaned.get("kind")
        if window and kind and window.kind != kind:
            self.add_error("window_id", f"所选批次属于“{get_kind(window.kind).title}”，请改选，或选择“全部批次”。")
        return cleaned


def suggested_title(authority, kind, today):
    """Return a title in the usual words: 江苏省2026年创新型中小企业公示名单."""
    return f"{authority.short_name}{today.year}年{kind.tier_title or kind.title}公示名单"


class VersionForm(forms.Form):
    """A confirmation: nothing but the version that was looked at."""

    seen_version = version_field()


class RescheduleForm(DaysForm, VersionForm):
    """修改日期 of a list in preparation."""


class AnnounceForm(VersionForm):
    """公告 with its document number."""

    document_number = forms.CharField(
        label="公告文号",
        max_length=60,
        help_text="例如“×工信企业〔2026〕1号”，会显示在公告和认定信息上。",
        error_messages={
            "required": "请填写公告文号，例如“×工信企业〔2026〕1号”。",
            "max_length": too_long("公告文号"),
        },
    )


class ReasonForm(forms.Form):
    """移出公示 with its reason."""

    reason = forms.CharField(
        label="移出原因",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明异议及核实结果，企业会看到。",
        error_messages={"required": "请填写移出原因，企业会看到。", "max_length": too_long("移出原因")},
    )
