"""Working days (工作日) of the mainland calendar, make-up days (调休) included.

The days come from chinesecalendar, which follows the notices of the State Council year by year. A year whose notice is
not in it yet counts Monday to Friday; rows of HolidayOverride go before both.
"""
import datetime

import chinese_calendar
from django.utils import timezone

from portal.tools.errors import Refused
from reviews.models import HolidayOverride

#: A deadline further away than this is taken for a slip of the pen.
MOST_DAYS = 250


def knows_year(year):
    """Tell whether the holidays of a year are in the shipped calendar."""
    try:
        chinese_calendar.is_workday(datetime.date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_working_day(day, overrides=None):
    """Tell whether people work on ``day``. ``overrides`` is {date: bool}, read from the table when it is not given."""
    if overrides is None:
        overrides = _overrides(day, day)
    if day in overrides:
        return overrides[day]
    return chinese_calendar.is_workday(day) if knows_year(day.year) else day.weekday() < 5


def add_working_days(day, count):
    """Return the ``count``-th working day after ``day`` (day itself never counts); one query.

    Raises Refused for a count below 1 or above MOST_DAYS.
    """
    if not 1 <= count <= MOST_DAYS:
        raise Refused(f"工作日数应为 1 至 {MOST_DAYS} 之间的整数，填写的是 {count}，请改正。", code="working_days", status=422)
    overrides = _overrides(day, day + datetime.timedelta(days=3 * count + 30))
    while count:
        day += datetime.timedelta(days=1)
        count -= is_working_day(day, overrides)
    return day


def last_day_of(starts_on, count):
    """Return the last of ``count`` working days from ``starts_on``, which counts when people work on it."""
    return add_working_days(starts_on - datetime.timedelta(days=1), count)


def working_days_between(first, last):
    """Return how many working days lie from ``first`` to ``last``, both included; one query."""
    overrides = _overrides(first, last)
    span = (last - first).days + 1
    return sum(is_working_day(first + datetime.timedelta(days=offset), overrides) for offset in range(max(span, 0)))


def deadline(moment, days):
    """Return the end (local midnight) of the ``days``-th working day after ``moment``."""
    day = add_working_days(timezone.localdate(moment), days) + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _overrides(first, last):
    return dict(HolidayOverride.objects.filter(day__range=(first, last)).values_list("day", "is_workday"))
