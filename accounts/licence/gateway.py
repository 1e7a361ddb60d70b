"""What the portal needs from a service that scans 电子营业执照: start, poll, signature check.

The official interface is not public. A real one is a class with these methods, named by settings.LICENCE_GATEWAY;
the rest of the portal knows nothing else about it.
"""
import datetime
from abc import ABC, abstractmethod
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from portal.tools.errors import Refused

UNREACHABLE = "电子营业执照服务暂时连接不上，本次没有办理。请稍后再试，或改用其他方式。"
CLOSED = "电子营业执照扫码服务暂未开放。请用登录名或统一社会信用代码和密码登录；实名认证请选择【人工实名认证】。"


class GatewayUnreachable(Refused):
    """The licence service does not answer."""

    status = 503
    code = "gateway_unreachable"

    def __init__(self, message=UNREACHABLE, **details):
        super().__init__(message, **details)


class GatewayClosed(Refused):
    """No licence service is configured."""

    status = 503
    code = "gateway_closed"

    def __init__(self, message=CLOSED, **details):
        super().__init__(message, **details)


@dataclass(frozen=True)
class LicenceResult:
    """What the service says about one scan.

    ``token`` names the QR code that was scanned, ``issued_at`` is aware. With ``refused`` the person pressed 拒绝 in
    the app, and the licence is blank. Nothing of it counts before ``verify_signature``.
    """

    token: str
    refused: bool
    uscc: str
    enterprise_name: str
    legal_representative: str
    issued_at: datetime.datetime
    signature: str


class LicenceGateway(ABC):
    """A service that scans 电子营业执照. Every method may raise GatewayUnreachable."""

    #: A stand-in with which anybody can be any enterprise; its ``label`` is shown on every page that uses it.
    simulated = False
    label = ""

    @abstractmethod
    def start(self, scan):
        """Announce the scan (an accounts.LicenceScan) and return the text of its QR code."""

    @abstractmethod
    def poll(self, scan):
        """Return the LicenceResult of the scan, or None while nobody has answered. Asking twice changes nothing."""

    @abstractmethod
    def verify_signature(self, result):
        """Tell whether the result comes from the service unchanged."""


def gateway_class():
    """Return the class that settings.LICENCE_GATEWAY names, None when blank. Raises ImproperlyConfigured."""
    path = settings.LICENCE_GATEWAY
    if not path:
        return None
    try:
        found = import_string(path)
    except ImportError as error:
        raise ImproperlyConfigured(f"LICENCE_GATEWAY: {error}") from error
    if not (isinstance(found, type) and issubclass(found, LicenceGateway)):
        raise ImproperlyConfigured(f"LICENCE_GATEWAY: {path} is not a subclass of LicenceGateway.")
    return found


def get_gateway():
    """Return the configured gateway. Raises GatewayClosed while there is none."""
    found = gateway_class()
    if found is None:
        raise GatewayClosed()
    return found()


def is_simulated():
    """Tell whether the configured gateway is a simulator."""
    found = gateway_class()
    return found is not None and found.simulated
