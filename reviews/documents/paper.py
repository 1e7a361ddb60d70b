"""From the payload of a snapshot to what stands on the paper: values unsealed, blanks named, items in blocks.

Personal values are printed in full, because the paper is the enterprise's official form; they are unsealed here, in
the worker, and the file that carries them is private.
"""
import datetime
from dataclasses import dataclass

from portal.tools.crypto import unseal
from reviews.documents.layout import numeral
from reviews.enums import SnapshotCause
from reviews.kinds import all_kinds
from reviews.queries.content import LONG_TEXT, reads_as_records, records_of

BLANK = "（未填）"
#: A label that is a whole sentence (characters) stands above its value.
LONG_LABEL = 50


@dataclass(frozen=True)
class Value:
    """One value as it is printed; ``text`` of a blank says why it is blank."""

    text: str
    unit: str = ""
    blank: bool = False


@dataclass(frozen=True)
class Block:
    """A part of a section: ``type`` is fields, text, years, table, records or files; ``rows`` fits the type."""

    type: str
    label: str = ""
    columns: tuple = ()
    rows: tuple = ()
    notes: tuple = ()
    value: Value | None = None


@dataclass(frozen=True)
class Section:
    """One section of the form; ``title`` is empty where the heading of its part says enough."""

    title: str
    blocks: tuple


@dataclass(frozen=True)
class PaperPart:
    """A part as it is printed: its heading with the number, its sections, and what layout.Part says of it."""

    heading: str
    sections: tuple = ()
    signed: bool = False
    opinion: str = ""
    lists_files: bool = False


@dataclass(frozen=True)
class Paper:
    """Everything the template prints. ``cover`` are (label, text) lines of a title page, ``issuer`` is at its foot."""

    title: str
    number: str
    enterprise: str
    facts: tuple
    assessment: dict | None
    parts: tuple
    attachments: tuple
    sha256: str
    is_draft: bool
    cover: tuple = ()
    issuer: str = ""
    assessment_first: bool = True

    @property
    def is_signed(self):
        """Whether a part has the signatures, so that none are needed at the end."""
        return any(part.signed for part in self.parts)

    @property
    def lists_files(self):
        """Whether a part has 佐证材料清单, so that none is needed at the end."""
        return any(part.lists_files for part in self.parts)


def paper_of(snapshot):
    """Return the Paper of a snapshot. Raises InvalidToken when a personal value cannot be unsealed."""
    payload = snapshot.payload
    is_draft = snapshot.cause == SnapshotCause.PREVIEW
    files = _files_in_order(payload)
    layout = _layout_of(payload)
    return Paper(
        title=payload["kind"]["document_title"],
        number=payload["number"],
        enterprise=payload["enterprise"]["name"],
        facts=_facts(payload, is_draft),
        assessment=_assessment(payload["assessment"]),
        parts=tuple(_parts(payload["sections"], files, layout)),
        attachments=files,
        sha256=snapshot.sha256,
        is_draft=is_draft,
        cover=tuple((label, payload["enterprise"].get(key, "")) for label, key in layout.cover) if layout else (),
        issuer=layout.issuer if layout else "",
        assessment_first=layout is None or layout.assessment_first,
    )


def _files_in_order(payload):
    """Return the evidence in the order of its places on the form, with sizes for the eye."""
    slots = [item["slot"] for section in payload["sections"] for item in section["items"] if item["type"] == "files"]
    place = {slot: number for number, slot in enumerate(slots)}
    files = sorted(payload["attachments"], key=lambda entry: place.get(entry["slot"], len(place)))
    return tuple(dict(entry, size=_size(entry["size"])) for entry in files)


def _layout_of(payload):
    """Return the PaperLayout of the payload's kind; None for a kind without one, or one that is gone."""
    return next((kind.document_layout for kind in all_kinds() if kind.code == payload["kind"]["code"]), None)


def _parts(sections, files, layout):
    """Yield the parts: those of the layout, numbered, then sections that it does not name; without one each section."""
    printed = {section["key"]: _section(section, files) for section in sections}
    for number, part in enumerate(layout.parts if layout else (), start=1):
        own = [printed.pop(key) for key in part.sections if key in printed]
        yield PaperPart(
            f"{numeral(number)}、{part.title}",
            tuple(
                Section("", each.blocks) if each is own[0] or each.title == part.title else each for each in own
            ),
            part.signed, part.opinion, part.lists_files,
        )
    for section in printed.values():
        yield PaperPart(section.title, (Section("", section.blocks),))


