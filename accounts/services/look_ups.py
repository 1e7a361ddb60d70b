"""A limit on questions whose answer tells whether an account exists (registration, recovery, state of a request).

Counted in the cache (Redis) by address and hour: no row of ours would be worth keeping for it. Without the cache the
question is refused: the codes that these pages need could not be sent then either, and an open door would let anybody
try all codes of a country.
"""
import time

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from accounts.services.access_log import address_of
from accounts.services.codes import in_words
from portal.tools.errors import Refused

HOUR = 3600  # seconds
SENTENCE = "您所在的网络查询过于频繁（每小时最多 {limit} 次），请{wait}后再试。您填写的内容仍在本页。"
AWAY_SENTENCE = "系统暂时无法核对账户，请几分钟后再试。您填写的内容仍在本页。"


class TooManyLookUps(Refused):
    """The address has asked too often this hour. ``wait``: seconds until it may ask again."""

    status = 429
    code = "too_many_look_ups"

    def __init__(self, message, *, wait):
        super().__init__(message)
        self.wait = wait


def count_look_up(*, request):
    """Count one question of this request's address. Raises TooManyLookUps, or Refused (503) without the cache."""
    now = int(time.time())
    key = f"look-ups:{address_of(request)}:{now // HOUR}"
    try:
        cache.add(key, 0, HOUR)
        count = cache.incr(key)
    except (RedisError, ValueError) as error:  # ValueError: the key has just expired
        raise Refused(AWAY_SENTENCE, code="look_ups_away", status=503) from error
    if count > settings.LOOK_UPS_PER_HOUR:
        wait = HOUR - now % HOUR
        raise TooManyLookUps(SENTENCE.format(limit=settings.LOOK_UPS_PER_HOUR, wait=in_words(wait)), wait=wait)
