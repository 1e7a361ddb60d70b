"""Wording of how long somebody has had a filing, and of who publicises it."""
from django import template
from django.utils import timezone

from applications.views.progress import publisher

register = template.Library()


@register.filter
def waited(moment):
    """Write how long something has waited since a moment: 今天收到, 已等待 3 天; "" for None."""
    if moment is None:
        return ""
    days = (timezone.localdate() - timezone.localdate(moment)).days
    return f"已等待 {days} 天" if days > 0 else "今天收到"


@register.filter
def publisher_of(filing):
    """Return the authority that publicises a submitted filing."""
    return publisher(filing)
