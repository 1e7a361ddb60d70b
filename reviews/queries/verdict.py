"""The verdict of a submission as officers read it: what is not met first, each condition with its number."""
from dataclasses import dataclass, field

#: The states of a condition that ask for the officer's eye, in the order of the page.
OPEN_STATES = ("not_met", "missing", "human")


@dataclass(frozen=True)
class Verdict:
    """Conditions as (number in the standard, condition), and groups of points and direct conditions that fall short."""

    open: list
    met: list
    short_groups: list
    counts: list = field(default_factory=list)


def verdict_of(assessment):
    """Return the Verdict of an assessment (docs/snapshot.md), None without one."""
    if not assessment:
        return None
    numbered = list(enumerate(assessment.get("conditions", []), start=1))
    rest = [entry for entry in numbered if entry[1]["state"] in OPEN_STATES]
    rest.sort(key=lambda entry: (OPEN_STATES.index(entry[1]["state"]), entry[0]))
    short = [
        group for group in assessment.get("groups", []) if group.get("minimum", "0") != "0" and not group.get("met")
    ]
    counts = []
    for state in OPEN_STATES:
        number = sum(condition["state"] == state for _, condition in rest)
        if number:
            label = next(condition["state_shown"] for _, condition in rest if condition["state"] == state)
            counts.append((state, label, number))
    return Verdict(rest, [entry for entry in numbered if entry not in rest], short, counts)
