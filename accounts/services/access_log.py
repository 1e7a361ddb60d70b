"""Writing the access log: who read personal data or took a file, and from where."""
import ipaddress

from django.conf import settings
from django.db import transaction

from accounts.models import AccessLog


@transaction.atomic
def log_access(*, actor, action, subject, request=None):
    """Add one row; ``action`` and ``subject`` are cut to their columns. Returns the row."""
    return AccessLog.objects.create(
        actor=actor,
        action=action[: AccessLog._meta.get_field("action").max_length],
        subject=subject[: AccessLog._meta.get_field("subject").max_length],
        address=address_of(request) if request is not None else None,
    )


def address_of(request):
    """Return the visitor's IP address, or None when it cannot be told.

    Behind the trusted proxy of production the last entry of X-Forwarded-For is the one that the proxy itself wrote;
    the entries before it are the visitor's own claim. Elsewhere the header is ignored.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rsplit(",", 1)[-1].strip()
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None
