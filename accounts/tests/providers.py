"""SMS providers that fail in the three ways a provider can."""
import os
import signal

from accounts.sms import SmsRefused


class RefusingProvider:
    """Says clearly that nothing was sent."""

    def send(self, mobile, text):
        raise SmsRefused("isv.BUSINESS_LIMIT_CONTROL")


class SilentProvider:
    """Breaks off so that nobody knows."""

    def send(self, mobile, text):
        raise TimeoutError("no answer within 10 s")


class DyingProvider:
    """The machine takes the worker away in the middle of sending."""

    def send(self, mobile, text):
        os.kill(os.getpid(), signal.SIGKILL)
