"""Personal data at rest: encrypted columns, sealed values in JSON, masks for pages.

Keys come from settings.FIELD_KEYS, newest first (MultiFernet), so a key can be rotated without a pause.
"""
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

SEAL = "sealed"


def _fernet():
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])


def encrypt(text):
    """Return ``text`` encrypted; the empty string stays empty."""
    return _fernet().encrypt(text.encode()).decode() if text else ""


def decrypt(token):
    """Return the plain text of ``encrypt``. Raises InvalidToken when no present key fits."""
    return _fernet().decrypt(token.encode()).decode() if token else ""


def seal(text):
    """Wrap a personal value for storage inside JSON."""
    return {SEAL: encrypt(text)} if text else ""


def is_sealed(value):
    """Tell whether a JSON value was made by ``seal``."""
    return isinstance(value, dict) and set(value) == {SEAL}


def unseal(value):
    """Return the plain text of a sealed value; any other value comes back as it is."""
    return decrypt(value[SEAL]) if is_sealed(value) else value


def mask(text):
    """Hide the middle of a telephone or document number: 138****5678; short values keep their first character."""
    text = str(text or "")
    if len(text) >= 11:
        return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"
    if len(text) > 3:
        return f"{text[:2]}{'*' * (len(text) - 3)}{text[-1]}"
    return f"{text[:1]}{'*' * max(len(text) - 1, 0)}"


def blind_index(text):
    """Return a keyed hash by which an encrypted value can be looked up for equality."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest() if text else ""


class EncryptedTextField(models.TextField):
    """A text column whose content is encrypted at rest and plain in Python."""

    def get_prep_value(self, value):
        """Encrypt on the way to the database."""
        value = super().get_prep_value(value)
        return value if value is None else encrypt(value)

    def from_db_value(self, value, expression, connection):
        """Decrypt on the way from the database."""
        if value is None:
            return value
        try:
            return decrypt(value)
        except InvalidToken as error:
            raise ValueError(f"{self.name} was encrypted with a key that is not in FIELD_KEYS") from error
