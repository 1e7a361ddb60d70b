"""The warning before a session ends, on every page of a signed-in account."""
from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("includes/session_warning.html", takes_context=True)
def session_warning(context):
    """Give the script how long the session lasts after this request, and how long before its end it warns (seconds).

    Shows nothing to a visitor, nor on a page of an error that was rendered without a session.
    """
    request = context.get("request")
    user, session = getattr(request, "user", None), getattr(request, "session", None)
    if user is None or session is None or not user.is_authenticated:
        return {"seconds": 0}
    return {
        "seconds": session.get_expiry_age(),
        "warning": settings.SESSION_WARNING,
        "account": user.pk,
        "is_staff": user.is_staff,
    }
