"""审核期限 in words: how far away, or how many working days over."""
import datetime
from dataclasses import dataclass

from django.utils import timezone

from reviews.models import HolidayOverride
from reviews.queries.ages import SOON_DAYS
from reviews.services.working_days import is_working_day

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """A deadline as an officer reads it; ``tone`` is overdue, soon or later."""

    text: str
    tone: str
    last_day: datetime.date


def due_texts(moments, now=None):
    """Return {moment: Due} for the ``due_at`` of many filings (None is left out); one query, whatever their number."""
    today = timezone.localdate(now) if now else timezone.localdate()
    # The deadline is the midnight at which its last day ends.
    instant = datetime.timedelta(microseconds=1)
    last_days = {moment: timezone.localdate(moment - instant) for moment in moments if moment}
    span = (min([today, *last_days.values()]), max([today, *last_days.values()]))
    overrides = dict(HolidayOverride.objects.filter(day__range=span).values_list("day", "is_workday"))
    told = {day: _due(day, today, overrides) for day in set(last_days.values())}
    return {moment: told[day] for moment, day in last_days.items()}


def _due(last_day, today, overrides):
    if last_day < today:
        days = _working_days(last_day, today, overrides)
        return Due(f"超期 {days} 个工作日" if days else "已超期", "overdue", last_day)
    is_soon = _working_days(today, last_day, overrides, most=SOON_DAYS) <= SOON_DAYS
    days = (last_day - today).days
    return Due(f"还剩 {days} 天" if days else "今天到期", "soon" if is_soon else "later", last_day)


def _working_days(after, last, overrides, most=None):
    """Count the working days after one day up to another; counting stops beyond ``most``."""
    count, day = 0, after
    while day < last and (most is None or count <= most):
        day += _DAY
        count += is_working_day(day, overrides)
    return count
