"""Wording of states on public pages."""
from django import template
from django.utils import timezone

from reviews.enums import PublicityState

register = template.Library()


@register.filter
def publicity_label(publicity):
    """Return 即将公示, 公示中, 公示期满 (over, not announced yet) or 已公告."""
    if publicity.state == PublicityState.RUNNING:
        today = timezone.localdate()
        if today < publicity.starts_on:
            return "即将公示"
        if today > publicity.ends_on:
            return "公示期满"
    return publicity.get_state_display()
