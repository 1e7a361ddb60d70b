import datetime

import pytest
from django import forms
from django.forms.renderers import get_default_renderer
from django.test.html import parse_html

from applications.forms.fields import BoxesWidget
from applications.forms.plain_widgets import PLAIN_RENDERER, PlainRenderer

NASTY = "<b>\"引号\"&'撇'</b>"
CHOICES = [("a", "甲"), ("b", NASTY), (NASTY, "丙")]
ATTRS = {"id": "f-x", "data-limit": 20, "readonly": True, "disabled": False, "class": "wide", "aria-label": NASTY}


@pytest.mark.parametrize("value", ["", None, "a", NASTY, "0", 12])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput(), forms.NumberInput(), forms.EmailInput(), forms.HiddenInput(), forms.Textarea(),
        forms.CheckboxInput(), forms.Select(choices=CHOICES), forms.RadioSelect(choices=CHOICES),
    ],
    ids=lambda widget: type(widget).__name__,
)  # fmt: skip
def test_a_widget_looks_as_djangos_template_makes_it(widget, value):
    for attrs in ({}, ATTRS):
        plain = widget.render("section-x", value, attrs, PLAIN_RENDERER)
        assert parse_html(plain) == parse_html(widget.render("section-x", value, attrs, get_default_renderer()))


def test_several_boxes_and_dates_look_as_djangos_templates_make_them():
    for widget, value in (
        (BoxesWidget(choices=CHOICES), ["a", NASTY]),
        (forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), datetime.date(2026, 5, 8)),
        (forms.Select(choices=[("组", CHOICES)]), "a"),
    ):
        plain = widget.render("section-x", value, ATTRS, PLAIN_RENDERER)
        assert parse_html(plain) == parse_html(widget.render("section-x", value, ATTRS, get_default_renderer()))


def test_text_of_a_user_stays_text():
    assert "<b>" not in forms.Textarea().render("x", NASTY, {}, PlainRenderer())
    assert "<b>" not in forms.TextInput().render("x", NASTY, {"title": NASTY}, PlainRenderer())