def _facts(payload, is_draft):
    made_at = datetime.datetime.fromisoformat(payload["made_at"])
    state = "草稿（未提交）" if is_draft else f"{payload['state']['label']}（第 {payload['round']} 次提交）"
    return (
        ("申报编号", _value(payload["number"] or ("提交后生成" if is_draft else ""))),
        ("年度", _value(f"{payload['period']}年")),
        ("企业名称", _value(payload["enterprise"]["name"])),
        ("统一社会信用代码", _value(payload["enterprise"]["uscc"])),
        ("企业注册地", _value(payload["region"])),
        ("状态", _value(state)),
        ("内容生成时间", _value(made_at.strftime("%Y年%m月%d日 %H:%M"))),
    )


def _section(section, files):
    return Section(section["title"], tuple(_blocks(section["items"], files)))


def _blocks(items, files):
    """Yield the blocks of a section; neighbouring short fields share one table."""
    rows = []
    for item in items:
        if item["type"] == "field":
            label = _label(item)
            value = _value(item["shown"], item["unit"], item["note"])
            if not (_is_long(value.text) or len(label) > LONG_LABEL):
                rows.append((label, value))
                continue
        if rows:
            yield Block("fields", rows=tuple(rows))
            rows = []
        if item["type"] == "field":
            yield Block("text", label=label, value=value)
        else:
            yield _BLOCKS[item["type"]](item, files)
    if rows:
        yield Block("fields", rows=tuple(rows))


def _years(item, files):
    rows, notes = [], []
    for row in item["rows"]:
        rows.append((_label(row, row["unit"]), tuple(_value(shown) for shown in row["shown"])))
        reasons = [f"（{year}）{note}" for year, note in zip(item["years"], row["notes"], strict=True) if note]
        notes += [f"{row['label']}：{'；'.join(reasons)}"] if reasons else []
    return Block("years", item["label"], tuple(item["years"]), tuple(rows), tuple(notes))


def _table(item, files):
    """Return a list as a table, or row by row where a table would be too narrow to read."""
    notes = (f"（{item['note']}）",) if item.get("note") else ()
    if reads_as_records(item):
        rows = tuple(tuple(_blocks(cells, files)) for cells in _records(item))
        return Block("records", item["label"], rows=rows, notes=notes)
    columns = tuple((column["label"], column["unit"]) for column in item["columns"])
    rows = tuple(tuple(_value(cell) for cell in row) for row in item["rows"])
    return Block("table", item["label"], columns, rows, notes)


def _records(item):
    """Yield the cells of each row as fields, so that long texts take the whole width like any other."""
    for record in records_of(item):
        yield [
            {
                "type": "field", "label": column["label"], "shown": shown, "unit": column["unit"], "note": "",
                "computed": False,
            }
            for column, shown in record
        ]


def _files(item, files):
    return Block("files", item["label"], rows=tuple(entry for entry in files if entry["slot"] == item["slot"]))


_BLOCKS = {"years": _years, "table": _table, "files": _files}


def _assessment(assessment):
    """Return the assessment with the results of each group beside each other, or None."""
    if assessment is None:
        return None
    groups = [
        (group, [result for result in assessment["indicators"] if result["group"] == group["code"]])
        for group in assessment["groups"]
    ]
    return assessment | {"by_group": groups}


def _label(item, unit=""):
    """Return the label with what stands in brackets behind it: the unit, and whether the portal computed the value."""
    remarks = [unit, "自动计算" if item["computed"] else ""]
    remark = "，".join(part for part in remarks if part)
    return f"{item['label']}（{remark}）" if remark else item["label"]


def _value(shown, unit="", note=""):
    """Return the printed value; a blank says what is missing, that it is not asked for, or （未填）."""
    text = str(unseal(shown)).strip()
    if text and unit == "%":
        return Value(f"{text}%")
    return Value(text, unit) if text else Value(f"（{note}）" if note else BLANK, blank=True)


def _is_long(text):
    return len(text) > LONG_TEXT or "\n" in text


def _size(size):
    """Return a size in bytes for the eye: 340 KB, 2.5 MB."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(size // 1024, 1)} KB"
