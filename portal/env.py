"""Where settings come from: the environment, and for the embedded default the folder ``var/``.

Production states everything in the environment and is refused without secrets. The embedded default
(``script/server``) makes its own secrets once and keeps them in ``var/secrets`` with mode 0600.
"""
import os
import secrets
from pathlib import Path

import environ
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

#: "embedded" (script/server), "production" or "test".
MODE = env.str("PORTAL_MODE", default="embedded")
if MODE not in {"embedded", "production", "test"}:
    raise ImproperlyConfigured(f"PORTAL_MODE must be embedded, production or test, not {MODE!r}.")

#: Database file, media, logs and sockets of the embedded default.
VAR_DIR = Path(env.str("PORTAL_VAR", default=str(BASE_DIR / "var"))).resolve()


def secret(name, make):
    """Return the secret ``name`` from the environment, or in embedded mode from ``var/secrets``.

    ``make`` produces a new value; the file is created once, never overwritten.
    Raises ImproperlyConfigured in production when the variable is missing.
    """
    value = env.str(name, default="")
    if value:
        return value
    if MODE == "production":
        raise ImproperlyConfigured(f"{name} must be set in production.")
    if MODE == "test":
        return make()
    folder = VAR_DIR / "secrets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name.lower()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    value = make()
    with os.fdopen(descriptor, "w") as handle:
        handle.write(value)
    return value


def make_secret_key():
    """Return a new Django secret key."""
    return secrets.token_urlsafe(50)


def make_field_key():
    """Return a new key for the columns that are encrypted at rest."""
    return Fernet.generate_key().decode()
