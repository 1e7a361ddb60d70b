"""What the fill-in page shows: sections, blocks, cells, with messages, comments and the other window's value."""
from collections import defaultdict

from django import forms
from django.conf import settings

from accounts.queries import emerging_hints
from applications.forms.document import STATE_LABELS
from applications.forms.layout import YEARS, Fields, YearsTable
from applications.queries import last_return, present_attachments, told_comments
from portal.tools.uploads import shown_size
from reviews.enums import State
from reviews.kinds import get_kind

#: Widgets that take the whole width of the form.
_WIDE = (forms.Textarea, forms.RadioSelect, forms.CheckboxInput)


class FillPage:
    """The fill-in page of one filing. ``theirs`` are the stored answers when another window saved in between."""

    def __init__(self, filing, *, theirs=None, file_errors=None):
        self.filing = filing
        self.kind = get_kind(filing.kind)
        self.attachments = present_attachments(filing)
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
        }
        slot |= self._condition(section, name)
        slot["optional"] = not section.fields[name].required and name not in {*section.shown_when, *section.conditional}
        if name == "industry":
            slot["product"] = section["product"]
        if name == "emerging_industry" and self.form.facts.get("industry"):
            slot["hints"] = emerging_hints(self.form.facts["industry"].code)
        return slot

    def _condition(self, section, key):
        """Return the answer that a field or a place for evidence depends on, as the script reads it."""
        other, wanted = section.shown_when.get(key, ("", ""))
        return {"other": f"{section.key}-{other}", "wanted": wanted} if other else {}

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
        return cell | {"field": section[key], "theirs": self._theirs(section, key)}

    def _files(self, section, files):
        slot = section.slot(files)
        return {
            "type": "files", "slot": slot, "anchor": section.anchor(files.key), "label": section.label_of(files.key),
            "help": files.help, "when": files.when, "comments": self.comments[section.key, files.key],
            "errors": self.file_errors.get(slot, []),
            "files": [file_row(row) for row in self.attachments if row.slot == slot],
            **self._condition(section, files.key),
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


def file_row(attachment):
    """Return an evidence file for the page and for JSON."""
    return {"id": attachment.pk, "name": attachment.name, "size": shown_size(attachment.size)}
