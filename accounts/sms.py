"""SMS providers: classes with one method. settings.SMS_PROVIDER names the one in use."""
import json
import logging
import os
import re
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.tools.crypto import mask

#: Six digits by themselves: a verification code.
_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")

log = logging.getLogger(__name__)

#: Characters of a text without its signature; carriers split and charge longer ones by 67 characters a part.
MAX_LENGTH = 300
CUT = "…（全文请登录平台查看【系统消息】）"


class SmsRefused(Exception):
    """The provider has certainly not sent the text; it may be tried again. The message is the provider's answer."""


class Provider(Protocol):
    """What a provider must do."""

    def send(self, mobile, text):
        """Send ``text`` to ``mobile`` and return the provider's answer.

        Raises SmsRefused when it is certain that nothing was sent. Any other exception means that nobody knows.
        """


class ConsoleProvider:
    """Writes the text to the log, with the number and any code masked: many people read a log."""

    def send(self, mobile, text):
        """Log the text."""
        log.info("SMS to %s: %s", mask(mobile), _CODE.sub("******", text))
        return "console"


class FileProvider:
    """Appends the text as a JSON line to settings.SMS_FILE, which only the portal's own account may read."""

    def send(self, mobile, text):
        """Append one line and wait until it is on the disk."""
        line = json.dumps(
            {"at": timezone.now().isoformat(), "mobile": mobile, "text": text}, ensure_ascii=False
        )
        try:
            descriptor = os.open(settings.SMS_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as error:
            raise SmsRefused(f"{settings.SMS_FILE.name}: {error.strerror}") from error
        try:
            # One write, so that lines of several workers never mix.
            os.write(descriptor, f"{line}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return "file"


def get_provider():
    """Return the provider that settings.SMS_PROVIDER names. Raises ImportError when there is none."""
    return import_string(settings.SMS_PROVIDER)()


def sign(text):
    """Put the signature in front, as the carriers demand, and cut a long text: the whole is in 系统消息."""
    if len(text) > MAX_LENGTH:
        text = f"{text[: MAX_LENGTH - len(CUT)]}{CUT}"
    return f"【{settings.SMS_SIGNATURE}】{text}"
