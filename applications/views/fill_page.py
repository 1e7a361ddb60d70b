"""What the fill-in page shows: sections, blocks, cells, with messages, comments and the other window's value."""
from collections import defaultdict

from django import forms
from django.conf import settings

from accounts.queries import emerging_hints
from applications.forms.describing import row_in_words
from applications.forms.document import STATE_LABELS
from applications.forms.layout import YEARS, Fields, RowList, YearsTable
from applications.forms.rows import PLACEHOLDER
from applications.queries import last_return, present_attachments, told_comments
from applications.views.file_rows import file_row
from reviews.enums import State
from reviews.kinds import get_kind
from reviews.queries.evidence import unfinished_uploads

#: Widgets that take the whole width of the form.
_WIDE = (forms.Textarea, forms.RadioSelect, forms.CheckboxInput)


class FillPage:
    """The fill-in page of one filing. ``theirs`` are the stored answers when another window saved in between."""

    def __init__(self, filing, *, theirs=None, file_errors=None):
        self.filing = filing
        self.kind = get_kind(filing.kind)
        self.attachments = present_attachments(filing)
        self.unfinished = unfinished_uploads(filing)
        self.form = self.kind.fill(filing, self.attachments)
        self.assessment = self.kind.assess(filing, self.form)
        self.theirs = self._their_form(theirs) if theirs is not None else None
        self.file_errors = file_errors or {}
        returned = filing.state == State.RETURNED
        self.comments = defaultdict(list)
        for comment in told_comments(filing, unresolved=True) if returned else []:
            self.comments[comment.section, comment.field].append(comment)
        self.returned_by = last_return(filing) if returned else None
        self.states = self.form.states({section for section, _ in self.comments})

    def _their_form(self, answers):
        return self.kind.form_edition(self.filing).fill(answers, period=self.filing.period, slot_counts={})

    def context(self):
        """Return the template context."""
        messages = self.form.messages()
        self.warnings = self.form.warning_texts()
        for section in self.form.sections:
            section.show_errors(messages[section.key])
        return {
            "filing": self.filing,
            "kind": self.kind,
            "sections": [
                self._section(number, section, messages) for number, section in enumerate(self.form.sections, start=1)
            ],
            "assessment": self.assessment.as_payload(),
            "returned_by": self.returned_by,
            "comments": self._comments_with_anchors(),
            "done_count": sum(state == "done" for state in self.states.values()),
            "max_bytes": settings.EVIDENCE_MAX_BYTES,
            "part_bytes": settings.EVIDENCE_PART_BYTES,
            "is_conflict": self.theirs is not None,
            "file_problems": [text for texts in self.file_errors.values() for text in texts],
        }

    def _section(self, number, section, messages):
        state = self.states[section.key]
        return {
            "key": section.key,
            "number": number,
            "title": section.title,
            "intro": section.intro,
            "state": state,
            "state_label": STATE_LABELS[state],
            "blocks": [self._block(section, block, messages[section.key]) for block in section.layout],
        }

    def _block(self, section, block, messages):
        if isinstance(block, Fields):
            return {
                "type": "fields", "title": block.title, "note": block.note, "has_sync": "uscc" in block.names,
                "slots": [self._slot(section, name, messages) for name in block.names],
            }  # fmt: skip
        if isinstance(block, YearsTable):
            return {
                "type": "years", "label": block.label, "note": block.note,
                "years": [self.form.year_names[year] for year in YEARS],
                "rows": [self._row(section, row) for row in block.rows],
            }  # fmt: skip
        if isinstance(block, RowList):
            return RowsBlock(self, section, block, messages).context()
        return self._files(section, block)

    def _slot(self, section, name, messages):
        slot = {"name": name, "anchor": section.anchor(name), "comments": self.comments[section.key, name]}
        if name in section.derived:
            derived = self.form.derived[section.key, name]
            errors = messages.get(name, [])
            return slot | {"kind": "derived", "label": section.label_of(name), "derived": derived, "errors": errors}
        kinds = {"registered_region": "region", "industry": "industry", "product": "product"}
        slot |= {
            "kind": kinds.get(name, "field"),
            "field": section[name],
            "unit": section.units.get(name, ""),
            "wide": isinstance(section.fields[name].widget, _WIDE) or name in {"registered_region", "industry"},
            "theirs": self._theirs(section, name),
            "warnings": self.warnings[section.key].get(name, []),
        }
        slot |= condition(section.key, section.shown_when.get(name))
        slot["optional"] = not section.fields[name].required and name not in {*section.shown_when, *section.conditional}
        if name == "industry":
            slot["product"] = section["product"]
        if name == "emerging_industry" and self.form.facts.get("industry"):
            slot["hints"] = emerging_hints(self.form.facts["industry"].code)
        return slot

    def _row(self, section, row):
        return {
            "key": row.key, "label": row.label, "shown_label": row.shown_label, "unit": row.unit, "part": row.part,
            "computed": row.computed, "anchor": section.anchor(row.key),
            "comments": self.comments[section.key, row.key],
            "cells": [self._cell(section, row, year) for year in YEARS],
        }  # fmt: skip

    def _cell(self, section, row, year):
        key = f"{row.key}_{year}"
        cell = {"year": self.form.year_names[year]}
        if row.computed:
            return cell | {"key": key, "result": self.form.computed.get(key)}
        warnings = self.warnings[section.key].get(key, [])
        return cell | {"field": section[key], "theirs": self._theirs(section, key), "warnings": warnings}

    def _files(self, section, files):
        slot = section.slot(files)
        return {
            "type": "files", "slot": slot, "anchor": section.anchor(files.key), "label": section.label_of(files.key),
            "help": files.help, "when": files.when, "comments": self.comments[section.key, files.key],
            "errors": self.file_errors.get(slot, []),
            "files": [file_row(row) for row in self.attachments if row.slot == slot],
            "unfinished": self.unfinished.get(slot, []),
            **condition(section.key, section.shown_when.get(files.key)),
        }  # fmt: skip

    def _theirs(self, section, name):
        """Return the other window's value of a field when it differs: None when there is nothing to compare."""
        if self.theirs is None:
            return None
        other = self.theirs.by_key[section.key].raw(name)
        return (other or "（空白）") if other != section.raw(name) else None

    def _comments_with_anchors(self):
        """Return [(comment, anchor)]; the anchor is empty for a field that this edition does not show by that name."""
        known = {
            (section.key, key): section.anchor(key)
            for section in self.form.sections
            for key in [*section.order(), *(row.key for table in section.tables() for row in table.rows)]
        }
        return [(comment, known.get(place, "")) for place, rows in self.comments.items() for comment in rows]


