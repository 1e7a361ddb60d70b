"""The content of a filing for reading: the sections of docs/snapshot.md with personal values opened or masked."""
from applications.forms.describing import NOT_ASKED
from portal.tools.crypto import mask, unseal
from reviews.kinds import get_kind


def submitted_content(filing):
    """Return (sections, assessment) of what was submitted last, personal values masked."""
    payload = filing.snapshot.payload
    files = [attachment | {"extension": _extension(attachment["name"])} for attachment in payload["attachments"]]
    return readable(payload["sections"], files, masked=True), payload["assessment"]


def present_content(filing, attachments):
    """Return (sections, assessment) of the answers as they are now, for the owner, personal values open."""
    description = get_kind(filing.kind).describe(filing)
    files = [
        {"id": row.pk, "slot": row.slot, "name": row.name, "size": row.size, "extension": _extension(row.name)}
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
        return item | {"rows": [row | {"cells": list(zip(row["shown"], row["notes"], strict=True))} for row in item["rows"]]}
    if item["type"] == "field" and item["personal"]:
        shown = unseal(item["shown"])
        return item | {"shown": mask(shown) if masked else shown}
    return item


def _extension(name):
    return name.rpartition(".")[2].lower() if "." in name else ""
