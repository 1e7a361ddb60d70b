"""How long something waits, in working days, and which deadlines are near: the same moments on every page."""
import datetime

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from reviews.enums import StepOutcome
from reviews.models import FilingStep, HolidayOverride
from reviews.services.working_days import is_working_day

#: A deadline within so many working days counts as near (临近期限).
SOON_DAYS = 3
#: Lower bounds of the classes of waiting, in working days that have passed: below 1, 1 to 3, 4 to 7, more.
AGE_BOUNDS = (1, 4, 8)
#: Value of the parameter ``waited`` of the work list, and its words, from the shortest to the longest.
AGES = (("0", "不满 1 日"), ("1", "1–3 日"), ("4", "4–7 日"), ("8", "超过 7 日"))


class Calendar:
    """Working days around today with one read of the overrides (HolidayOverride)."""

    #: Days to each side of today that the overrides are read for; eight working days never span more.
    REACH = 40

    def __init__(self, today=None):
        self.today = today or timezone.localdate()
        reach = datetime.timedelta(days=self.REACH)
        rows = HolidayOverride.objects.filter(day__range=(self.today - reach, self.today + reach))
        self.overrides = dict(rows.values_list("day", "is_workday"))

    def starts_of_last(self, counts=AGE_BOUNDS):
        """Return {n: start of the n-th working day counted back from today, which counts when people work on it}.

        What arrived before it has waited n working days or more.
        """
        found, day, seen = {}, self.today, 0
        while seen < max(counts):
            if is_working_day(day, self.overrides):
                seen += 1
                if seen in counts:
                    found[seen] = start_of(day)
            day -= datetime.timedelta(days=1)
        return found

    def soon(self, days=SOON_DAYS):
        """Return the end of the ``days``-th working day after today: a deadline up to it is near."""
        day, seen = self.today, 0
        while seen < days:
            day += datetime.timedelta(days=1)
            seen += is_working_day(day, self.overrides)
        return start_of(day + datetime.timedelta(days=1))


def start_of(day):
    """Return the first moment of a local day."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def waited(filings, value, calendar=None):
    """Limit filings to those that have waited at their desk for a class of AGES; another value limits nothing."""
    bounds = [str(bound) for bound in (0, *AGE_BOUNDS)]
    if value not in bounds:
        return filings
    place = bounds.index(value)
    starts = (calendar or Calendar()).starts_of_last()
    if place:
        filings = filings.filter(desk_since__lt=starts[AGE_BOUNDS[place - 1]])
    if place < len(AGE_BOUNDS):
        filings = filings.filter(desk_since__gte=starts[AGE_BOUNDS[place]])
    return filings


def returned_at():
    """Return the expression for when a returned filing went back to the enterprise: the end of its last step."""
    steps = FilingStep.objects.filter(filing=OuterRef("pk"), round=OuterRef("round"), outcome=StepOutcome.RETURNED)
    return Subquery(steps.order_by("-position").values("decided_at")[:1])
