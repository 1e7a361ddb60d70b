"""What must not be started: the licence simulator in production, a half configured unified login."""
from django.conf import settings
from django.core.checks import Error, Warning, register
from django.core.exceptions import ImproperlyConfigured

from accounts.licence.gateway import is_simulated

SIMULATOR_IN_PRODUCTION = (
    "LICENCE_GATEWAY is the simulator, with which anybody can be any enterprise; production refuses to start with it. "
    "Name the class of the real gateway, or leave LICENCE_GATEWAY blank to keep 电子营业执照扫码 closed."
)
LOCAL_NAMES = {"127.0.0.1", "localhost", "testserver", "[::1]"}


def refuse_simulator():
    """Raise ImproperlyConfigured in production while the licence gateway is the simulator, whatever is started."""
    if settings.PRODUCTION and is_simulated():
        raise ImproperlyConfigured(SIMULATOR_IN_PRODUCTION)


@register
def check_licence_simulator(app_configs, **kwargs):
    """Warn when other machines can reach the simulator."""
    if not is_simulated() or not set(settings.ALLOWED_HOSTS) - LOCAL_NAMES:
        return []
    return [
        Warning(
            "The portal answers to other machines, and with the licence simulator anybody there can be any enterprise.",
            hint="Leave LICENCE_GATEWAY blank unless this is a demonstration without real data.",
            id="accounts.W001",
        )
    ]


@register
def check_unified_login(app_configs, **kwargs):
    """Check that the national unified login is configured as a whole, and in production over https."""
    issuer = settings.UNIFIED_LOGIN_ISSUER
    if not issuer:
        return []
    errors = []
    if not settings.UNIFIED_LOGIN_CLIENT_ID:
        errors.append(Error("UNIFIED_LOGIN_ISSUER is set without UNIFIED_LOGIN_CLIENT_ID.", id="accounts.E001"))
    if settings.PRODUCTION and not issuer.startswith("https://"):
        errors.append(Error("UNIFIED_LOGIN_ISSUER must be an https address in production.", id="accounts.E002"))
    return errors
