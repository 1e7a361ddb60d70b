"""Reading the fill-in form out of a request."""
from django import forms

from reviews.kinds import get_kind


def posted_values(filing, data, sections=None):
    """Return {section: {field: text}} of what was posted; ``sections`` narrows to some.

    A browser sends nothing for an empty box, so a section that is posted empties its boxes. Other fields that are
    absent stay as they are.
    """
    values = {}
    for section in get_kind(filing.kind).fill(filing, attachments=()).sections:
        if sections is not None and section.key not in sections:
            continue
        posted = {}
        for name, field in section.fields.items():
            html_name = section.add_prefix(name)
            if html_name in data:
                posted[name] = data[html_name]
            elif isinstance(field.widget, forms.CheckboxInput):
                posted[name] = ""
        values[section.key] = posted
    return values


def seen_version(data):
    """Return the version that the page was made from; 0, which no filing has, for anything unreadable."""
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
