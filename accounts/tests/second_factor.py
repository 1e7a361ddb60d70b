"""What a telephone with an authenticator does, for tests."""
import time

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice


def code_for(key, step=0):
    """Return the code for a secret (hex), ``step`` steps of 30 seconds from now."""
    clock = TOTP(bytes.fromhex(key), drift=step)
    clock.time = time.time()
    return f"{clock.token():06d}"


def bound(user):
    """Return the authenticator bound to an account, made when there is none."""
    return TOTPDevice.objects.get_or_create(user=user)[0]
