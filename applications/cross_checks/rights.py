"""知识产权 inside the filing: the same right twice, and rights whose term is over."""
import re
from collections import defaultdict

from applications.cross_checks.reading import date
from applications.facts import years_later
from applications.forms.shared.choices import IpKind
from applications.forms.shared.lists import KIND_CHOICES
from reviews.cross_checks import NOTICE, OURS, WARN, CrossCheck, Odd

#: Years from the day of application after which a patent ends for good (专利法 第四十二条). A grant is later than its
#: application, so a right granted longer ago is over by all means. 外观设计 had 10 until 2021-05-31.
TERMS = {IpKind.INVENTION: 20, IpKind.DEFENCE: 20, IpKind.UTILITY: 10, IpKind.DESIGN: 15}
#: Numbers and names that one sentence repeats.
SHOWN = 5

_KINDS = {label: IpKind(value) for value, label in KIND_CHOICES}
_PATENT = re.compile(r"(\d{12})[\dX]?")


def core_number(text):
    """Return what of a number identifies the right: without ZL, dots and the check digit of a patent number."""
    plain = re.sub(r"[\s.\-－·]", "", text).upper().removeprefix("ZL")
    match = _PATENT.fullmatch(plain)
    return match[1] if match else plain


def repeated(case):
    """Yield an Odd for numbers that stand for the same right, and one for names that come twice with a kind."""
    rows = _rows(case)
    numbers = _groups(rows, lambda row: core_number(row["number"]))
    if numbers:
        told = "；".join("、".join(f"“{row['number']}”" for row in group) for group in numbers[:SHOWN])
        yield _odd(f"知识产权名单中有 {len(numbers)} 组号码指向同一项权利：{told}。请对照证书核实，重复的只计一项。", WARN)
    same_right = {row["row"] for group in numbers for row in group}
    others = [row for row in rows if row["row"] not in same_right]
    names = _groups(others, lambda row: (row["kind"], row["name"].strip()))
    if names:
        told = "；".join(
            f"“{group[0]['name']}”（{'、'.join(row['number'] for row in group)}）" for group in names[:SHOWN]
        )
        yield _odd(f"知识产权名单中有 {len(names)} 组种类和名称相同而号码不同：{told}。请对照证书核实是否为同一项权利。", NOTICE)


def over(case):
    """Yield an Odd for patents that were granted longer ago than their term lasts; the last day is still fine."""
    told = []
    for row in _rows(case):
        years, granted = TERMS.get(_KINDS.get(row["kind"])), date(row["granted_on"])
        if years and granted and years_later(granted, years) < case.today:
            told.append(
                f"“{row['number']}”授权日期“{granted.isoformat()}”，{_KINDS[row['kind']].label}保护期 {years} 年"
            )
    if told:
        more = f"；共 {len(told)} 项" if len(told) > SHOWN else ""
        yield _odd(f"知识产权保护期已过：{'；'.join(told[:SHOWN])}{more}。请对照专利登记簿核实，已失效的不计入。", WARN)


def _rows(case):
    return [row | {"row": number} for number, row in enumerate(case.reading.records("innovation", "ip"))]


def _groups(rows, key):
    """Return the lists of rows that have the same key, of two and more."""
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return [group for group in found.values() if len(group) > 1]


def _odd(message, severity):
    return Odd(message, "innovation", "ip", severity)


CHECKS = (
    CrossCheck(
        "ip.repeated", "知识产权重复填报",
        "本次名单内比对授权号或登记号（不计 ZL、空格、小数点和专利号末位校验码），号码相同的需要核实；"
        "种类和名称相同而号码不同的提示。其他企业的名单没有按号码检索的索引，不比对；证书文件相同的由佐证材料核验发现。",
        OURS, repeated,
    ),
    CrossCheck(
        "ip.over", "专利保护期已过",
        "授权日期加保护期（发明 20 年、实用新型 10 年、外观设计 15 年）早于提交日的需要核实，届满当日不提示。"
        "保护期自申请日起算，名单只有授权日期，因此只找出必定届满的。",
        "《中华人民共和国专利法》第四十二条", over,
    ),
)  # fmt: skip