class RowsBlock:
    """A list on the fill-in page: its rows, the empty row that the script copies, and what another window has."""

    def __init__(self, page, section, block, messages):
        self.page, self.section, self.block, self.messages = page, section, block, messages
        self.rows = section.lists[block.key]

    def context(self):
        """Return the template context of the list."""
        section, block = self.section, self.block
        return {
            "type": "rows", "name": section.add_prefix(block.key), "anchor": section.anchor(block.key),
            "label": block.label, "note": block.note, "when": block.when, "add_label": block.add_label,
            "max_rows": block.max_rows, "comments": self.page.comments[section.key, block.key],
            "errors": self.messages.get(block.key, []), "count": len(self.rows.rows),
            "warnings": self.page.warnings[section.key].get(block.key, []),
            "rows": [self._row(row.form, row.id, row.number) for row in self.rows.rows],
            "blank": self._row(self.rows.blank_form(), PLACEHOLDER, ""), "theirs": self._theirs(),
            **condition(section.key, section.shown_when.get(block.key)),
        }  # fmt: skip

    def _row(self, form, row_id, number):
        return {
            "id": row_id, "number": number, "anchor": self.section.anchor(f"{self.block.key}-{row_id}"),
            "cells": [self._cell(form, row_id, column) for column in form.fields],
        }  # fmt: skip

    def _cell(self, form, row_id, column):
        """Return plain values: a list has hundreds of cells, and looking up a field's properties takes its time."""
        bound, row_class = form[column], self.block.row
        field, key = bound.field, f"{self.block.key}-{row_id}-{column}"
        return {
            "id": bound.auto_id, "label": field.label, "help": field.help_text, "errors": bound.errors,
            "widget": bound.as_widget(), "is_group": field.widget.use_fieldset,
            "unit": row_class.units.get(column, ""),
            "wide": column in row_class.wide or isinstance(field.widget, forms.Textarea),
            "optional": not field.required and column not in {*row_class.shown_when, *row_class.conditional},
            "warnings": self.page.warnings[self.section.key].get(key, []),
            **condition(form.prefix, row_class.shown_when.get(column)),
        }  # fmt: skip

    def _theirs(self):
        """Return the other window's rows in words when they differ, None when there is nothing to compare."""
        if self.page.theirs is None:
            return None
        theirs = self.page.theirs.by_key[self.section.key].lists[self.block.key]
        if [row.values for row in theirs.rows] == [row.values for row in self.rows.rows]:
            return None
        return [row_in_words(row) for row in theirs.filled]


def condition(prefix, wanted):
    """Return the answer that something depends on, as the script reads it; ``wanted`` is an entry of shown_when."""
    if wanted is None:
        return {}
    other, values = wanted
    return {"other": f"{prefix}-{other}", "wanted": values if isinstance(values, str) else ",".join(values)}
