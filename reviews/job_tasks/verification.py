"""存证校验 of all filings, every night."""
import logging

from celery import shared_task

from reviews.services.verification import verify_all

log = logging.getLogger(__name__)

#: Seconds. A filing takes a few milliseconds; a million of them some hours, while nobody waits.
SOFT_LIMIT, HARD_LIMIT = 5 * 3600, 5 * 3600 + 60


@shared_task(soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT, acks_late=False)
def verify_histories():
    """Check all histories; each fault goes to the log as an error, the result to the page 存证校验."""
    verify_all(report=lambda number, fault: log.error("The history of filing %s does not fit: %s", number, fault))
