"""Figures that are dear to count: kept for some minutes, counted anew by one request while others see the old ones."""
import datetime

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

KEPT_FOR = datetime.timedelta(minutes=5)
#: Seconds for which one request may count while the others take the old figures.
LOCKED_FOR = 60
#: Seconds after which an entry that nobody asks for is dropped.
DROPPED_AFTER = 3600


def kept(key, count):
    """Return (moment of counting, what ``count()`` returned), at most KEPT_FOR old.

    When the entry is older, exactly one of several requests counts anew; a hundred officers who come back from lunch
    cost one query. Without any entry, or without Redis, every request counts.
    """
    try:
        return _kept(key, count)
    except RedisError:
        return timezone.now(), count()


def _kept(key, count):
    found = cache.get(key)
    now = timezone.now()
    if found and now - found[0] < KEPT_FOR:
        return found
    if found and not cache.add(f"{key}:lock", 1, LOCKED_FOR):
        return found
    found = now, count()
    cache.set(key, found, DROPPED_AFTER)
    cache.delete(f"{key}:lock")
    return found
