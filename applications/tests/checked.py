"""Payloads of the shape of docs/snapshot.md for the cross-checks: only what a test names is in them; no database."""
from types import SimpleNamespace

from applications.cross_checks.case import Case, Earlier
from applications.cross_checks.reading import Reading

UNITS = {"employees": "人", "rd_staff": "人"}
MADE_AT = "2026-11-24T10:00:00+08:00"
LABELS = {
    "employees": "全职员工数量", "rd_staff": "研发人员数量", "revenue": "营业收入", "main_revenue": "主营业务收入",
    "exports": "出口额", "total_profit": "利润总额", "net_profit": "净利润总额", "total_assets": "资产总额",
    "total_liabilities": "负债总额", "rd_expense": "研发费用总额",
}  # fmt: skip


def payload(*, period=2026, fields=None, lists=None, warnings=(), **rows):
    """Return a payload with these rows ({row: figures, newest first}), ``fields`` ({"section.key": text}) and
    ``lists`` ({"section.key": [{column: text}]})."""
    years = [f"{period - offset}年" for offset in (1, 2, 3)]
    table = {
        "type": "years", "key": "figures", "label": "数据", "years": years,
        "rows": [
            {
                "key": key, "label": LABELS[key], "unit": UNITS.get(key, "万元"), "computed": False,
                "values": [str(figure) for figure in figures], "shown": [str(figure) for figure in figures],
                "notes": ["", "", ""],
            }
            for key, figures in rows.items()
        ],
    }  # fmt: skip
    sections = [{"key": "economy", "title": "经济效益", "items": [table]}]
    for target, text in (fields or {}).items():
        section, key = target.split(".")
        item = {
            "type": "field", "key": key, "label": f"“{key}”", "value": text, "shown": text, "unit": "", "note": "",
            "computed": False, "personal": False,
        }  # fmt: skip
        sections.append({"key": section, "title": section, "items": [item]})
    for target, records in (lists or {}).items():
        section, key = target.split(".")
        columns = [{"key": column, "label": column, "unit": ""} for column in records[0]]
        item = {
            "type": "table", "key": key, "label": key, "note": "", "columns": columns,
            "ids": [str(n) for n, _ in enumerate(records)], "rows": [list(record.values()) for record in records],
        }  # fmt: skip
        sections.append({"key": section, "title": section, "items": [item]})
    return {"sections": sections, "warnings": list(warnings), "attachments": [], "period": period, "made_at": MADE_AT}


def case(content, *, before=None, record=""):
    """Return the Case of a payload; ``before`` is the payload of the last filing, ``record`` the size class on file."""
    made = Case(SimpleNamespace(pk=None, enterprise=SimpleNamespace(size_class=record)), content)
    made.earlier = Earlier("创新型中小企业申报 CX202500000001，2025-05-08 提交", Reading(before)) if before else None
    return made


def found(function, content, **options):
    """Return the list of Odd that a check finds in a payload."""
    return list(function(case(content, **options)))


def right(number, kind="发明专利（Ⅰ类）", name="一种控制方法", granted_on="2024-05-08"):
    """Return a row of the list 知识产权 as a payload shows it."""
    return {"kind": kind, "name": name, "number": number, "granted_on": granted_on}
