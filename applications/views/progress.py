"""The way of a filing as the enterprise sees it: authorities, never the names of officers."""
from dataclasses import dataclass

from reviews.enums import Action, State
from reviews.kinds import get_kind

DONE, CURRENT, RETURNED, COMING = "done", "current", "returned", "coming"
_BACK = {Action.RETURN, Action.REJECT, Action.TAKE_OUT}


@dataclass(frozen=True)
class Entry:
    """One line of the timeline."""

    look: str
    title: str
    time: object = None
    body: str = ""


def timeline(filing, events, steps):
    """Return the entries: what happened, who has it now, what is still to come.

    ``events`` with authority in order, ``steps`` of the present round with authority in order.
    """
    entries = [_past(event) for event in events]
    if filing.state in (State.DRAFT, State.RETURNED):
        again = "修改后重新提交" if filing.state == State.RETURNED else "填写并提交"
        entries.append(Entry(CURRENT, f"待企业{again}"))
    if filing.state == State.IN_REVIEW:
        telephone = f"咨询电话 {filing.desk.telephone}" if filing.desk.telephone else ""
        entries.append(Entry(CURRENT, f"{filing.desk.name}审核中", filing.desk_since, telephone))
        entries += [Entry(COMING, f"待{step.authority.name}审核") for step in steps if step.position > filing.step]
    if get_kind(filing.kind).is_publicised:
        entries += _publication(filing.state)
    return entries


def _publication(state):
    if state == State.IN_REVIEW:
        return [Entry(COMING, "公示、公告")]
    if state == State.APPROVED:
        return [Entry(CURRENT, "审核已通过，等待公示"), Entry(COMING, "公告认定")]
    if state == State.PUBLICISED:
        return [Entry(CURRENT, "公示中，期满且无异议后公告认定")]
    return []


def _past(event):
    who = event.authority.name if event.authority_id else "企业"
    look = RETURNED if event.action in _BACK else DONE
    if event.action == Action.SUBMIT:
        verb = "重新提交" if event.from_state == State.RETURNED else "提交"
        return Entry(look, f"企业{verb}", event.at)
    return Entry(look, f"{who}　{event.get_action_display()}", event.at, event.comment)


def progress(filing, steps):
    """Return (steps done, steps in all) for the progress line: submit, each desk, and publication when there is one."""
    kind = get_kind(filing.kind)
    desks = len(steps) or len(kind.default_levels)
    total = 1 + desks + (1 if kind.is_publicised else 0)
    if filing.state in (State.DRAFT, State.RETURNED, State.WITHDRAWN):
        return 0, total
    if filing.state == State.IN_REVIEW:
        return filing.step, total
    if filing.state in (State.APPROVED, State.PUBLICISED) and kind.is_publicised:
        return 1 + desks, total
    return total, total
