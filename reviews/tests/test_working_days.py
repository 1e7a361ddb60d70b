"""Working days: national holidays, make-up days, days that the ministry or an operator has set."""
from datetime import date, datetime

import pytest

from accounts.tests.factories import make_operator
from portal.tools.errors import Refused
from reviews.models import HolidayOverride
from reviews.services.working_days import (
    add_working_days,
    deadline,
    is_working_day,
    last_day_of,
    working_days_between,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),  # a Saturday that is made up for
        (date(2026, 10, 11), False),
        (date(2031, 3, 3), True),  # a Monday of a year that is not in the calendar yet
        (date(2031, 3, 1), False),
    ],
)
def test_holidays_and_make_up_days_are_known(day, worked):
    assert is_working_day(day) is worked


def test_five_working_days_over_the_national_holiday_end_on_the_make_up_saturday():
    assert add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_a_period_counts_its_first_day_when_people_work_on_it():
    assert last_day_of(date(2026, 11, 23), 5) == date(2026, 11, 27)
    assert last_day_of(date(2026, 11, 21), 5) == date(2026, 11, 27)  # begins on a Saturday
    assert working_days_between(date(2026, 11, 21), date(2026, 11, 27)) == 5


def test_a_day_that_was_set_goes_before_the_calendar():
    HolidayOverride.objects.create(day=date(2026, 11, 25), is_workday=False, note="测试", made_by=make_operator())
    assert last_day_of(date(2026, 11, 23), 5) == date(2026, 11, 30)


def test_a_deadline_is_the_end_of_its_day_in_local_time():
    moment = datetime.fromisoformat("2026-11-24T23:30:00+08:00")
    assert deadline(moment, 1) == datetime.fromisoformat("2026-11-26T00:00:00+08:00")


@pytest.mark.parametrize("count", [0, -1, 251])
def test_an_absurd_number_of_days_is_refused_with_the_rule(count):
    with pytest.raises(Refused) as refused:
        add_working_days(date(2026, 11, 24), count)
    assert "1 至 250" in refused.value.message
