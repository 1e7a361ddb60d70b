"""与上次提交的差异: what an enterprise changed between two submissions."""
from dataclasses import dataclass

from reviews.queries.content import FIELD, FILES, TABLE, YEARS, plain_value, shown_value
from reviews.queries.row_difference import row_changes


@dataclass(frozen=True)
class Change:
    """One difference. ``old`` and ``new`` are texts as a person reads them, personal ones masked.

    ``is_computed`` tells that the system computes the field, so that it followed another change by itself.
    """

    section: str
    label: str
    target: str
    old: str
    new: str
    is_computed: bool = False


def changes_between(old, new):
    """Return the list of Change from payload ``old`` to payload ``new``, in the order of the new form.

    A list is compared row by row (reviews/queries/row_difference.py).
    """
    before = {key: entry for key, *entry in _entries(old)}
    after = {key: entry for key, *entry in _entries(new)}
    computed = {target for payload in (old, new) for target in _computed_targets(payload)}
    changes = []
    for key, (section, label, target, plain, shown) in after.items():
        _, _, _, old_plain, old_shown = before.get(key, (section, label, target, "", ""))
        if plain == old_plain:
            continue
        if isinstance(plain, dict):
            changes += _of_rows(section, target, row_changes(old_plain or None, plain))
        else:
            changes.append(Change(section, label, target, old_shown, shown, target in computed))
    for key, (section, label, target, plain, shown) in before.items():
        if key in after or not plain:
            continue
        if isinstance(plain, dict):
            changes += _of_rows(section, target, row_changes(plain, None))
        else:
            changes.append(Change(section, label, target, shown, "", target in computed))
    return changes


def _computed_targets(payload):
    """Yield the targets of fields and rows that the system computes."""
    for section in payload["sections"]:
        for item in section["items"]:
            rows = item["rows"] if item["type"] == YEARS else [item] if item["type"] == FIELD else []
            yield from (f"{section['key']}.{row['key']}" for row in rows if row["computed"])


def _of_rows(section, target, rows):
    return [Change(section, label, target, old, new) for label, old, new in rows]


def _entries(payload):
    """Yield (key, section title, label, target, what to compare, text to show) of every value in a payload."""
    yield ("name",), "申报件", "企业名称", "", payload["enterprise"]["name"], payload["enterprise"]["name"]
    yield ("region",), "申报件", "企业注册地", "", payload["region"], payload["region"]
    files = {}
    for file in payload["attachments"]:
        files.setdefault(file["slot"], []).append(file)
    for section in payload["sections"]:
        for item in section["items"]:
            for key, label, target, plain, shown in _item_entries(section["key"], item, files):
                yield (section["key"], *key), section["title"], label, target, plain, shown


def _item_entries(section, item, files):
    target = f"{section}.{item['key']}"
    if item["type"] == FIELD:
        unit = item["unit"]
        shown = shown_value(item)
        yield (item["key"],), item["label"], target, plain_value(item), f"{shown} {unit}".strip() if shown else ""
    elif item["type"] == YEARS:
        for row in item["rows"]:
            for year, shown in zip(item["years"], row["shown"], strict=True):
                text = f"{shown} {row['unit']}".strip() if shown else ""
                yield (row["key"], year), f"{row['label']}（{year}）", f"{section}.{row['key']}", shown, text
    elif item["type"] == TABLE:
        yield (item["key"],), item["label"], target, item, ""
    elif item["type"] == FILES:
        own = sorted(files.get(item["slot"], []), key=lambda file: file["sha256"])
        hashes = " ".join(file["sha256"] for file in own)
        yield (item["key"],), item["label"], target, hashes, "\n".join(file["name"] for file in own)
