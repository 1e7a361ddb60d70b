"""In what capacity a user acts on a filing: the one place that decides who may do what."""
from accounts.enums import AuthorityLevel
from reviews.enums import Action, Party, State
from reviews.kinds import get_kind
from reviews.transitions import rows_for


def parties_of(user, filing):
    """Return the set of Party that ``user`` is for ``filing``; empty when he has nothing to do with it."""
    if not (user.is_authenticated and user.is_active):
        return set()
    parties = set()
    if user.is_legal_person and filing.enterprise.account_id == user.pk:
        parties.add(Party.OWNER)
    kind = get_kind(filing.kind)
    if user.may_decide:
        if filing.state == State.IN_REVIEW and filing.desk_id == user.authority_id:
            parties.add(Party.DESK)
        if kind.province_may_return and filing.province_id == user.authority_id:
            parties.add(Party.ORIGIN_PROVINCE)
    if user.may_publish and filing.province_id and user.authority_id in {filing.province_id, filing.province.parent_id}:
        parties.add(Party.OVERSEER)
    if user.may_publish and publisher_id(filing, kind) == user.authority_id:
        parties.add(Party.PUBLISHER)
    return parties


def publisher_id(filing, kind):
    """Return the id of the authority that publicises this filing (None before submission).

    The province for 创新型 and 专精特新; the ministry, recognised by its level, for 小巨人 (domain.md §1.4).
    """
    if kind.publisher_level == AuthorityLevel.PROVINCE:
        return filing.province_id
    return filing.province.parent_id if filing.province_id else None


def transition_for(user, filing, action):
    """Return the row of the table by which ``user`` may do ``action`` on ``filing`` now, or None."""
    kind = get_kind(filing.kind)
    if action == Action.WITHDRAW and not kind.may_withdraw:
        return None
    if action == Action.PUBLICISE and not kind.is_publicised:
        return None
    parties = parties_of(user, filing)
    for row in rows_for(action):
        if row.party in parties and filing.state in row.from_states:
            return row
    return None


def allowed_actions(user, filing):
    """Return the actions that ``user`` may take on ``filing`` now, in the order of the table."""
    return [action for action in Action if transition_for(user, filing, action)]
