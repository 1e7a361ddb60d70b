"""带入: what a new draft takes over from the newest filing that the enterprise has submitted, of whatever tier.

Answers go over where the two forms have a field of the same name in which the value is valid. Figures of years move
with the calendar: what was 上年度 in last year's form is 上上年度 in this year's. Single figures and choices of another
year are left out, because they may have changed; declarations and evidence never go over.
"""
from dataclasses import dataclass

from django import forms

from applications.forms.fields import AgreementField, ParagraphField
from applications.forms.layout import YEARS
from applications.forms.rows import ID
from reviews.kinds import get_kind
from reviews.models import Filing

#: Sections that come from records and not from an earlier filing.
_FROM_RECORDS = {"basic", "digital", "renewal"}
#: Lists whose rows are figures of 上年度; the rows of the others carry dates.
_LISTS_OF_THE_YEAR = {"products"}


@dataclass(frozen=True)
class Carried:
    """What goes over: the filing it comes from, the answers, and the names of the years that got figures."""

    source: Filing
    answers: dict
    years: tuple

    @property
    def note(self):
        """The sentence that says so on the page."""
        paper = get_kind(self.source.kind).document_title
        years = f"，其中 {'、'.join(self.years)} 的数据按年度对应填入" if self.years else ""
        return (
            f"已带入贵企业《{paper}》（编号 {self.source.number}）中相同栏目的内容{years}。"
            "请逐项核对、补充；佐证材料和真实性声明需重新上传和勾选。"
        )


def newest_submitted(enterprise):
    """Return the newest filing with a sectioned form that the enterprise has submitted, or None."""
    submitted = Filing.objects.filter(enterprise=enterprise, submitted_at__isnull=False)
    submitted = submitted.order_by("-submitted_at", "-id")
    return next((row for row in submitted[:5] if hasattr(get_kind(row.kind), "form_edition")), None)


def carry(enterprise, edition, period):
    """Return what a new draft of ``edition`` for ``period`` takes over, or None when there is nothing."""
    source = newest_submitted(enterprise)
    if source is None:
        return None
    given = get_kind(source.kind).fill(source, attachments=())
    typed, lists = _typed(given), _lists(given)
    shift = period - source.period
    answers, years = {}, set()
    target = edition.fill({}, period=period, slot_counts={})
    for section in target.sections:
        if section.key in _FROM_RECORDS:
            continue
        taken = {}
        for name, field in section.fields.items():
            year = _year_of(section, name)
            text = typed.get(_shifted(name, year, shift) if year else name if _lasts(field, shift) else None)
            if text and name not in section.fixed and _is_valid(field, text):
                taken[name] = text
                years |= {year} if year else set()
        for block in section.row_lists():
            if shift == 0 or block.key not in _LISTS_OF_THE_YEAR:
                taken |= _rows(block, lists.get(block.key, []))
        if taken:
            answers[section.key] = taken
    if not answers:
        return None
    return Carried(source, answers, tuple(target.year_names[year] for year in YEARS if year in years))


def _typed(form):
    """Return {field: typed text} of a filled form, personal and fixed fields aside."""
    return {
        name: section.raw(name)
        for section in form.sections
        if section.key not in _FROM_RECORDS
        for name in section.fields
        if name not in section.fixed and name not in section.personal
    }


def _lists(form):
    """Return {list: stored rows} of a filled form."""
    return {
        key: [row.values for row in rows.filled] for section in form.sections for key, rows in section.lists.items()
    }


def _year_of(section, name):
    """Return y1, y2 or y3 for a field of a years table, None for any other."""
    stem, _, year = name.rpartition("_")
    is_row = any(row.key == stem and not row.computed for table in section.tables() for row in table.rows)
    return year if is_row and year in YEARS else None


def _shifted(name, year, shift):
    """Return the name that the figure of ``year`` had ``shift`` years ago; None when it was not asked for then."""
    position = YEARS.index(year) - shift
    return f"{name.rpartition('_')[0]}_{YEARS[position]}" if 0 <= position < len(YEARS) else None


def _lasts(field, shift):
    """Whether a single value is still good ``shift`` years on: words are, figures and choices only in the same year."""
    if isinstance(field, AgreementField):
        return False
    return shift == 0 or isinstance(field, ParagraphField)


def _is_valid(field, text):
    try:
        field.clean(text)
    except forms.ValidationError:
        return False
    return True


def _rows(block, stored):
    """Return {list: rows} with the columns that the target's rows have; {} without any."""
    columns = {ID, *block.row.base_fields}
    rows = [{name: text for name, text in row.items() if name in columns} for row in stored]
    return {block.key: rows[: block.max_rows]} if rows else {}
