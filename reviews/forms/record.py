"""The forms of 实地抽查 and 专家意见, and of 转交."""
from django import forms
from django.utils import timezone

from reviews.enums import VisitResult
from reviews.forms.decision import version_field
from reviews.forms.objection import FilesField, text_field
from reviews.forms.publicity import date_field

FILES_HELP = (
    "可一次选择多个文件，最多 10 个；支持 pdf、word、excel、jpg、png、zip。页面提示改正后，文件需要重新选择。"
)


class VisitForm(forms.Form):
    """添加实地抽查记录."""

    visited_on = date_field("抽查日期")
    people = text_field("抽查人员", 200, "参加抽查的主管部门人员和企业陪同人员。")
    result = forms.ChoiceField(
        label="抽查结果",
        choices=[("", "请选择"), *VisitResult.choices],
        error_messages={"required": "请选择抽查结果。"},
    )
    text = text_field("情况说明", 2000, "写明看了什么、与申报内容是否一致、哪里不一致。", rows=6)
    files = FilesField(label="照片和材料", required=False, help_text=FILES_HELP)

    def __init__(self, *args, **kwargs):
        """Suggest today."""
        super().__init__(*args, initial={"visited_on": timezone.localdate()}, **kwargs)


class OpinionRecordForm(forms.Form):
    """添加专家意见."""

    expert = text_field("专家", 40)
    organisation = text_field("单位", 120, required=False)
    given_on = date_field("评审日期")
    score = forms.DecimalField(
        label="评分",
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        help_text="0 至 100，最多两位小数；没有评分可以留空。",
        error_messages={
            **dict.fromkeys(
                ("min_value", "max_value", "max_digits", "max_whole_digits"),
                "评分应在 0 至 100 之间，请改正；没有评分可以留空。",
            ),
            "invalid": "评分应为数字，例如 86.5，请改正；没有评分可以留空。",
            "max_decimal_places": "评分最多两位小数，请改正。",
        },
    )
    text = text_field("意见", 2000, "", rows=6)
    files = FilesField(label="材料", required=False, help_text=FILES_HELP)

    def __init__(self, *args, **kwargs):
        """Suggest today."""
        super().__init__(*args, initial={"given_on": timezone.localdate()}, **kwargs)


class HandOverForm(forms.Form):
    """转交: to whom, and why."""

    seen_version = version_field()
    handler = forms.ChoiceField(label="转交给", error_messages={"required": "请选择转交给哪位同事。"})
    note = text_field("说明", 200, "对方会在系统消息中看到，例如“请先核对审计报告”。", rows=2, required=False)

    def __init__(self, *args, colleagues=(), **kwargs):
        """Offer the colleagues."""
        super().__init__(*args, **kwargs)
        self.fields["handler"].choices = [
            ("", "请选择"), *((str(person.pk), f"{person}（{person.get_role_display()}）") for person in colleagues)
        ]
        self.fields["handler"].error_messages["invalid_choice"] = (
            "所选人员已不在本部门，或已不能办理审核，请重新选择。"
        )
