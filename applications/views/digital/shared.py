"""What every page of 数字化水平评测 does: find the run, go where it stands, keep the way back to the application."""
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from applications.enums import AssessmentStage
from applications.models import DigitalAssessment
from applications.queries_digital import owned_assessment
from applications.services.digital_assessments import GIVEN_UP
from portal.tools.access import safe_next

#: The page that a run is answered on, or shown on when it is complete.
PAGES = {
    AssessmentStage.ONE: "digital_stage_one",
    AssessmentStage.TWO: "digital_stage_two",
    AssessmentStage.COMPLETE: "digital_result",
}


def own_or_404(request, assessment_id):
    """Return the signed-in enterprise's own run; any other is not found."""
    try:
        return owned_assessment(request.user, assessment_id)
    except DigitalAssessment.DoesNotExist as error:
        raise Http404 from error


def go_on(request, assessment):
    """Go to the page where the run stands; from one that was given up to the introduction."""
    if assessment.stage == AssessmentStage.ABANDONED:
        messages.warning(request, GIVEN_UP)
        return HttpResponseRedirect(reverse("applications:digital") + next_query(request))
    return go_to(request, PAGES[assessment.stage], assessment)


def go_to(request, name, assessment):
    """Redirect to a page of the run."""
    return redirect(reverse(f"applications:{name}", args=[assessment.pk]) + next_query(request))


def next_query(request):
    """Return "?next=…" that leads back to the application which asked for the assessment (【去自评】), or ""."""
    back = safe_next(request)
    return f"?{urlencode({'next': back})}" if back else ""


def render_page(request, name, context, status=200):
    """Render a page of 数字化水平评测."""
    context |= {"next": safe_next(request), "next_query": next_query(request)}
    return render(request, f"applications/digital/{name}.html", context, status=status)


def clock():
    """Return the time of day, for 【暂存】."""
    return timezone.localtime().strftime("%H:%M:%S")
