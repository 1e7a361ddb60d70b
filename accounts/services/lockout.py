"""Lock-out after wrong passwords: django-axes counts, on (account, address) pairs (settings.AXES_*)."""
import datetime

from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.utils import timezone


def seconds_locked(*, login_name, address):
    """Return how long the pair stays locked; 0 when it is not.

    Each browser of the address has a row of failures; the lock ends when so many rows have run out that fewer than
    settings.AXES_FAILURE_LIMIT failures are left.
    """
    now = timezone.now()
    rows = AccessAttempt.objects.filter(
        username=login_name, ip_address=address, attempt_time__gte=now - settings.AXES_COOLOFF_TIME
    ).order_by("attempt_time")
    rows = list(rows.values_list("attempt_time", "failures_since_start"))
    left = sum(failures for _, failures in rows)
    end = now
    for at, failures in rows:
        if left < settings.AXES_FAILURE_LIMIT:
            break
        left -= failures
        end = at + settings.AXES_COOLOFF_TIME
    return max(0, -(-(end - now) // datetime.timedelta(seconds=1)))


@transaction.atomic
def forget_failures(*, login_name):
    """Unlock the account at every address, after its owner has proved who he is; return how many rows went."""
    return AccessAttempt.objects.filter(username=login_name).delete()[0]


@transaction.atomic
def delete_old_failures():
    """Delete failures that lock nobody out any more; return how many."""
    return AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - settings.AXES_COOLOFF_TIME).delete()[0]
