"""The transition table: what may be done to a filing, from which state, by whom, with what result.

One row per (action, party). ``reviews.services.transition.apply_transition`` is the only code that carries a row
out. docs/states.md is generated from this table.
"""
from dataclasses import dataclass

from reviews.enums import Action, Party, State


@dataclass(frozen=True)
class Transition:
    """One row. ``to_state`` is where the filing goes; an approval before the last step stays in review."""

    action: Action
    from_states: frozenset
    party: Party
    to_state: State
    comment_required: bool = False
    makes_snapshot: bool = False


TABLE = (
    Transition(
        Action.SUBMIT, frozenset({State.DRAFT, State.RETURNED}), Party.OWNER, State.IN_REVIEW, makes_snapshot=True
    ),
    # The last step leads to APPROVED, an earlier one to the next desk: see services/transition.py.
    Transition(Action.APPROVE, frozenset({State.IN_REVIEW}), Party.DESK, State.APPROVED, makes_snapshot=True),
    Transition(
        Action.RETURN,
        frozenset({State.IN_REVIEW}),
        Party.DESK,
        State.RETURNED,
        comment_required=True,
        makes_snapshot=True,
    ),
    # 小巨人: besides the desk the province may return at any step (manual §2).
    Transition(
        Action.RETURN,
        frozenset({State.IN_REVIEW}),
        Party.ORIGIN_PROVINCE,
        State.RETURNED,
        comment_required=True,
        makes_snapshot=True,
    ),
    Transition(
        Action.REJECT,
        frozenset({State.IN_REVIEW}),
        Party.DESK,
        State.REJECTED,
        comment_required=True,
        makes_snapshot=True,
    ),
    # Only kinds that allow it (年度信息更新).
    Transition(Action.WITHDRAW, frozenset({State.IN_REVIEW}), Party.OWNER, State.WITHDRAWN),
    Transition(Action.PUBLICISE, frozenset({State.APPROVED}), Party.PUBLISHER, State.PUBLICISED),
    # An objection was upheld during publicity.
    Transition(
        Action.TAKE_OUT, frozenset({State.PUBLICISED}), Party.PUBLISHER, State.REJECTED, comment_required=True
    ),
    # An authority has changed: the filing goes to another desk of the same level and stays in review.
    Transition(Action.REROUTE, frozenset({State.IN_REVIEW}), Party.OVERSEER, State.IN_REVIEW, comment_required=True),
    Transition(Action.RECOGNISE, frozenset({State.PUBLICISED}), Party.PUBLISHER, State.RECOGNISED),
)


def find(action, party):
    """Return the row for an action by a party, or None when the party never does that."""
    for row in TABLE:
        if row.action == action and row.party == party:
            return row
    return None


def rows_for(action):
    """Return every row of an action."""
    return [row for row in TABLE if row.action == action]
