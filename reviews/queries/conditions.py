"""The conditions (筛选条件) of a work list as an address carries them: read, put into words, written again.

Everybody who links to the list uses these parameters. A choice that is not offered is ignored; a figure that cannot be
read is named in ``problems`` and left out.
"""
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.http import QueryDict
from django.utils.http import urlencode

from portal.tools.text import narrow, narrow_number, tidy
from reviews.enums import State
from reviews.queries.choices import ALL, AREA_LABELS, MINE, Choices

#: The choices, in the order of an address. Areas stand above those that depend on them.
CHOICES = {
    "scope": "范围", "kind": "事项", "tier": "梯度", "renewal": "申报或复核", "window": "批次", **AREA_LABELS,
    "industry": "行业门类", "verdict": "自评结论", "due": "期限", "waited": "已等待（工作日）", "warning": "核验提示",
    "handler": "经办人", "desk": "当前部门",
}  # fmt: skip
#: The figures: label, unit.
FIGURES = {"score_from": ("自评得分下限", "分"), "score_to": ("自评得分上限", "分"), "returned_before": ("退回未重报满", "天")}
LABELS = CHOICES | {name: label for name, (label, _) in FIGURES.items()} | {"q": "查找"}
#: What makes sense only while a filing is under review, and only after it was returned.
IN_REVIEW_ONLY = {"due", "waited", "handler", "desk"}
RETURNED_ONLY = {"returned_before"}
#: Digits of the largest id that is looked up.
MOST_DIGITS = 18
MOST_SCORE = 200
MOST_DAYS = 999
MOST_CHARACTERS = 120
NO_EFFECT = "这个条件没有生效。"


@dataclass
class Conditions:
    """What narrows a list. ``values`` are in force; ``typed`` is what stands in the fields, wrong or right."""

    user: object
    choices: Choices
    values: dict
    typed: dict
    problems: list = field(default_factory=list)

    @property
    def scope(self):
        """The part of the jurisdiction that is shown."""
        return self.values["scope"]

    def get(self, name):
        """Return the value of a condition in force as text, or ""."""
        return self.values.get(name, "")

    def query_string(self, **changes):
        """Return the conditions in force as a query string; ``changes`` replace them, "" takes one away.

        Without an area, those below it go too.
        """
        values = self.values | changes
        columns = list(AREA_LABELS)
        for place, name in enumerate(columns):
            if name in changes and changes[name] != self.get(name):
                values |= dict.fromkeys(columns[place + 1 :], "") | {name: changes[name]}
        kept = [(name, values[name]) for name in LABELS if values.get(name)]
        return urlencode([entry for entry in kept if entry != ("scope", MINE)])

    @property
    def bare_query(self):
        """Return the query string of the same scope and kind without any further condition."""
        return self.query_string(**{name: "" for name in LABELS if name not in ("scope", "kind")})

    def scope_query(self, scope):
        """Return the query string of another part of the jurisdiction, without what makes no sense there."""
        gone = set() if scope in (MINE, ALL, State.IN_REVIEW) else IN_REVIEW_ONLY
        gone |= set() if scope in (ALL, State.RETURNED) else RETURNED_ONLY
        return self.query_string(scope=scope, **dict.fromkeys(gone, ""))

    @property
    def chips(self):
        """Return [(label, value in words, query string without it)] of what narrows the list within scope and kind."""
        return [
            (LABELS[name], self.shown(name), self.query_string(**{name: ""}))
            for name in LABELS
            if name not in ("scope", "kind") and self.get(name)
        ]

    def shown(self, name):
        """Return a condition in force in words."""
        value = self.get(name)
        if name in FIGURES:
            return f"{value} {FIGURES[name][1]}"
        return value if name == "q" else dict(self.choices.of(name))[value]

    @property
    def in_words(self):
        """Return all conditions in force as one line, for a list of saved filters."""
        names = [name for name in LABELS if self.get(name)]
        return "；".join(f"{LABELS[name]}：{self.shown(name)}" for name in names)


def read_conditions(user, query):
    """Return the Conditions of an address for an officer; ``query`` is a QueryDict or a query string."""
    given = query if isinstance(query, QueryDict) else QueryDict(query)
    typed = {name: tidy(given.get(name, ""))[:MOST_CHARACTERS] for name in LABELS}
    choices = Choices(user, {})
    found = Conditions(user, choices, {}, typed)
    _read_choices(found, choices)
    _read_figures(found)
    _read_search(found)
    return found


def _read_choices(found, choices):
    ids = {"window", "desk", *AREA_LABELS}
    numbers = {name: found.typed[name] for name in ids if _is_id(found.typed[name])}
    # What the offers depend on; a city outside the chosen province is not among them and falls away.
    choices.given = {"kind": found.typed["kind"]} | numbers
    choices.fill_areas()
    for name in CHOICES:
        value = choices.given.get(name) or found.typed[name]
        if name in AREA_LABELS and name not in choices.area_columns:
            continue
        if value and (name not in ids or choices.given.get(name)) and value in dict(choices.of(name)):
            found.values[name] = value
        elif name in choices.given:
            choices.given[name] = ""
    found.values.setdefault("scope", MINE)


def _is_id(text):
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


def _read_figures(found):
    for name, (label, unit) in FIGURES.items():
        text = found.typed[name]
        if not text:
            continue
        most = MOST_DAYS if unit == "天" else MOST_SCORE
        number = _number(text)
        if number is None or not (0 <= number <= most) or (unit == "天" and (number < 1 or number % 1)):
            least = "1 至 999 之间的整数" if unit == "天" else f"0 至 {most} 之间的数字"
            found.problems.append(f"{label}填写的是“{text}”，应为 {least}，请改正；{NO_EFFECT}")
        else:
            found.values[name] = f"{number.normalize():f}"
    low, high = found.get("score_from"), found.get("score_to")
    if low and high and Decimal(low) > Decimal(high):
        found.problems.append(f"自评得分下限 {low} 分高于上限 {high} 分，请改正；这两个条件没有生效。")
        del found.values["score_from"], found.values["score_to"]


def _number(text):
    try:
        number = Decimal(narrow_number(text))
    except InvalidOperation:
        return None
    return number if number.is_finite() and -number.as_tuple().exponent <= 2 else None


def _read_search(found):
    text = found.typed["q"]
    if not text:
        return
    if len(narrow(text)) < 2:
        found.problems.append(
            f"查找内容“{text}”只有 1 个字，请至少输入 2 个字（企业名称、统一社会信用代码或申报编号）；{NO_EFFECT}"
        )
        return
    found.values["q"] = text
