"""A snapshot's payload (docs/snapshot.md) as rows for the filing page. Personal values come out masked."""
import re

from portal.tools.crypto import mask, unseal

FIELD, YEARS, TABLE, FILES = "field", "years", "table", "files"
#: A list with more columns, or with a text longer than this (characters), is shown row by row and not as a table.
MOST_COLUMNS = 6
LONG_TEXT = 80
#: The year in the name of a field of a years table.
_YEAR = re.compile(r"_y\d$")


def plain_value(item):
    """Return the shown text of a field as it was typed, personal values unsealed; for comparing only."""
    return unseal(item["shown"])


def shown_value(item):
    """Return the shown text of a field, personal values with their middle hidden."""
    return mask(plain_value(item)) if item["personal"] else item["shown"]


def reads_as_records(item):
    """Tell whether a list is too wide for a table: many columns, or texts that need the width of the page."""
    return len(item["columns"]) > MOST_COLUMNS or any(
        len(cell) > LONG_TEXT or "\n" in cell for row in item["rows"] for cell in row
    )


def records_of(item):
    """Return the rows of a list as [[(column, shown), ...], ...], for showing them one below the other."""
    return [list(zip(item["columns"], row, strict=True)) for row in item["rows"]]


def personal_value(payload, target):
    """Return (label, plain text) of a personal field, or None when ``section.field`` names no such field."""
    for section in payload["sections"]:
        for item in section["items"]:
            if item["type"] == FIELD and item["personal"] and f"{section['key']}.{item['key']}" == target:
                return item["label"], plain_value(item)
    return None


def targets_of(payload):
    """Return {``section.field``: label} of everything that an officer may comment on."""
    targets = {}
    for section in payload["sections"]:
        for item in section["items"]:
            if item["type"] == YEARS:
                targets |= {f"{section['key']}.{row['key']}": row["label"] for row in item["rows"]}
            else:
                targets[f"{section['key']}.{item['key']}"] = item["label"]
    return targets


def target_of_warning(warning, targets):
    """Return the target that a warning of the payload belongs to, or "" when the form has no such row.

    ``field`` of a warning is a field, a year of a row (revenue_y1) or a cell of a list (ip-a1-number).
    """
    field = warning["field"]
    for name in (field, _YEAR.sub("", field), field.split("-", 1)[0]):
        if f"{warning['section']}.{name}" in targets:
            return f"{warning['section']}.{name}"
    return ""


def sections_of(payload, comments=None, changed=(), warnings=None):
    """Return the sections of a payload for the template, each row with its target, comments and 已修改 mark.

    ``comments`` is {target: [FieldComment]}; ``changed`` the targets that differ from the last submission;
    ``warnings`` {target: [sentence]} of what looks odd there.
    Neighbouring fields are gathered in one block, so that a page is a few tables and not a hundred.
    """
    files = {}
    for file in payload["attachments"]:
        files.setdefault(file["slot"], []).append(file)
    marks = comments or {}, changed, warnings or {}
    sections = []
    for section in payload["sections"]:
        blocks = []
        for item in section["items"]:
            target = f"{section['key']}.{item['key']}"
            if item["type"] == YEARS:
                blocks.append(_years(section["key"], item, marks))
                continue
            row = _row(target, item["label"], marks)
            if item["type"] == FIELD:
                row |= {key: item[key] for key in ("unit", "note", "computed", "personal")}
                row["shown"] = shown_value(item)
            elif item["type"] == TABLE:
                row |= {"columns": item["columns"], "rows": item["rows"], "note": item.get("note", "")}
                row["records"] = records_of(item) if reads_as_records(item) else None
            else:
                row["files"] = files.pop(item["slot"], [])
            if item["type"] == TABLE:
                blocks.append({"type": TABLE, "row": row})
            elif blocks and blocks[-1]["type"] == item["type"]:
                blocks[-1]["rows"].append(row)
            else:
                blocks.append({"type": item["type"], "rows": [row]})
        sections.append({"key": section["key"], "title": section["title"], "blocks": blocks})
    return sections, [file for left in files.values() for file in left]


def _row(target, label, marks):
    comments, changed, warnings = marks
    return {
        "target": target,
        "label": label,
        "comments": comments.get(target, []),
        "changed": target in changed,
        "warnings": warnings.get(target, []),
    }


def _years(section, item, marks):
    rows = [
        _row(f"{section}.{row['key']}", row["label"], marks)
        | {
            "unit": row["unit"],
            "computed": row["computed"],
            "cells": list(zip(row["shown"], row["notes"], strict=True)),
        }
        for row in item["rows"]
    ]
    return {"type": YEARS, "label": item["label"], "years": item["years"], "rows": rows}
