"""The table of cross-checks (核验): what each compares, how it is run, and what it says (docs/cross-checks.md).

A cross-check looks at a submission for officers: it never refuses anything and the enterprise never sees it. It is a
function of a case (whatever its table is run with) that yields ``Odd``; nothing found is nothing yielded.
"""
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction

log = logging.getLogger(__name__)

#: Severities: 需要核实 (two facts do not fit) and 提示 (there may well be a good reason).
WARN, NOTICE = "warn", "notice"
#: Where a threshold comes from when no official text has one.
OURS = "本平台自定"


@dataclass(frozen=True)
class Odd:
    """One thing that does not fit: a complete Chinese sentence with both values and what the officer can do.

    ``section`` and ``field`` name the place on the officers' page (docs/snapshot.md); "" when there is none.
    """

    message: str
    section: str = ""
    field: str = ""
    severity: str = NOTICE


@dataclass(frozen=True)
class CrossCheck:
    """One cross-check. ``explanation`` says what is compared with what, ``source`` where its threshold comes from."""

    code: str
    label: str
    explanation: str
    source: str
    find: Callable


_checks = {}


def register(checks):
    """Add a table of checks at start-up and return it. Raises ValueError for a code that is taken."""
    for check in checks:
        if _checks.setdefault(check.code, check) is not check:
            raise ValueError(f"the cross-check {check.code} is registered already")
    return checks


def all_checks():
    """Return [(code, label, explanation)] of every registered check; the explanation ends with its source."""
    return [(row.code, row.label, f"{row.explanation}（{row.source}）") for row in _checks.values()]


def run(checks, case):
    """Return the entries of ``cross_checks`` (docs/snapshot.md) that these checks make of a case.

    A check that raises never reaches the caller: it is logged, and its entry says that it was not completed. All run
    in one savepoint; only when one fails they run again, each in its own, so that a refused query spoils no other.
    """
    try:
        with transaction.atomic():
            return [entry for check in checks for entry in _entries(check, case)]
    except Exception as error:  # whatever a check raises, the enterprise must be able to submit
        log.warning("A cross-check failed (%s); each is run by itself now", error)
    return [entry for check in checks for entry in guarded(check.code, check.label, partial(_entries, check, case))]


def guarded(code, label, function):
    """Return what ``function`` returns, or an entry that says that this check was not completed."""
    try:
        with transaction.atomic():
            return function()
    except Exception:
        log.exception("Cross-check %s was not completed", code)
        return [_entry(code, label, Odd(f"这项核验没有完成：系统出错，已经记录。审核时请人工核对“{label}”。"))]


def _entries(check, case):
    return [_entry(check.code, check.label, odd) for odd in check.find(case)]


def _entry(code, label, odd):
    return {
        "code": code,
        "label": label,
        "message": odd.message,
        "section": odd.section,
        "field": odd.field,
        "severity": odd.severity,
    }
