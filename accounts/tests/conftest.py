"""Fixtures of the accounts tests."""
import ipaddress
import secrets

import pytest
from django.db import transaction

from accounts.reference import load_all


@pytest.fixture(scope="module")
def reference(django_db_setup, django_db_blocker):
    """Load the real reference data once for a module, in a transaction that is rolled back after it."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        counts = load_all()
    yield counts
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def many_codes(monkeypatch):
    """Lift the limit of QR codes for one address: the tests ask for more than a person would."""
    monkeypatch.setattr("accounts.services.licence.CODES_PER_WINDOW", 100_000)


@pytest.fixture
def unused_address():
    """Return an address (RFC 3849) that no test has used: look-ups are counted in the cache by address and hour."""
    return str(ipaddress.ip_address(int(ipaddress.ip_address("2001:db8::")) + secrets.randbits(64)))
