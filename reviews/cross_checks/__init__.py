"""核验: what looks odd in a submission, worked out once when it is submitted, for officers only.

This package holds the table and the checks that need no form: evidence, contacts, area. A kind adds its own through
FilingKind.cross_checks. docs/cross-checks.md lists them all.
"""
from functools import partial

from reviews.cross_checks import contacts, evidence, region
from reviews.cross_checks.registry import NOTICE, OURS, WARN, CrossCheck, Odd, all_checks, guarded, register, run
from reviews.cross_checks.submission import Submission
from reviews.kinds import get_kind

__all__ = [
    "EVERY_KIND", "NOTICE", "OURS", "WARN", "CrossCheck", "Odd", "Submission", "all_checks", "entries_of", "register",
    "run",
]  # fmt: skip

#: The checks of every kind, in the order of the page.
EVERY_KIND = register((*evidence.CHECKS, *contacts.CHECKS, *region.CHECKS))


def entries_of(filing, payload):
    """Return the list for ``payload["cross_checks"]`` of a filing that is being submitted: 需要核实 first.

    Never raises: what could not be checked is an entry that says so.
    """
    kind = get_kind(filing.kind)
    entries = run(EVERY_KIND, Submission(filing, payload))
    entries += guarded("kind", f"{kind.title}的填报内容", partial(kind.cross_checks, filing, payload))
    return sorted(entries, key=lambda entry: entry["severity"] != WARN)
