"""Reads of the second factor for the officer's own page."""
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.enums import NoticeChannel
from accounts.models import Notice
from accounts.services.second_factor import NOTICE_KEY


def last_message(user):
    """Return the latest 系统消息 about this account's second factor, or None: the desk has no inbox to find it in."""
    messages = Notice.objects.filter(recipient=user, channel=NoticeChannel.MESSAGE, key__startswith=NOTICE_KEY)
    return messages.order_by("-id").first()


def binding_state(user):
    """Return {"device": the bound authenticator, "left": how many recovery codes are left, "message"}."""
    return {
        "device": TOTPDevice.objects.filter(user=user, confirmed=True).first(),
        "left": StaticToken.objects.filter(device__user=user, device__confirmed=True).count(),
        "message": last_message(user),
    }
