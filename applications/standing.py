"""What an enterprise holds, read once for a page however many kinds ask: titles, 满足复核条件, assessment, province."""
from functools import cached_property

from applications.enums import Tier
from applications.models import DigitalAssessment, Recognition, RenewalEligibility
from applications.queries import province_of

_TIERS = list(Tier)


class Standing:
    """The standing of one enterprise on one day. Each attribute takes one query, when it is first asked for."""

    def __init__(self, enterprise, day):
        self.enterprise = enterprise
        self.day = day

    @cached_property
    def recognitions(self):
        """Every recognition of the enterprise, the one that ends last first."""
        return list(Recognition.objects.filter(enterprise=self.enterprise).order_by("-valid_until", "-id"))

    def title(self, tier):
        """Return the recognition of a tier that holds on the day, or None."""
        return next((row for row in self._of(tier) if row.valid_from <= self.day <= row.valid_until), None)

    def last_title(self, tier):
        """Return the recognition of a tier that ends last, over, holding or still to begin; None without any."""
        return next(iter(self._of(tier)), None)

    def _of(self, tier):
        return [row for row in self.recognitions if row.tier == tier]

    @property
    def held(self):
        """The recognitions that hold on the day, highest tier first."""
        titles = [self.title(tier) for tier in reversed(_TIERS)]
        return [title for title in titles if title is not None]

    @cached_property
    def _eligibilities(self):
        rows = RenewalEligibility.objects.filter(enterprise=self.enterprise).select_related("authority")
        return list(rows.order_by("-id"))

    def eligibility(self, tier):
        """Return the row by which the enterprise may file a renewal of a tier, or None."""
        return next((row for row in self._eligibilities if row.tier == tier and row.withdrawn_at is None), None)

    def last_eligibility(self, tier):
        """Return the newest row of a tier, withdrawn or not, or None."""
        return next((row for row in self._eligibilities if row.tier == tier), None)

    @cached_property
    def assessment(self):
        """The newest complete 数字化水平评测, or None."""
        return newest_digital_assessment(self.enterprise)

    @cached_property
    def province(self):
        """The provincial-level authority of 企业注册地."""
        return province_of(self.enterprise)


def newest_digital_assessment(enterprise):
    """Return the newest 数字化水平评测 of the enterprise that has both stages complete, or None.

    ``score`` is a Decimal of 0 to 100, ``level`` 0 (无等级) to 4. The answers are left out.
    """
    complete = DigitalAssessment.objects.filter(enterprise=enterprise, completed_at__isnull=False)
    return complete.defer("questions", "scenes").order_by("-completed_at", "-id").first()
