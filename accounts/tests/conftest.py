"""Fixtures of the accounts tests."""
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
