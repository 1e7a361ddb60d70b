"""The content of a filing for reading: the sections of docs/snapshot.md with personal values opened or masked."""
from applications.forms.describing import NOT_ASKED
from applications.views.file_rows import read_facts
from portal.tools.crypto import mask, unseal
from reviews.enums import ScanState
from reviews.kinds import get_kind
from reviews.queries.content import reads_as_records, records_of


def submitted_content(filing):
    """Return (sections, assessment) of what was submitted last, personal values masked."""
    payload = filing.snapshot.payload
    states = dict(filing.attachments.values_list("id", "scan_state"))
    files = [file | read_facts(file["name"], states.get(file["id"], ScanState.OFF)) for file in payload["attachments"]]
    return readable(payload["sections"], files, masked=True), payload["assessment"]


def present_content(filing, attachments):
    """Return (sections, assessment) of the answers as they are now, for the owner, personal values open."""
    return readable_description(get_kind(filing.kind).describe(filing), attachments)


def readable_description(description, attachments):
    """Return (sections, assessment) of a Description, personal values open."""
    files = [
        {"id": row.pk, "slot": row.slot, "name": row.name, "size": row.size} | read_facts(row.name, row.scan_state)
        for row in attachments
    ]
    return readable(description.sections, files, masked=False), description.assessment


def readable(sections, files, *, masked):
    """Return the sections with each item ready for the template: ``shown`` opened or masked, ``files`` of its slot.

    Fields that do not apply, given the answer they depend on, are left out.
    """
    return [
        section | {"items": [_item(item, files, masked) for item in section["items"] if item.get("note") != NOT_ASKED]}
        for section in sections
    ]


def _item(item, files, masked):
    if item["type"] == "files":
        return item | {"files": [file for file in files if file["slot"] == item["slot"]]}
    if item["type"] == "years":
        return item | {"rows": [row | {"cells": _cells(item["years"], row)} for row in item["rows"]]}
    if item["type"] == "table":
        lines = records_of(item)
        return item | {"lines": lines, "records": lines if reads_as_records(item) else None}
    if item["type"] == "field" and item["personal"]:
        shown = unseal(item["shown"])
        return item | {"shown": mask(shown) if masked else shown}
    return item


def _cells(years, row):
    """Return (year, shown, note) for each year of a row."""
    return list(zip(years, row["shown"], row["notes"], strict=True))
