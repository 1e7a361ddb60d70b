"""Handing work to Celery: only after the commit, and never failing the request when the broker is away."""
import logging

from django.db import transaction
from kombu.exceptions import OperationalError as BrokerAway

log = logging.getLogger(__name__)


def enqueue_on_commit(task, *args):
    """Queue ``task`` when the present transaction has committed.

    The row that the task works on is stored first; when the broker is away a beat task finds it later, so the
    failure is logged and swallowed.
    """
    transaction.on_commit(lambda: enqueue(task, *args))


def enqueue(task, *args):
    """Queue ``task`` now; return False when the broker is away."""
    try:
        task.apply_async(args=args)
    except (BrokerAway, ConnectionError, OSError) as error:
        log.warning("broker away, %s%r left to the periodic sweep: %s", task.name, args, error)
        return False
    return True
