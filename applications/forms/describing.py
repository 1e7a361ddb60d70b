"""What a snapshot says of a filled form (docs/snapshot.md): labels, values as shown, units, computed fields."""
import datetime
from decimal import Decimal

from django import forms

from accounts.models import Industry, Region
from applications.forms.fields import ChoicesField
from applications.forms.layout import YEARS, Fields, RowList, YearsTable
from portal.tools.crypto import seal
from reviews.kinds import Description

#: A growth rate needs the year before, which the oldest year does not have.
NOT_APPLICABLE = "—"
#: The note of a field that is not asked for, given the answer that it depends on.
NOT_ASKED = "不适用"


def describe_form(form, assessment):
    """Return the Description of a FilledForm with its Assessment."""
    return Description(
        sections=[_section(form, section) for section in form.sections],
        assessment=assessment.as_payload(),
        evidence_labels=form.slots(),
        warnings=[
            {"section": found.section, "field": found.field, "label": found.label, "message": found.message}
            for found in form.warnings
        ],
    )


def _section(form, section):
    items = []
    for block in section.layout:
        if isinstance(block, Fields):
            items += [_field(form, section, name) for name in block.names]
        elif isinstance(block, YearsTable):
            items.append(_years(form, section, block))
        elif isinstance(block, RowList):
            items.append(_table(section, block))
        else:
            label = section.label_of(block.key)
            items.append({"type": "files", "key": block.key, "label": label, "slot": section.slot(block)})
    return {"key": section.key, "title": section.title, "items": items}


def _field(form, section, name):
    if name in section.derived:
        derived = form.derived[section.key, name]
        value, shown, note, computed, personal = derived.shown, derived.shown, derived.note, True, False
    elif not section.applies(name):
        value, shown, note, computed, personal = "", "", NOT_ASKED, False, False
    else:
        value, shown, note, computed = section.raw(name), shown_value(form, section, name), "", False
        personal = name in section.personal
    return {
        "type": "field",
        "key": name,
        "label": section.label_of(name),
        "value": seal(value) if personal else value,
        "shown": seal(shown) if personal else shown,
        "unit": section.units.get(name, ""),
        "note": note,
        "computed": computed,
        "personal": personal,
    }


def shown_value(form, section, name):
    """Return a field's value as a person reads it; what is not valid is shown as typed."""
    value, raw = form.facts.get(name), section.raw(name)
    if value is None or raw == "":
        return raw
    return shown_answer(section.fields[name], value, raw)


def shown_answer(field, value, raw):
    """Return a valid answer as a person reads it: ``value`` is its typed value, ``raw`` what was typed."""
    if isinstance(field, ChoicesField):
        return field.shown(raw)
    if isinstance(field.widget, forms.CheckboxInput):
        return "已声明"
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(raw, raw))
    return show(value)


def show(value):
    """Return a typed value in the form a person reads: 1,234.5, a region's full name, an industry with its code."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Region):
        return value.full_name
    if isinstance(value, Industry):
        return f"{value.code} {value.name}"
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def _years(form, section, table):
    return {
        "type": "years",
        "key": table.key,
        "label": table.label,
        "years": [form.year_names[year] for year in YEARS],
        "rows": [_row(form, section, row) for row in table.rows],
    }


def _row(form, section, row):
    if row.computed:
        results = [form.computed.get(f"{row.key}_{year}") for year in YEARS]
        values = [str(result.value) if result and result.value is not None else "" for result in results]
        shown = [NOT_APPLICABLE if result is None else result.figure for result in results]
        notes = [result.reason if result else "" for result in results]
    else:
        names = [f"{row.key}_{year}" for year in YEARS]
        values = [section.raw(name) for name in names]
        shown = [shown_value(form, section, name) for name in names]
        notes = [""] * len(YEARS)
    return {
        "key": row.key,
        "label": row.shown_label,
        "unit": row.unit,
        "computed": row.computed,
        "values": values,
        "shown": shown,
        "notes": notes,
    }


def _table(section, block):
    """A list: its rows in words, with their ids, so that two submissions can be compared row by row."""
    applies, columns = section.applies(block.key), block.row.base_fields
    rows = section.lists[block.key].filled if applies else []
    return {
        "type": "table",
        "key": block.key,
        "label": block.label,
        "note": "" if applies else NOT_ASKED,
        "columns": [
            {"key": column, "label": field.label, "unit": block.row.units.get(column, "")}
            for column, field in columns.items()
        ],
        "ids": [row.id for row in rows],
        "rows": [[_cell(row, column, field) for column, field in columns.items()] for row in rows],
    }


def _cell(row, column, field):
    """Return the shown value of a cell; what is not valid is shown as typed."""
    if not row.applies(column):
        return NOT_APPLICABLE
    value, raw = row.cleaned[column], row.raw(column)
    return raw if value is None or raw == "" else shown_answer(field, value, raw)


def row_in_words(row):
    """Return a row of a list in one line: 第 2 项：名称 某专利；授权日期 2024-05-08."""
    words = [
        f"{field.label} {_cell(row, column, field)}"
        for column, field in row.block.row.base_fields.items()
        if row.raw(column)
    ]
    return f"第 {row.number} 项：{'；'.join(words)}"
