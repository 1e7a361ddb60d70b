"""Sessions that know whose they are, so that an account can see its devices and sign out elsewhere.

Django's own recipe for a database session with extra columns; the engine is accounts/sessions.py.
"""
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from accounts.models.user import User


class Session(AbstractBaseSession):
    """One signed-in browser (or a visitor's, with ``account`` empty)."""

    account = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions", verbose_name="账户")
    address = models.GenericIPAddressField("来源地址", null=True)
    device = models.CharField("设备", max_length=300, blank=True)
    signed_in_at = models.DateTimeField("登录时间", null=True)
    seen_at = models.DateTimeField("最近活动", auto_now=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = verbose_name_plural = "登录会话"

    @classmethod
    def get_session_store_class(cls):
        """Return the engine that reads and writes these rows."""
        from accounts.sessions import SessionStore

        return SessionStore
