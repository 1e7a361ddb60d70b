"""企业数字化转型水平: the result of the newest complete 数字化水平评测, never typed (manual 图17, domain.md §4.1, §5.2)."""
from decimal import Decimal, InvalidOperation

from django import forms

from accounts.fields import LineField, OptionField
from applications.digital_assessment import level_title
from applications.forms.base import Section
from applications.forms.fields import DayField
from applications.forms.layout import Fields

NOT_TESTED = "还没有有效的数字化水平评测。请点击【去自评】完成两个阶段的评测，完成后本页自动取得最新结果。"
LEVELS = tuple((str(level), level_title(level)) for level in range(5))


class LevelField(OptionField):
    """A level by number, shown in words; cleans to an int from 0 to 4, None when there is no assessment."""

    widget = forms.TextInput

    def prepare_value(self, value):
        """Return the level in words."""
        return dict(self.choices).get(str(value), "")

    def clean(self, value):
        """Return the level as a number."""
        text = super().clean(value)
        return int(text) if text else None


class ScoreField(LineField):
    """Points of the assessment; cleans to a Decimal, None when there is no assessment."""

    def clean(self, value):
        """Return the points as a number."""
        text = super().clean(value)
        try:
            return Decimal(text) if text else None
        except InvalidOperation:
            self.refuse(text, "不是数字，请重新完成数字化水平评测。")


class DigitalSection(Section):
    """Level, score and day of the newest complete assessment; the kind gives the values."""

    key = "digital"
    title = "企业数字化转型水平"
    intro = (
        "自动取得企业最新一次有效的数字化水平评测结果，不能修改。两个阶段都完成、获得最终等级和得分的，为有效评测。"
        "需要更新结果的，请重新评测。"
    )
    fixed = frozenset({"digital_level", "digital_score", "digital_date"})
    conditional = frozenset({"digital_score", "digital_date"})
    units = {"digital_score": "分"}
    layout = (Fields(("digital_level", "digital_score", "digital_date")),)

    digital_level = LevelField(label="数字化水平等级", choices=LEVELS)
    digital_score = ScoreField(label="数字化水平评测得分", max_length=12, required=False)
    digital_date = DayField(label="评测完成日期", required=False, widget=forms.TextInput)

    def __init__(self, **options):
        super().__init__(**options)
        # SpokenField sets its own sentence; here the remedy is another one.
        self.fields["digital_level"].error_messages["required"] = NOT_TESTED
