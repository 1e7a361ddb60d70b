"""Figures as people type them: read, or refused with a sentence that says what to do."""
import re
from decimal import Decimal

from portal.tools.text import narrow_number

_NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,10})?|\.\d{1,10})")
#: From this ratio between two years on, one of them was probably typed in 元 (10,000 to 1) or the other way round.
MIX_UP = 1000
_MONEY = "万元"


class WrongFigure(Exception):
    """A figure that cannot be taken; its text is the sentence for the field."""


def read_figure(figure, typed):
    """Return the Decimal of a typed figure, or None for a blank. Raises WrongFigure."""
    text = narrow_number(typed)
    if not text:
        return None
    shown = typed.strip() if len(typed.strip()) <= 30 else f"{typed.strip()[:30]}…"
    if not _NUMBER.fullmatch(text):
        raise WrongFigure(f"{figure.label}填写的“{shown}”不是数字，{_rule(figure)}，请改正。")
    number = Decimal(text)
    if number < figure.least:
        raise WrongFigure(f"{figure.label}填写的“{shown}”小于 {figure.least}，{_rule(figure)}，请改正。")
    if number > figure.most:
        raise WrongFigure(f"{figure.label}填写的“{shown}”大于 {figure.most:,}，{_rule(figure)}，请核对后改正。")
    if number != round(number, figure.places):
        raise WrongFigure(f"{figure.label}填写的“{shown}”小数位数过多，{_rule(figure)}，请改正。")
    return number


def units_mixed_up(figure, last, before):
    """Return a sentence when two years differ so much that one was probably typed in 元, else an empty text."""
    if figure.unit != _MONEY or not last or not before:
        return ""
    if last < before * MIX_UP and before < last * MIX_UP:
        return ""
    return f"{figure.label}与前年相差 {MIX_UP} 倍以上，请核对单位是否都是万元。数字无误的可以不改。"


def _rule(figure):
    places = "整数" if figure.places == 0 else f"数字，最多 {figure.places} 位小数"
    limit = f"，不大于 {figure.most}" if figure.most <= 100 else ""
    return f"应为不小于 {figure.least} 的{places}{limit}（{figure.unit}）"
