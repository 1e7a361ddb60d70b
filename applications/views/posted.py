"""Reading the fill-in form out of a request.

The rows of a list come as ``section-list`` once for each row (its id, in the order of the page; once empty when the
list has no row) and ``section-list-row-column`` for each cell.
"""
from django import forms

from applications.forms.fields import SEPARATOR, ChoicesField
from applications.forms.rows import ID
from reviews.kinds import get_kind


def posted_values(filing, data, sections=None, only=None):
    """Return {section: {field: text, list: [row]}} of what was posted.

    ``sections`` narrows to some sections, ``only`` to some HTML names of fields and lists. A browser sends nothing for
    an empty box, so a section that is posted empties its boxes. Other fields that are absent stay as they are, and so
    does a list of which nothing was posted.
    """
    rows = _posted_rows(data)
    values = {}
    for section in get_kind(filing.kind).parts(filing, sections):
        posted = {
            name: text
            for name, field in section.fields.items()
            if only is None or section.add_prefix(name) in only
            if (text := _text(field, section.add_prefix(name), data)) is not None
        }
        for block in section.row_lists():
            html_name = section.add_prefix(block.key)
            cells = rows.get(html_name, {})
            if (html_name in data or cells) and (only is None or html_name in only):
                posted[block.key] = _rows(block, html_name, cells, data)
        values[section.key] = posted
    return values


def _text(field, html_name, data):
    """Return what was posted for a field, "" for empty boxes, None when it was not posted."""
    if isinstance(field, ChoicesField):
        return SEPARATOR.join(data.getlist(html_name))
    if html_name in data:
        return data[html_name]
    return "" if isinstance(field.widget, forms.CheckboxInput) else None


def _posted_rows(data):
    """Return {html name of a list: {row id: set of columns}} of the cells in a request."""
    found = {}
    for name in data:
        parts = name.split("-")
        if len(parts) == 4:
            section, block, row_id, column = parts
            found.setdefault(f"{section}-{block}", {}).setdefault(row_id, set()).add(column)
    return found


def _rows(block, html_name, cells, data):
    """Return the rows of one list in the order of the page."""
    rows = []
    for row_id in dict.fromkeys([row_id for row_id in data.getlist(html_name) if row_id] + list(cells)):
        texts = {
            column: text
            for column, field in block.row.base_fields.items()
            if (text := _text(field, f"{html_name}-{row_id}-{column}", data)) is not None
        }
        rows.append({ID: row_id} | texts)
    return rows


def seen_version(data):
    """Return the version that the page was made from; 0, which no filing has, for anything unreadable."""
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
