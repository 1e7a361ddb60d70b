"""Wording of dates and states on public pages."""
import datetime

from django import template
from django.utils import timezone

from reviews.enums import PublicityState

register = template.Library()


@register.filter
def deadline(moment):
    """Write the end of a window as notices do: midnight belongs to the day that ends (4月30日 24:00)."""
    local = timezone.localtime(moment)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        day = local.date() - datetime.timedelta(days=1)
        return f"{day.year}年{day.month}月{day.day}日 24:00"
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


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
