"""Reads of 数字化水平评测: the run under way, one run, the history. The result that applications take: standing.py."""
from applications.enums import AssessmentStage
from applications.models import DigitalAssessment
from applications.queries import PAGE_SIZE, Page

UNDER_WAY = (AssessmentStage.ONE, AssessmentStage.TWO)


def assessment_under_way(enterprise):
    """Return the run of the enterprise that has not been completed yet, or None."""
    return DigitalAssessment.objects.filter(enterprise=enterprise, stage__in=UNDER_WAY).first()


def owned_assessment(user, assessment_id):
    """Return the user's own run with its enterprise. Raises DigitalAssessment.DoesNotExist."""
    return DigitalAssessment.objects.select_related("enterprise").get(pk=assessment_id, enterprise__account=user)


def assessment_history(user, number=1):
    """Return one Page of the user's runs, newest first, those given up included."""
    own = DigitalAssessment.objects.filter(enterprise__account=user).defer("questions", "scenes")
    start = (number - 1) * PAGE_SIZE
    rows = list(own[start : start + PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE
    return Page(rows[:PAGE_SIZE], number, number - 1 or None, number + 1 if more else None, more)
