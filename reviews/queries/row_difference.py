"""What changed in a list between two submissions: which row was added, removed or changed, and in which columns."""


def row_changes(old, new):
    """Return [(label, old text, new text)] from the table item ``old`` to ``new``; None stands for no table.

    Rows belong together by their ids; rows without (snapshots of before, rows typed anew) by equal content.
    """
    before, after = _rows(old), _rows(new)
    pairs = _pairs(before, after)
    label = (new or old)["label"]
    changes = []
    for position, row in enumerate(after):
        number = position + 1
        if position not in pairs:
            changes.append((f"{label}第 {number} 项（新增）", "", _words(row["cells"])))
        elif texts := _changed_cells(before[pairs[position]]["cells"], row["cells"]):
            changes.append((f"{label}第 {number} 项（修改）", *texts))
    for position, row in enumerate(before):
        if position not in pairs.values():
            changes.append((f"{label}原第 {position + 1} 项（移除）", _words(row["cells"]), ""))
    return changes


def _rows(item):
    """Return [{"id", "cells": {column key: (label, unit, shown)}}] of a table item."""
    if item is None:
        return []
    ids = item.get("ids") or [""] * len(item["rows"])
    return [
        {
            "id": row_id,
            "cells": {
                column["key"]: (column["label"], column["unit"], shown)
                for column, shown in zip(item["columns"], row, strict=True)
            },
        }
        for row_id, row in zip(ids, item["rows"], strict=True)
    ]


def _pairs(before, after):
    """Return {position after: position before} of the rows that belong together."""
    by_id = {row["id"]: position for position, row in enumerate(before) if row["id"]}
    pairs = {position: by_id[row["id"]] for position, row in enumerate(after) if row["id"] in by_id}
    left = [position for position in range(len(before)) if position not in pairs.values()]
    for position, row in enumerate(after):
        if position in pairs:
            continue
        equal = next((each for each in left if before[each]["cells"] == row["cells"]), None)
        if equal is not None:
            pairs[position] = equal
            left.remove(equal)
    return pairs


def _changed_cells(old, new):
    """Return (old words, new words) of the cells that differ, () for none; a column that one lacks is blank there."""
    known = {**old, **new}
    changed = [key for key in known if old.get(key, ("", "", ""))[2] != new.get(key, ("", "", ""))[2]]
    if not changed:
        return ()
    return tuple(
        _words({key: cells.get(key, (*known[key][:2], "")) for key in changed}, blanks=True) for cells in (old, new)
    )


def _words(cells, *, blanks=False):
    """Return one line for each cell: label, value, unit; blank cells only when asked for."""
    return "\n".join(
        f"{label}：{f'{shown} {unit}'.strip() if shown else '（空）'}"
        for label, unit, shown in cells.values()
        if shown or blanks
    )
