"""A whole form document (自评表, 申请书) filled in with the answers of one filing: facts, computed fields, rules, states."""
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from applications.computed import compute_all
from applications.forms.base import Section
from applications.forms.layout import YEARS, Finding
from reviews.kinds import Problem

NOT_STARTED, IN_PROGRESS, DONE, RETURNED = "not_started", "in_progress", "done", "returned"
STATE_LABELS = {NOT_STARTED: "未开始", IN_PROGRESS: "填写中", DONE: "已完成", RETURNED: "被退回"}


@dataclass(frozen=True)
class FormEdition:
    """One edition of a form document: its sections and the rules across fields.

    A rule is a function of the FilledForm that returns a list of Finding. A published edition is never changed in
    what it asks; a change is a new edition, because filings name theirs.
    """

    code: str
    sections: tuple[type[Section], ...]
    rules: tuple[Callable, ...] = ()
    #: Functions of (facts, filled form) that return further facts, e.g. counts over the rows of a list.
    derivations: tuple[Callable, ...] = ()
    #: Functions of the FilledForm that return a list of Finding which never block: what looks like a slip (请核实).
    warnings: tuple[Callable, ...] = ()

    def section(self, key):
        """Return the section class with this key. Raises KeyError."""
        return {section.key: section for section in self.sections}[key]

    def has_slot(self, slot):
        """Whether the form has a place for evidence with this name."""
        return any(section.slot(files) == slot for section in self.sections for files in section.file_slots())

    def fill(self, answers, *, period, slot_counts, blocked=None):
        """Return the FilledForm of these answers; ``slot_counts`` is {slot: number of files}.

        ``blocked`` is {slot: [name]} of files that the virus check stopped: they do not count and must go.
        """
        return FilledForm(self, answers, period, slot_counts, blocked or {})

    def parts(self, answers, *, period, keys=None):
        """Return the sections, or those with these keys, over their answers: to read or store what is typed in them."""
        chosen = [section for section in self.sections if keys is None or section.key in keys]
        parts = [
            section(values=answers.get(section.key, {}), year_names=year_names_of(period)) for section in chosen
        ]
        for section in parts:
            section.see(answers)
        return parts


class FilledForm:
    """A form edition with one filing's answers. Reads the database only for regions and industries."""

    def __init__(self, edition, answers, period, slot_counts, blocked):
        self.edition = edition
        self.period = period
        self.slot_counts = slot_counts
        self.blocked = blocked
        self.year_names = year_names_of(period)
        self.sections = edition.parts(answers, period=period)
        self.by_key = {section.key: section for section in self.sections}

    @cached_property
    def facts(self):
        """Typed values by field name across the sections; a blank or wrong value is None, a list a tuple of rows."""
        facts = {}
        for section in self.sections:
            facts |= section.facts()
        for derive in self.edition.derivations:
            facts |= derive(facts, self)
        return facts

    @cached_property
    def computed(self):
        """Computed fields by key (applications/computed.py), each with its value or the input that is missing."""
        return compute_all(self.facts, self.year_names)

    @cached_property
    def derived(self):
        """Derived values by (section, key)."""
        return {
            (section.key, key): function(self) for section in self.sections for key, function in section.derived.items()
        }

    @cached_property
    def findings(self):
        """Every broken rule, in the order of the page."""
        facts = self.facts
        found = [
            Finding(section.key, name, section.label_of(name), message, blank)
            for section in self.sections
            for name, message, blank in section.messages_of_fields()
        ]
        found += [finding for rule in self.edition.rules for finding in rule(self)]
        found += [
            Finding(section.key, files.key, section.label_of(files.key), f"缺少材料。{files.when}，请上传后再提交。", blank=True)
            for section in self.sections
            for files in section.file_slots()
            if files.required and files.required(facts) and not self.slot_counts.get(section.slot(files))
        ]
        found += [
            Finding(section.key, files.key, section.label_of(files.key), f"“{name}”被病毒检查拦截，请移除后重新上传。")
            for section in self.sections
            for files in section.file_slots()
            for name in self.blocked.get(section.slot(files), ())
        ]
        for section in self.sections:
            found += self._of_lists(section)
        return self._in_order(found)

    @cached_property
    def warnings(self):
        """What looks like a slip, one for each place, in the order of the page; nothing is refused because of it."""
        first = {}
        for warn in self.edition.warnings:
            for finding in warn(self):
                first.setdefault((finding.section, finding.field), finding)
        return self._in_order(first.values())

    def _of_lists(self, section):
        """Return the findings of the lists as such: a required one that is empty, too many rows."""
        found = []
        for rows in section.lists.values():
            block = rows.block
            if block.required and not rows.filled and block.required(self.facts):
                found.append(
                    Finding(section.key, block.key, block.label, f"还没有填写。{block.when}，请添加后再提交。", blank=True)
                )
            if len(rows.filled) > block.max_rows:
                message = f"共 {len(rows.filled)} 项，超过上限 {block.max_rows} 项，请移除多余的项后再提交。"
                found.append(Finding(section.key, block.key, block.label, message))
        return found

    def _in_order(self, found):
        """Return the findings that apply, in the order of the page."""
        found = [finding for finding in found if self.by_key[finding.section].applies(finding.field)]
        return sorted(found, key=lambda finding: self._places[finding.section, finding.field])

    @cached_property
    def _places(self):
        return {
            (section.key, key): (number, position)
            for number, section in enumerate(self.sections)
            for position, key in enumerate(section.order())
        }

    def slots(self):
        """Return {slot: label} of every place for evidence."""
        return {
            section.slot(files): section.label_of(files.key)
            for section in self.sections
            for files in section.file_slots()
        }

    def finding(self, section_key, field, message, blank=False):
        """Make a Finding at a field, with its label: for rules."""
        label = self.by_key[section_key].label_of(field)
        return Finding(section_key, field, label, message, blank)

    def problems(self):
        """Return the list of Problem for a submit."""
        return [
            Problem(
                finding.section, finding.field, finding.label, without_label(finding.label, finding.message),
                self.by_key[finding.section].anchor(finding.field),
            )
            for finding in self.findings
        ]

    def messages(self, *, strict=False):
        """Return {section: {field: [text]}}; without ``strict`` blanks are passed over, as in a draft."""
        grouped = {section.key: {} for section in self.sections}
        for finding in self.findings:
            if strict or not finding.blank:
                text = without_label(finding.label, finding.message)
                grouped[finding.section].setdefault(finding.field, []).append(text)
        return grouped

    def warning_texts(self):
        """Return {section: {field: [text]}} of the warnings."""
        grouped = {section.key: {} for section in self.sections}
        for finding in self.warnings:
            grouped[finding.section].setdefault(finding.field, []).append(finding.message)
        return grouped

    def states(self, returned=frozenset()):
        """Return {section: state}; ``returned`` names the sections with open comments of a return."""
        unfinished = {finding.section for finding in self.findings}
        return {section.key: self._state(section, unfinished, returned) for section in self.sections}

    def _state(self, section, unfinished, returned):
        if section.key in returned:
            return RETURNED
        if section.key not in unfinished:
            return DONE
        has_files = any(self.slot_counts.get(section.slot(files)) for files in section.file_slots())
        return IN_PROGRESS if section.is_touched or has_files else NOT_STARTED


def year_names_of(period):
    """Return {"y1": "2025年", ...} of a form filed for the year ``period``."""
    return {year: f"{period - offset}年" for offset, year in enumerate(YEARS, start=1)}


def without_label(label, message):
    """Return the message without its leading label, for places that show the label beside it."""
    return message.removeprefix(f"{label}：")
