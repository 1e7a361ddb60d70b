"""The session engine: Django's database sessions with account, address and device beside them.

The account and its circumstances are written into the session at sign-in (accounts.services.sign_in) and copied into
columns when the session is saved; nothing more is read or written per request than with Django's own engine.
"""
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.dateparse import parse_datetime

#: Keys inside the session data.
ADDRESS, DEVICE, SIGNED_IN_AT = "_address", "_device", "_signed_in_at"


class SessionStore(DatabaseStore):
    """Stores sessions in accounts.Session."""

    @classmethod
    def get_model_class(cls):
        """Return the model with the extra columns."""
        from accounts.models import Session

        return Session

    def create_model_instance(self, data):
        """Return the row for ``data`` with the extra columns filled in."""
        row = super().create_model_instance(data)
        row.account_id = data.get(SESSION_KEY)
        row.address = data.get(ADDRESS)
        row.device = data.get(DEVICE, "")
        signed_in_at = data.get(SIGNED_IN_AT)
        row.signed_in_at = parse_datetime(signed_in_at) if signed_in_at else None
        return row
