"""The ends of the two stages: look through the answers, then close the stage for good or complete the assessment."""
from django.contrib import messages
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications.digital_assessment import plain
from applications.enums import AssessmentStage
from applications.services.digital_assessments import complete_assessment, end_stage_one
from applications.views.digital.content import answer_rows, scene_rows, sheet_of
from applications.views.digital.shared import go_on, own_or_404, render_page
from applications.views.posted import seen_version
from portal.tools.access import ENTERPRISE, opens_to
from portal.tools.errors import Invalid, StaleVersion

ONE, TWO = AssessmentStage.ONE, AssessmentStage.TWO


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(ENTERPRISE)
@never_cache
def end(request, assessment_id):
    """The end of stage one: look through the answers, then close the stage for good."""
    assessment = own_or_404(request, assessment_id)
    if request.method == "POST":
        try:
            ended = end_stage_one(
                assessment_id=assessment.pk, user=request.user, seen_version=seen_version(request.POST)
            )
        except (Invalid, StaleVersion) as refusal:
            return _end_page(request, own_or_404(request, assessment_id), refusal)
        messages.success(request, f"第一阶段已结束，得分 {plain(ended.score)} 分。请继续完成第二阶段。")
        return go_on(request, ended)
    if assessment.stage != ONE:
        return go_on(request, assessment)
    return _end_page(request, assessment)


def _end_page(request, assessment, refusal=None):
    sheet = sheet_of(assessment, ONE)
    context = {
        "assessment": assessment, "faults": sheet.faults(), "answers": answer_rows(sheet), "refusal": refusal
    }  # fmt: skip
    return render_page(request, "end", context, refusal.status if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(ENTERPRISE)
@never_cache
def complete(request, assessment_id):
    """The end of stage two: look through the scenes, promise that all is true, complete."""
    assessment = own_or_404(request, assessment_id)
    if request.method == "POST":
        try:
            done = complete_assessment(
                assessment_id=assessment.pk, user=request.user, seen_version=seen_version(request.POST),
                promised=request.POST.get("promise") == "yes",
            )  # fmt: skip
        except (Invalid, StaleVersion) as refusal:
            return _complete_page(request, own_or_404(request, assessment_id), refusal)
        return go_on(request, done)
    if assessment.stage != TWO:
        return go_on(request, assessment)
    return _complete_page(request, assessment)


def _complete_page(request, assessment, refusal=None):
    sheet = sheet_of(assessment, TWO)
    context = {
        "assessment": assessment, "faults": sheet.faults(), "scene_rows": scene_rows(sheet), "refusal": refusal,
        "score": plain(assessment.score), "promised": request.POST.get("promise") == "yes",
    }  # fmt: skip
    return render_page(request, "complete", context, refusal.status if refusal else 200)
