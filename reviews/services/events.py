"""The hash chain of review events (design.md §4)."""
import hashlib

from django.utils import timezone

from reviews.models import ReviewEvent
from reviews.services.snapshots import canonical_json, is_intact


def event_hash(event):
    """Return the hash of an event's content together with the hash of the event before it."""
    content = {
        "filing": event.filing_id,
        "sequence": event.sequence,
        "action": event.action,
        "party": event.party,
        "actor": event.actor_id,
        "actor_name": event.actor_name,
        "authority": event.authority_id,
        "from_state": event.from_state,
        "to_state": event.to_state,
        "seen_version": event.seen_version,
        "comment": event.comment,
        "note": event.note,
        "snapshot": event.snapshot.sha256 if event.snapshot_id else "",
        "at": event.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds"),
        "previous": event.previous_hash,
    }
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def record_event(*, filing, action, party, user, from_state, seen_version, comment="", note="", snapshot=None, moment):
    """Append an event to the filing's chain and move the chain's head on ``filing`` (not saved here).

    The caller holds the row lock on the filing.
    """
    event = ReviewEvent(
        filing=filing,
        sequence=filing.events.count() + 1,
        action=action,
        party=party,
        actor=user,
        actor_name=str(user),
        authority=user.authority if user.is_officer else None,
        from_state=from_state,
        to_state=filing.state,
        seen_version=seen_version,
        comment=comment,
        note=note,
        snapshot=snapshot,
        at=moment,
        previous_hash=filing.last_event_hash,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    filing.last_event_hash = event.hash
    return event


def verify_chain(filing):
    """Return a list of sentences about what does not fit in the filing's history; empty when it is intact.

    Found: a changed row, a missing row (also at the end, because the filing carries the chain's head), a changed
    snapshot.
    """
    faults = []
    previous = ""
    for expected, event in enumerate(filing.events.select_related("snapshot").order_by("sequence"), start=1):
        if event.sequence != expected:
            faults.append(f"第 {expected} 条记录缺失（下一条序号为 {event.sequence}）。")
            break
        if event.previous_hash != previous:
            faults.append(f"第 {expected} 条记录与前一条不相接。")
        if event_hash(event) != event.hash:
            faults.append(f"第 {expected} 条记录的内容与摘要不符。")
        previous = event.hash
    if not faults and previous != filing.last_event_hash:
        faults.append("最后一条记录与申报件上的链尾不符，末尾可能有记录缺失。")
    faults += [
        f"第 {snapshot.number} 号快照的内容与摘要不符。"
        for snapshot in filing.snapshots.order_by("number")
        if not is_intact(snapshot)
    ]
    return faults
