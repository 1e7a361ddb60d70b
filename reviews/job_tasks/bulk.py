"""批量办理 in the worker, and the sweep for jobs that got lost or whose worker died."""
import datetime

from celery import shared_task
from django.utils import timezone

from reviews.job_tasks.papers import HAND_OVER, SWEEP_SIZE, hand_over
from reviews.queries.bulk import stuck_ids
from reviews.services import bulk

#: No row takes as long as this; a job without progress for longer has no worker.
STANDSTILL = datetime.timedelta(minutes=3)


@shared_task
def carry_out_bulk(bulk_id):
    """Carry out a bulk decision, or what is left of it; one that is done or unknown is left alone."""
    bulk.run_bulk(bulk_id=bulk_id)


@shared_task
def requeue_bulk():
    """Hand over the jobs that nobody works on."""
    now = timezone.now()
    stuck = stuck_ids(queued_before=now - HAND_OVER, beat_before=now - STANDSTILL, limit=SWEEP_SIZE)
    hand_over(carry_out_bulk, "bulk", stuck)
