"""The way of a filing as the enterprise sees it: authorities, never the names of officers."""
from dataclasses import dataclass

from accounts.enums import AuthorityLevel
from reviews.enums import Action, State, StepOutcome
from reviews.kinds import get_kind

DONE, CURRENT, RETURNED, COMING, ENDED = "done", "current", "returned", "coming", "ended"
_BACK = {Action.RETURN, Action.REJECT, Action.TAKE_OUT}
LOOKS = {DONE: "已完成", CURRENT: "进行中", RETURNED: "已退回", COMING: "未开始", ENDED: "未通过"}


@dataclass(frozen=True)
class Stage:
    """One station of the way in short: submit, each desk, 公示, 公告."""

    name: str
    look: str

    @property
    def look_label(self):
        """The look in words, for those who do not see it."""
        return LOOKS[self.look]


def stages(filing, steps):
    """Return the stations of a filing; ``steps`` are those of its present round with authority, in order."""
    kind = get_kind(filing.kind)
    desks = [step.authority.short_name for step in steps] or [level.level.label for level in kind.default_levels]
    names = ["提交", *desks, *(("公示", "公告") if kind.is_publicised else ())]
    at, look = _position(filing, steps, len(names))
    return [Stage(name, DONE if n < at else look if n == at else COMING) for n, name in enumerate(names)]


def _position(filing, steps, length):
    """Return (station where the filing is, how it looks there)."""
    if filing.state in (State.DRAFT, State.WITHDRAWN):
        return 0, CURRENT
    if filing.state == State.RETURNED:
        return 0, RETURNED
    if filing.state == State.IN_REVIEW:
        return filing.step, CURRENT
    if filing.state == State.REJECTED:
        refused = next((step.position for step in steps if step.outcome == StepOutcome.REJECTED), len(steps) + 1)
        return refused, ENDED
    if filing.state in (State.APPROVED, State.PUBLICISED) and get_kind(filing.kind).is_publicised:
        return len(steps) + 1, CURRENT
    return length, DONE


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
        entries += [Entry(COMING, f"待{name}") for name in coming(filing, steps)]
    elif get_kind(filing.kind).is_publicised:
        entries += _publication(filing)
    return entries


def coming(filing, steps):
    """Return what follows the present desk, in words."""
    names = [f"{step.authority.name}审核" for step in steps if step.position > filing.step]
    return names + ([f"{publisher(filing).name}公示、公告"] if get_kind(filing.kind).is_publicised else [])


def publisher(filing):
    """Return the authority that publicises and announces a submitted filing."""
    by_province = get_kind(filing.kind).publisher_level == AuthorityLevel.PROVINCE
    return filing.province if by_province else filing.province.parent


def _publication(filing):
    if filing.state == State.APPROVED:
        who = publisher(filing)
        telephone = f"咨询电话 {who.telephone}" if who.telephone else ""
        return [Entry(CURRENT, f"审核已通过，等待{who.name}公示", filing.decided_at, telephone), Entry(COMING, "公告认定")]
    if filing.state == State.PUBLICISED:
        return [Entry(CURRENT, "公示中，期满且无异议后公告认定")]
    return []


def _past(event):
    who = event.authority.name if event.authority_id else "企业"
    look = RETURNED if event.action in _BACK else DONE
    if event.action == Action.SUBMIT:
        verb = "重新提交" if event.from_state == State.RETURNED else "提交"
        return Entry(look, f"企业{verb}", event.at)
    return Entry(look, f"{who}　{event.get_action_display()}", event.at, event.comment)
