"""A stand-in for the licence service: a page of the portal plays the telephone (accounts/views/simulator.py).

Whoever opens it may be any enterprise. It is refused in production (accounts/checks.py) and labelled everywhere.
Answers lie in the cache, as in another system; they are signed with a key derived from SECRET_KEY.
"""
import datetime
import hashlib
import hmac
import json
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from redis.exceptions import RedisError

from accounts.licence.gateway import GatewayUnreachable, LicenceGateway, LicenceResult

LABEL = "模拟器：仅供试用，不是真实的电子营业执照服务"
#: Seconds that an answer is kept.
KEPT = 10 * 60


class SimulatorGateway(LicenceGateway):
    """Answers with what was chosen on the simulator's page."""

    simulated = True
    label = LABEL

    def start(self, scan):
        """Return the address of the page that plays the telephone."""
        return settings.SITE_URL.rstrip("/") + reverse("accounts:licence_simulator", args=[scan.token])

    def poll(self, scan):
        """Return what was answered on the simulator's page, or None."""
        with _unreachable_without_cache():
            stored = cache.get(_key(scan.token))
        if stored is None:
            return None
        values = json.loads(stored)
        return LicenceResult(**values | {"issued_at": datetime.datetime.fromisoformat(values["issued_at"])})

    def verify_signature(self, result):
        """Compare with our own signature in constant time."""
        return hmac.compare_digest(result.signature, signature_of(result))


def answer(*, token, refused=False, uscc="", enterprise_name="", legal_representative=""):
    """Store a signed answer to the QR code and return whether it was the first; later ones change nothing."""
    result = LicenceResult(
        token=token, refused=refused, uscc=uscc, enterprise_name=enterprise_name,
        legal_representative=legal_representative, issued_at=timezone.now(), signature="",
    )  # fmt: skip
    return leave(result, signature_of(result))


def leave(result, signature):
    """Store a result with this signature, right or wrong; return whether it was the first for its QR code."""
    values = vars(result) | {"issued_at": result.issued_at.isoformat(), "signature": signature}
    with _unreachable_without_cache():
        return cache.add(_key(result.token), json.dumps(values), KEPT)


def signature_of(result):
    """Return the simulator's signature over everything that the result says."""
    said = {name: str(value) for name, value in vars(result).items() if name != "signature"}
    key = hashlib.sha256(f"licence simulator {settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, json.dumps(said, sort_keys=True).encode(), hashlib.sha256).hexdigest()


def _key(token):
    return f"licence-simulator:{token}"


@contextmanager
def _unreachable_without_cache():
    try:
        yield
    except RedisError as error:
        raise GatewayUnreachable() from error
