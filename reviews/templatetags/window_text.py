"""Wording of the ends of windows (申报开放时间)."""
import datetime

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def deadline(moment):
    """Write the end of a window as notices do: midnight belongs to the day that ends (4月30日 24:00)."""
    local = timezone.localtime(moment)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        day = local.date() - datetime.timedelta(days=1)
        return f"{day.year}年{day.month}月{day.day}日 24:00"
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
