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

    def section(self, key):
        """Return the section class with this key. Raises KeyError."""
        return {section.key: section for section in self.sections}[key]

    def has_slot(self, slot):
        """Whether the form has a place for evidence with this name."""
        return any(section.slot(files) == slot for section in self.sections for files in section.file_slots())

    def fill(self, answers, *, period, slot_counts):
        """Return the FilledForm of these answers; ``slot_counts`` is {slot: number of files}."""
        return FilledForm(self, answers, period, slot_counts)


class FilledForm:
    """A form edition with one filing's answers. Reads the database only for regions and industries."""

    def __init__(self, edition, answers, period, slot_counts):
        self.edition = edition
        self.period = period
        self.slot_counts = slot_counts
        self.year_names = {year: f"{period - offset}年" for offset, year in enumerate(YEARS, start=1)}
        self.sections = [
            section(values=answers.get(section.key, {}), year_names=self.year_names) for section in edition.sections
        ]
        self.by_key = {section.key: section for section in self.sections}

    @cached_property
    def facts(self):
        """Typed values by field name across the sections; a blank or wrong value is None."""
        facts = {}
        for section in self.sections:
            section.full_clean()
            facts |= {name: section.cleaned_data.get(name) for name in section.fields}
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
        places = {
            (section.key, key): (number, position)
            for number, section in enumerate(self.sections)
            for position, key in enumerate(section.order())
        }
        found = [finding for finding in found if self.by_key[finding.section].applies(finding.field)]
        return sorted(found, key=lambda finding: places[finding.section, finding.field])

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


def without_label(label, message):
    """Return the message without its leading label, for places that show the label beside it."""
    return message.removeprefix(f"{label}：")
