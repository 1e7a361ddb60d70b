from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from applications.forms.fields import ChoicesField, CodeField, PercentField, stored_text

CHOICES = [("a", "甲"), ("b", "乙"), ("none", "无")]


def boxes(**options):
    return ChoicesField(label="系统", choices=CHOICES, exclusive=("none",), **options)


def refusal(field, value):
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return refused.value.messages[0]


def test_several_boxes_clean_to_a_tuple_in_the_order_of_the_choices():
    assert boxes().clean("b,a") == ("a", "b")
    assert boxes().clean(["b"]) == ("b",)


def test_none_of_them_is_an_answer_and_a_blank_is_not():
    assert boxes().clean("none") == ()
    assert refusal(boxes(), "") == "系统：此项必填，请选择。"
    assert boxes(required=False).clean("") == ()


def test_none_beside_another_box_is_refused():
    assert refusal(boxes(), "a,none") == (
        "系统：您选择的“甲、无”不能同时选择，选了“无”就不能再选其他选项，请保留其中一种。"
    )


def test_an_unknown_box_is_refused():
    assert "“x”不在可选范围内" in refusal(boxes(), "a,x")


def test_chosen_boxes_are_shown_in_words():
    assert boxes().shown("b,a") == "乙、甲"


@pytest.mark.parametrize(("typed", "value"), [("0", "0"), ("100", "100"), ("12.55", "12.55"), (" ３５．５％", "35.5")])
def test_a_percentage_from_0_to_100_is_taken_as_people_type_it(typed, value):
    assert PercentField(label="占比").clean(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "problem"), [("100.01", "大于 100"), ("-1", "小于 0"), ("很多", "不是数字"), ("1.234", "小数位数过多")]
)
def test_a_wrong_percentage_says_label_value_rule_and_remedy(typed, problem):
    message = refusal(PercentField(label="占比"), typed)
    assert message.startswith(f"占比：您填写的“{typed}”{problem}")
    assert "应为 0 至 100 之间的数字" in message
    assert message.endswith("改正。")


def test_a_blank_percentage_is_none():
    assert PercentField(label="占比", required=False).clean("") is None


def test_numbers_are_stored_plain_and_texts_as_typed():
    assert stored_text(PercentField(label="占比"), "１２．５％") == "12.5"
    assert stored_text(PercentField(label="占比"), "约 12%") == "约 12%"
    assert stored_text(CodeField(label="授权号", max_length=30), "ＺＬ ２０２１ １０１２") == "ZL20211012"
