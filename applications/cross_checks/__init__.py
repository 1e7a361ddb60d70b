"""The cross-checks (核验) of the sectioned forms: what a submission says against what is known, for officers only.

``FORM_CHECKS`` is the table, in the order of docs/cross-checks.md; reviews/cross_checks holds the others and runs both.
"""
from applications.cross_checks import balance, digital, earlier, growth, rights, size, validity
from applications.cross_checks.case import Case
from reviews.cross_checks import register, run

FORM_CHECKS = register(
    (
        *earlier.CHECKS,
        *digital.CHECKS,
        *growth.CHECKS,
        *balance.CHECKS,
        *size.CHECKS,
        *rights.CHECKS,
        *validity.CHECKS,
    )
)


def check_form(filing, payload):
    """Return the entries of ``cross_checks`` for a filing with a sectioned form."""
    return run(FORM_CHECKS, Case(filing, payload))
