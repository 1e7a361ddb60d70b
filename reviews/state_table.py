"""docs/states.md, written from the transition table."""
from reviews.enums import Action, Party, State
from reviews.transitions import TABLE

_HEAD = """# States of a filing (申报件的状态)

Generated from `reviews/transitions.py` by `manage.py describe_states`; a test holds both together.

| action | party | from | to | comment | snapshot |
| --- | --- | --- | --- | --- | --- |
"""
_TAIL = """
通过 before the last step of the route stays in review and goes to the next desk. 撤回 is only for kinds that allow it,
退回 by 省级主管部门 only for kinds whose province may return at any step (小巨人), 公示 only for kinds that are publicised.
改派 puts the present step on the desk of another authority of the same level. Everything else is refused.
"""


def render_state_table():
    """Return the text of docs/states.md."""
    rows = []
    for row in TABLE:
        sources = "、".join(f"{State(state).label} `{state}`" for state in State.values if state in row.from_states)
        rows.append(
            f"| {Action(row.action).label} `{row.action.value}` | {Party(row.party).label} | {sources} "
            f"| {State(row.to_state).label} `{row.to_state.value}` | {'required' if row.comment_required else ''} "
            f"| {'yes' if row.makes_snapshot else ''} |\n"
        )
    return _HEAD + "".join(rows) + _TAIL
