"""存证校验: checking the histories of filings, one at once or all of them, and keeping the result of each full run."""
from django.db import transaction
from django.utils import timezone

from accounts.services.access_log import log_access
from reviews.models import Filing, Verification
from reviews.services.events import verify_chain

#: Faults that are kept for the page; the command prints them all.
MOST_FAULTS = 100


@transaction.atomic
def verify_filing(*, filing, user, request=None):
    """Check one filing and return its faults as sentences; the check is logged."""
    faults = verify_chain(filing)
    result = f"发现 {len(faults)} 处不符" if faults else "完整"
    log_access(actor=user, action="存证校验", subject=f"{filing} {result}", request=request)
    return faults


def verify_all(*, report):
    """Check every submitted filing; ``report(number, sentence)`` is called for each fault. Returns the Verification."""
    began = timezone.now()
    checked, faults = 0, []
    for filing in Filing.objects.filter(submitted_at__isnull=False).order_by("pk").iterator(chunk_size=500):
        checked += 1
        for fault in verify_chain(filing):
            faults.append((filing.number, fault))
            report(filing.number, fault)
    return Verification.objects.create(
        began_at=began, ended_at=timezone.now(), checked=checked, broken=len(faults), faults=faults[:MOST_FAULTS]
    )


def last_verification():
    """Return the Verification of the last full run, or None before the first."""
    return Verification.objects.order_by("-id").first()
