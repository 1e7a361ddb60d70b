"""Carrying out lists of 满足复核条件."""
import time

from celery import shared_task

from applications.services.eligibility_lists import carry_on, unfinished_ids
from portal.tools.queueing import enqueue

#: Seconds after which a task hands the rest over to the next one, well below the limit of Celery.
SPELL = 60
SWEEP_SIZE = 50


@shared_task
def carry_out_list(list_id):
    """Carry out what is left of a list; one that is unknown or finished is left alone."""
    started = time.monotonic()
    while carry_on(list_id=list_id):
        if time.monotonic() - started > SPELL:
            enqueue(carry_out_list, list_id)
            return


@shared_task
def requeue_lists():
    """Hand over the lists that were ordered while the broker was away, and those that a dead worker has left."""
    for list_id in unfinished_ids(limit=SWEEP_SIZE):
        if not enqueue(carry_out_list, list_id):
            break
