"""企业规模 by 《中小企业划型标准规定》 (工信部联企业〔2011〕300号; domain.md §6). A rule over rows of data.

An enterprise is an SME when ANY upper bound of its industry's row holds; it is medium when ALL medium bounds hold,
small when ALL small bounds hold, otherwise micro. Above every upper bound it is large. “以上” includes the number.
"""
from dataclasses import dataclass
from decimal import Decimal

from accounts.enums import SizeClass
from accounts.queries import size_standards

FIGURE_LABELS = {"employees": "上年末从业人员", "revenue": "上年度营业收入", "assets": "上年末资产总额"}
SHORT_LABELS = {"employees": "从业人员", "revenue": "营业收入", "assets": "资产总额"}
UNITS = {"employees": "人", "revenue": "万元", "assets": "万元"}

#: 门类 of GB/T 4754-2017 and the last 大类 of each, in order.
LAST_DIVISION = {
    "A": 5, "B": 12, "C": 43, "D": 46, "E": 50, "F": 52, "G": 60, "H": 62, "I": 65, "J": 69,
    "K": 70, "L": 72, "M": 75, "N": 79, "O": 82, "P": 83, "Q": 85, "R": 90, "S": 96, "T": 97,
}  # fmt: skip


@dataclass(frozen=True)
class SizeResult:
    """A size class, or None with the reason; ``missing`` holds the labels of figures that the row needs."""

    size_class: SizeClass | None
    row_name: str
    explanation: str
    missing: tuple[str, ...] = ()


def size_class(industry_code, employees, revenue, assets, standards=None):
    """Return the SizeResult for a 小类 code, persons, 万元 and 万元; a figure may be None.

    ``standards`` are SizeStandard rows; without them the newest edition is read from the database.
    """
    if not industry_code:
        return SizeResult(None, "", "选择所属行业后自动判定企业规模。", ("所属行业",))
    if standards is None:
        standards = size_standards()
    row = matching_standard(industry_code, standards)
    if row is None:
        return SizeResult(None, "", f"行业 {industry_code} 不在《中小企业划型标准规定》划型范围内，不判定企业规模。")
    figures = {"employees": employees, "revenue": revenue, "assets": assets}
    needed = [name for name in figures if any(name in row.bounds[key] for key in ("sme", "medium", "small"))]
    missing = tuple(FIGURE_LABELS[name] for name in needed if figures[name] is None)
    if missing:
        return SizeResult(None, row.industry_name, f"填写{'、'.join(missing)}后自动判定企业规模。", missing)
    figures = {name: Decimal(figures[name]) for name in needed}
    found = _class_of(figures, row.bounds)
    return SizeResult(found, row.industry_name, _explain(found, figures, row))


def matching_standard(industry_code, standards):
    """Return the row with the longest prefix that fits the code, or None; a letter stands for its 门类."""
    best, best_length = None, -1
    names = (industry_code, section_of(industry_code))
    for row in standards:
        if any(industry_code.startswith(prefix) for prefix in row.excluded):
            continue
        for prefix in row.prefixes:
            length = 0 if prefix.isalpha() else len(prefix)
            if length > best_length and (prefix in names or industry_code.startswith(prefix)):
                best, best_length = row, length
    return best


def section_of(industry_code):
    """Return the 门类 letter of a numeric code, or "" when there is none."""
    division = int(industry_code[:2]) if industry_code[:2].isdigit() else 0
    return next((letter for letter, last in LAST_DIVISION.items() if 0 < division <= last), "")


def _class_of(figures, bounds):
    if not any(figures[name] < bound for name, bound in bounds["sme"].items()):
        return SizeClass.LARGE
    for name, found in (("medium", SizeClass.MEDIUM), ("small", SizeClass.SMALL)):
        if all(figures[figure] >= bound for figure, bound in bounds[name].items()):
            return found
    return SizeClass.MICRO


def bounds_in_words(row):
    """Return the upper bound of SMEs, the bound of medium and that of small enterprises of a SizeStandard row."""
    medium, small = (_words(row.bounds[name], "≥", "且") for name in ("medium", "small"))
    return _words(row.bounds["sme"], "＜", "或"), medium, small


def _explain(found, figures, row):
    given = "、".join(f"{SHORT_LABELS[name]} {_number(value)} {UNITS[name]}" for name, value in figures.items())
    sme, medium, small = bounds_in_words(row)
    reason = {
        SizeClass.LARGE: f"不满足中小微企业上限（{sme}）",
        SizeClass.MEDIUM: f"满足中小微企业上限（{sme}），达到中型标准（{medium}）",
        SizeClass.SMALL: f"未达到中型标准（{medium}），达到小型标准（{small}）",
        SizeClass.MICRO: f"未达到小型标准（{small}）",
    }[found]
    return f"按“{row.industry_name}”划型标准：{given}，{reason}，判定为{found.label}企业。"


def _words(bounds, sign, joint):
    # In the order of the labels: PostgreSQL keeps the keys of JSON in an order of its own.
    return joint.join(
        f"{label}{sign}{_number(Decimal(bounds[name]))} {UNITS[name]}"
        for name, label in SHORT_LABELS.items()
        if name in bounds
    )


def _number(value):
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
