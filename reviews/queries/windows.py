"""Reads of the history of a window (申报开放时间)."""
from dataclasses import dataclass

from django.utils import timezone

from reviews.kinds import get_kind

CHANGES_SHOWN = 30
_LABELS = {"kind": "事项", "period": "年度", "opens_at": "开放时间", "closes_at": "截止时间", "note": "说明"}


@dataclass(frozen=True)
class Change:
    """One change of a window: when, who, and what in words; ``is_first`` for the making of it."""

    at: object
    who: object
    words: list
    is_first: bool


def changes_of(window):
    """Return the Changes of a window, newest first; one query."""
    rows = list(window.history.select_related("history_user").order_by("-history_id")[: CHANGES_SHOWN + 1])
    found = []
    for row, before in zip(rows, [*rows[1:], None], strict=True):
        words = [
            f"{label}：{_shown(name, row)}"
            if before is None
            else f"{label}由 {_shown(name, before)} 改为 {_shown(name, row)}"
            for name, label in _LABELS.items()
            if before is None or _shown(name, before) != _shown(name, row)
        ]
        if words:
            found.append(Change(row.history_date, row.history_user, words, row.history_type == "+"))
    return found[:CHANGES_SHOWN]


def _shown(name, row):
    value = getattr(row, name)
    if name in ("opens_at", "closes_at"):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if name == "kind":
        return get_kind(value).title
    return f"“{value}”" if name == "note" else str(value)
