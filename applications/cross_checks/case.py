"""What the checks of a sectioned form look at: the submission and what it is held against, each read once."""
import datetime
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from applications.cross_checks.reading import Reading
from applications.enums import AssessmentStage
from applications.models import DigitalAssessment
from reviews.kinds import get_kind
from reviews.models import Filing


@dataclass(frozen=True)
class Earlier:
    """The last submission of the same enterprise before this filing."""

    name: str  # 创新型中小企业申报 CX202600000001，2026-03-01 提交
    reading: Reading


class Case:
    """One submission. Attributes that read the database take one query each, when first asked for."""

    def __init__(self, filing, payload):
        self.filing = filing
        self.payload = payload
        self.enterprise = filing.enterprise
        self.reading = Reading(payload)
        self.today = datetime.datetime.fromisoformat(payload["made_at"]).date()

    @cached_property
    def earlier(self):
        """The newest other filing of the enterprise that was ever submitted, as Earlier, or None."""
        rows = Filing.objects.filter(enterprise=self.enterprise, submitted_at__isnull=False).exclude(pk=self.filing.pk)
        row = rows.select_related("snapshot").order_by("-submitted_at", "-id").first()
        if row is None:
            return None
        day = timezone.localdate(row.submitted_at).isoformat()
        name = f"{get_kind(row.kind).title} {row.number}，{day} 提交"
        return Earlier(name, Reading(row.snapshot.payload))

    @cached_property
    def assessment(self):
        """The newest complete 数字化水平评测 with its answers, or None; only for forms that show its result."""
        if not any(section["key"] == "digital" for section in self.payload["sections"]):
            return None
        rows = DigitalAssessment.objects.filter(enterprise=self.enterprise, stage=AssessmentStage.COMPLETE)
        return rows.defer("scenes").order_by("-completed_at", "-id").first()

    def is_asked_already(self, section, key, year):
        """Whether the enterprise was asked about this figure (请核实): the officer sees that answer in its place."""
        field = f"{key}_y{self.reading.years.index(year) + 1}"
        return any((row["section"], row["field"]) == (section, field) for row in self.payload["warnings"])
