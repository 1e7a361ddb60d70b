"""Computed fields (自动计算字段): name -> inputs -> function, one function for each rule.

Autosave, submit, the standards and the development evaluation all read this registry, so a ratio has one formula and
one way to be shown. Money is in 万元, head counts in 人, ratios in percent. A fact is a Decimal or an int, never a
float; None means blank.

Years: y1 = 上年度 (the last full accounting year), y2 = 上上年度, y3 = the year before that. Pass ``year_names``
(``{"y1": "2025年", ...}``) and every label names the calendar year.

``figures.py`` reads and shows numbers, ``formulas.py`` has the rules, ``fields.py`` the field and its result,
``registry.py`` the list of all fields.
"""
from applications.computed.fields import INPUT_LABELS, YEAR_NAMES, ComputedField, ComputedResult, input_label
from applications.computed.figures import amount, number, plain, round_percent, show_percent
from applications.computed.registry import FIELDS, compute_all

__all__ = [
    "FIELDS",
    "INPUT_LABELS",
    "YEAR_NAMES",
    "ComputedField",
    "ComputedResult",
    "amount",
    "compute_all",
    "input_label",
    "number",
    "plain",
    "round_percent",
    "show_percent",
]
