"""Template context that every page needs: which menu entry is current, how many messages are unread."""
import functools

from django.conf import settings

from accounts.enums import NoticeChannel
from accounts.models import Notice

#: Unread messages are counted up to this many; the menu then shows "99+".
UNREAD_CAP = 100

#: Menu entry by the path a page lives under; the first that fits wins. A view may set ``menu_current`` itself.
MENU_PATHS = (
    ("messages", "/enterprise/messages/"),
    ("filings", "/enterprise/filings/"),
    ("renewals", "/enterprise/renewals/"),
    ("digital", "/enterprise/digital-assessment/"),
    ("evaluation", "/enterprise/evaluation/"),
    ("home", "/enterprise/"),
)


def navigation(request):
    """Return ``menu_current``, ``unread_messages`` and which other systems there are, for the templates.

    Nothing is read from the database until a template shows the menu of an enterprise; then it is one indexed query.
    ``unread_messages`` is a text: empty without unread messages, "99+" from ``UNREAD_CAP`` on.
    """
    return {
        "menu_current": next((entry for entry, path in MENU_PATHS if request.path.startswith(path)), ""),
        "unread_messages": functools.cache(lambda: _unread_messages(getattr(request, "user", None))),
        "gov_platform_url": settings.GOV_PLATFORM_URL,
        "licence_on": bool(settings.LICENCE_GATEWAY),
        "unified_login_on": bool(settings.UNIFIED_LOGIN_ISSUER),
    }


def _unread_messages(user):
    if user is None or not user.is_authenticated or not user.is_legal_person:
        return ""
    unread = Notice.objects.filter(recipient=user, channel=NoticeChannel.MESSAGE, read_at__isnull=True)
    count = unread.order_by()[:UNREAD_CAP].count()
    return "" if not count else str(count) if count < UNREAD_CAP else f"{UNREAD_CAP - 1}+"
