"""Reads of 【用户中心】: the devices that are signed in, and the last sign-ins."""
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.devices import device_name, device_token
from accounts.models import Session, SignInLog

SIGN_INS_SHOWN = 10
DEVICES_SHOWN = 50


@dataclass(frozen=True)
class Device:
    """One signed-in browser; ``token`` names it in a form."""

    token: str
    name: str
    address: str
    signed_in_at: datetime | None
    seen_at: datetime
    is_here: bool


def devices_of(account, *, here):
    """Return the account's devices, the one with the session key ``here`` first, then the last seen; one query."""
    rows = (
        Session.objects.filter(account=account, expire_date__gt=timezone.now())
        .only("session_key", "device", "address", "signed_in_at", "seen_at")
        .order_by("-seen_at")[:DEVICES_SHOWN]
    )
    devices = [
        Device(
            token=device_token(row.session_key),
            name=device_name(row.device),
            address=row.address or "未知",
            signed_in_at=row.signed_in_at,
            seen_at=row.seen_at,
            is_here=row.session_key == here,
        )
        for row in rows
    ]
    return sorted(devices, key=lambda device: not device.is_here)


def last_sign_ins(account):
    """Return the last rows of the account's sign-in log, each with ``device_name``; one query."""
    rows = list(SignInLog.objects.filter(account=account).order_by("-id")[:SIGN_INS_SHOWN])
    for row in rows:
        row.device_name = device_name(row.device)
    return rows
