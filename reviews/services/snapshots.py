"""Freezing what was submitted or decided (design.md §4). The shape of the payload is in docs/snapshot.md."""
import hashlib
import json

from django.db.models import Max
from django.utils import timezone

from reviews.cross_checks import entries_of
from reviews.enums import SnapshotCause
from reviews.kinds import get_kind
from reviews.models import Snapshot

#: Version of the payload's shape.
PAYLOAD_SCHEMA = 1


def canonical_json(payload):
    """Return the one text form of a payload that its hash is taken over."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def payload_hash(payload):
    """Return the SHA-256 of a payload's canonical text, in hex."""
    return hashlib.sha256(canonical_json(payload).encode()).hexdigest()


def build_payload(filing, moment):
    """Return the self-describing content of ``filing`` at ``moment``: needs no code of ours to be read later."""
    kind = get_kind(filing.kind)
    description = kind.describe(filing)
    return {
        "schema": PAYLOAD_SCHEMA,
        "kind": {
            "code": kind.code,
            "title": kind.title,
            "document_title": kind.document_title,
            "tier": kind.tier_title,
        },
        "edition": filing.edition,
        "period": filing.period,
        "number": filing.number or "",
        "round": filing.round,
        "state": {"code": filing.state, "label": filing.get_state_display()},
        "made_at": timezone.localtime(moment).isoformat(timespec="seconds"),
        "enterprise": {"name": filing.enterprise_name, "uscc": filing.enterprise.uscc},
        "region": filing.registered_region.full_name if filing.registered_region_id else "",
        "sections": description.sections,
        "assessment": description.assessment,
        "warnings": description.warnings,
        "attachments": [
            {
                "id": attachment.pk,
                "slot": attachment.slot,
                "label": description.evidence_labels.get(attachment.slot, attachment.slot),
                "name": attachment.name,
                "size": attachment.size,
                "sha256": attachment.sha256,
            }
            for attachment in filing.attachments.filter(removed_at__isnull=True)
        ],
    }


def take_snapshot(*, filing, cause, user, moment):
    """Write a Snapshot of the filing. The caller holds the row lock on the filing, so numbers do not collide.

    A submission is cross-checked: the entries go into its payload, for officers only, and their number and the 行业门类
    onto the filing, which the caller saves.
    """
    payload = build_payload(filing, moment)
    if cause == SnapshotCause.SUBMIT:
        payload["cross_checks"] = entries_of(filing, payload)
        filing.warnings = len(payload["cross_checks"])
        filing.industry_section = get_kind(filing.kind).industry_section(filing)
    last = filing.snapshots.aggregate(last=Max("number"))["last"] or 0
    return Snapshot.objects.create(
        filing=filing,
        number=last + 1,
        round=filing.round,
        cause=cause,
        payload=payload,
        sha256=payload_hash(payload),
        made_by=user,
        made_at=moment,
    )


def copy_snapshot(*, snapshot, filing, cause, user, moment):
    """Write the Snapshot of a decision: the content the officer saw, with the state it led to.

    Content is taken from the submitted snapshot, never from the answers: what was decided on is what was submitted.
    """
    payload = snapshot.payload | {
        "state": {"code": filing.state, "label": filing.get_state_display()},
        "made_at": timezone.localtime(moment).isoformat(timespec="seconds"),
    }
    return Snapshot.objects.create(
        filing=filing,
        number=filing.snapshots.aggregate(last=Max("number"))["last"] + 1,
        round=filing.round,
        cause=cause,
        payload=payload,
        sha256=payload_hash(payload),
        made_by=user,
        made_at=moment,
    )


def is_intact(snapshot):
    """Tell whether a snapshot's content still fits its hash."""
    return payload_hash(snapshot.payload) == snapshot.sha256
