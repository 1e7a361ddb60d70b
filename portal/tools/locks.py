"""Locks by name, for rules that count rows which do not exist yet."""
import hashlib

from django.db import connection


def hold_names(*names):
    """Hold the names until the present transaction ends; whoever wants one of them meanwhile waits.

    PostgreSQL: advisory locks, taken in one order so that two callers never wait for each other. SQLite needs none:
    every transaction takes the write lock when it starts (portal/settings/database.py). Names are hashed to 64 bits;
    two that collide only wait for each other.
    """
    if connection.vendor != "postgresql":
        return
    keys = sorted(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True) for name in set(names))
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
