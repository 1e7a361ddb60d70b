"""The buttons of a list on a page without script: add a row, remove a row. Both save the page as well."""
from dataclasses import dataclass

from django.contrib import messages

from applications.forms.rows import ID, new_row_id
from reviews.kinds import get_kind


@dataclass(frozen=True)
class Pressed:
    """What pressing a button of a list has done: where the page opens again, and what it says."""

    anchor: str
    message: str
    level: int = messages.SUCCESS


def pressed_list_button(filing, data, values):
    """Add the row to ``values`` or take it out; return what was Pressed, or None when it was another button."""
    if "add" in data:
        return _changed(filing, values, *data["add"].partition("-")[::2], _add)
    if "drop" in data:
        section_key, _, rest = data["drop"].partition("-")
        list_key, _, row_id = rest.partition("-")
        return _changed(filing, values, section_key, list_key, _drop, row_id)
    return None


def _changed(filing, values, section_key, list_key, change, *details):
    form = get_kind(filing.kind).fill(filing, attachments=())
    section = form.by_key.get(section_key)
    if section is None or list_key not in section.lists:
        return None
    return change(section, section.lists[list_key].block, values[section_key].setdefault(list_key, []), *details)


def _add(section, block, rows):
    if len(rows) >= block.max_rows:
        message = f"{block.label}已有 {len(rows)} 项，最多 {block.max_rows} 项，没有添加。其余内容已暂存。"
        return Pressed(section.anchor(block.key), message, messages.WARNING)
    row_id = new_row_id()
    rows.append({ID: row_id})
    first = next(iter(block.row.base_fields))
    return Pressed(section.anchor(f"{block.key}-{row_id}-{first}"), f"已添加一项{block.label}，其余内容已暂存。")


def _drop(section, block, rows, row_id):
    rows[:] = [row for row in rows if row[ID] != row_id]
    return Pressed(section.anchor(block.key), f"已移除一项{block.label}，其余内容已暂存。")
