"""Forms of the desk for the data of the 专精特新发展评价: an edition of weights, one industry mean."""
import re
from decimal import Decimal

from django import forms
from django.utils import timezone

from accounts.fields import LineField, SpokenField
from accounts.models import Industry
from applications.evaluation import check_points
from applications.evaluation.catalogue import BONUS, INDICATORS, MEAN_FIGURES
from applications.models import EvaluationWeights, IndustryMean
from applications.queries_evaluation import weights_on
from portal.tools.text import narrow_number

POINTS_PREFIX = "points_"
DIVISION_LEVEL = 2  # 大类
ALL_INDUSTRIES = "全行业（没有本大类均值时使用）"


class FigureField(SpokenField):
    """A figure from ``low`` to ``high``, both included, of at most ``places`` decimals; takes full-width digits."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, low, high, places, **options):
        self.low, self.high, self.places = low, high, places
        super().__init__(**options)

    def to_python(self, value):
        """Return a Decimal, or None for a blank."""
        typed = "" if value is None else str(value)
        text = narrow_number(typed)
        rule = f"应为 {self.low} 到 {self.high} 之间的数字，最多 {self.places} 位小数，请改正。"
        if not text:
            return None
        if not re.fullmatch(r"[+-]?\d{1,12}(\.\d*)?", text):
            self.refuse(typed, f"不是数字，{rule}")
        number = Decimal(text)
        if not self.low <= number <= self.high or number != round(number, self.places):
            self.refuse(typed, f"不符合要求，{rule}")
        return number


def _wide():
    return forms.TextInput(attrs={"class": "vLargeTextField"})


def _points_field(indicator):
    note = "" if indicator.has_data else "平台暂无数据，权重由同一维度的其他指标分担。"
    return FigureField(label=indicator.label, help_text=note or indicator.formula, low=0, high=100, places=2)


#: One field for each indicator and bonus item, in their order.
_PointsForm = type(
    "_PointsForm",
    (forms.ModelForm,),
    {f"{POINTS_PREFIX}{code}": _points_field(entry) for code, entry in {**INDICATORS, **BONUS}.items()},
)


class WeightsForm(_PointsForm):
    """A new edition of weights; it starts with the points of the one that holds today."""

    title = LineField(label="名称", max_length=120, help_text="例如 2027年权重。", widget=_wide())
    valid_from = forms.DateField(
        label="启用日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="从这一天起提交的申报使用本版本；不能早于今天。",
        error_messages={
            "required": "启用日期：此项必填，请填写。",
            "invalid": "启用日期：应为日期，例如 2027-01-01，请改正。",
        },
    )
    is_official = forms.BooleanField(
        label="官方权重",
        required=False,
        help_text="勾选后，得分旁不再显示“非官方权重”。仅在权重由工业和信息化部正式公布时勾选。",
    )
    source = LineField(
        label="来源", max_length=200, required=False, help_text="官方权重必填，例如文号。", widget=_wide()
    )

    class Meta:
        model = EvaluationWeights
        fields = ["title", "valid_from", "is_official", "source"]

    def __init__(self, *args, **kwargs):
        """Start a new edition from the present one."""
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and not self.is_bound:
            for code, points in weights_on(timezone.localdate()).points.items():
                self.initial[f"{POINTS_PREFIX}{code}"] = points

    def clean_valid_from(self):
        """Refuse a day in the past and one that another edition begins on."""
        day, today = self.cleaned_data["valid_from"], timezone.localdate()
        if day < today:
            raise forms.ValidationError(
                f"启用日期：您填写的“{day.isoformat()}”早于今天（{today.isoformat()}），新版本只对今后的提交生效，请填写今天或以后的日期。"
            )
        other = EvaluationWeights.objects.filter(valid_from=day).first()
        if other:
            raise forms.ValidationError(
                f"启用日期：{day.isoformat()} 已有版本“{other.title}”启用，每天只能启用一个版本，请换一个日期。"
            )
        return day

    def clean(self):
        """Gather the points and hold them to the rules of an edition."""
        cleaned = super().clean()
        points = {code: cleaned.get(f"{POINTS_PREFIX}{code}") for code in {**INDICATORS, **BONUS}}
        if None not in points.values():
            self.instance.points = {code: str(amount) for code, amount in points.items()}
            for problem in check_points(self.instance.points):
                self.add_error(None, problem)
        if cleaned.get("is_official") and not cleaned.get("source"):
            self.add_error("source", "来源：官方权重须写明来源，例如文号，请填写。")
        return cleaned

    def _get_validation_exclusions(self):
        # The points are gathered in clean(), the code is given by the service.
        return super()._get_validation_exclusions() | {"points", "code"}


class MeanForm(forms.ModelForm):
    """One industry mean with its source."""

    year = forms.TypedChoiceField(
        label="年度", coerce=int, help_text="均值所属的会计年度；评价使用上年度或更早年度中最新的均值。",
        error_messages={"required": "年度：此项必填，请选择。"},
    )  # fmt: skip
    division = forms.ChoiceField(label="行业大类", required=False)
    figure = forms.ChoiceField(
        label="指标",
        choices=[(code, f"{label}（{unit}）") for code, (label, unit) in MEAN_FIGURES.items()],
        error_messages={"required": "指标：此项必填，请选择。"},
    )
    value = FigureField(
        label="均值", low=-1000000, high=1000000, places=4, help_text="单位见所选指标：百分比填百分数（12.5 表示 12.5%），人均营业收入填万元/人。"
    )
    source = LineField(
        label="来源", max_length=200, help_text="例如《中国统计年鉴（2026）》表 13-2，企业在评价页面能看到。", widget=_wide()
    )

    class Meta:
        model = IndustryMean
        fields = ["year", "division", "figure", "value", "source"]

    def __init__(self, *args, **kwargs):
        """Offer the years around now and the divisions of GB/T 4754."""
        super().__init__(*args, **kwargs)
        if "year" in self.fields:
            this_year = timezone.localdate().year
            years = {*range(this_year - 8, this_year + 1), *filter(None, [self.instance.year])}
            self.fields["year"].choices = [(year, f"{year}年") for year in sorted(years, reverse=True)]
            self.fields["year"].initial = this_year - 1
            divisions = Industry.objects.filter(level=DIVISION_LEVEL).order_by("code").values_list("code", "name")
            named = [(code, f"{code} {name}") for code, name in divisions]
            self.fields["division"].choices = [("", ALL_INDUSTRIES), *named]

    def clean(self):
        """Refuse a second mean of the same thing, and one that nothing can be compared with."""
        cleaned = super().clean()
        key = [cleaned.get(name) for name in ("year", "division", "figure")]
        if None not in key:
            same = IndustryMean.objects.filter(year=key[0], division=key[1], figure=key[2]).exclude(pk=self.instance.pk)
            if known := same.first():
                label = MEAN_FIGURES[key[2]][0]
                self.add_error(
                    "value", f"均值：{key[0]}年该行业的{label}均值已经录入（{known.value.normalize():f}），请在列表中打开那一条修改。"
                )
        value = cleaned.get("value")
        if cleaned.get("figure") == "revenue_per_head" and value is not None and value <= 0:
            self.add_error("value", f"均值：您填写的“{value}”不大于 0，人均营业收入的均值须大于 0，请改正。")
        return cleaned

    def validate_constraints(self):
        """Nothing more: clean() has said it in a sentence, the database holds it."""
