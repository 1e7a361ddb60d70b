"""Answering the two stages: the page, saving it as a whole without scripts, autosave."""
from django.contrib import messages
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from applications.digital_assessment import plain
from applications.enums import AssessmentStage
from applications.services.digital_assessments import edition_of, save_answers
from applications.views.digital.content import (
    answer_in_words,
    posted_answers,
    question_sections,
    scene_sections,
    sheet_of,
)
from applications.views.digital.shared import PAGES, clock, go_on, go_to, own_or_404, render_page
from applications.views.posted import seen_version
from portal.tools.access import ENTERPRISE, opens_to
from portal.tools.errors import StaleVersion

ONE, TWO = AssessmentStage.ONE, AssessmentStage.TWO


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(ENTERPRISE)
@never_cache
def stage_one(request, assessment_id):
    """The 15 questions; without scripts the page is saved as a whole."""
    return _stage(request, assessment_id, ONE)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(ENTERPRISE)
@never_cache
def stage_two(request, assessment_id):
    """The 16 scenes."""
    return _stage(request, assessment_id, TWO)


def _stage(request, assessment_id, stage):
    assessment = own_or_404(request, assessment_id)
    if request.method == "POST":
        return _save_all(request, assessment, stage)
    if assessment.stage != stage:
        if stage == ONE and assessment.stage != AssessmentStage.ABANDONED:
            messages.info(request, "第一阶段已经结束，不能返回修改。如需修改，只能整体重新评测。")
        return go_on(request, assessment)
    return _stage_page(request, assessment, stage)


def _save_all(request, assessment, stage):
    values = posted_answers(assessment, stage, request.POST)
    try:
        save_answers(
            assessment_id=assessment.pk, user=request.user, stage=stage, seen_version=seen_version(request.POST),
            values=values,
        )  # fmt: skip
    except StaleVersion as stale:
        return _stage_page(request, stale.current, stage, typed=values, status=stale.status)
    if request.POST.get("action") == "end":
        return go_to(request, "digital_end" if stage == ONE else "digital_complete", assessment)
    messages.success(request, f"暂存成功（{clock()}）。")
    return go_to(request, PAGES[stage], assessment)


def _stage_page(request, assessment, stage, *, typed=None, status=200):
    """Show a stage; with ``typed`` the answers that could not be saved, beside those of the other window."""
    sheet = sheet_of(assessment, stage, typed)
    theirs = None if typed is None else sheet_of(assessment, stage)
    started = timezone.localdate(assessment.started_at).year
    sections = (question_sections if stage == ONE else scene_sections)(sheet, theirs)
    context = {
        "assessment": assessment,
        "edition": edition_of(assessment),
        "sections": sections,
        "answered": sheet.answered,
        "total": sum(len(items) for _, items in sections),
        "is_conflict": theirs is not None,
        "years": (started - 1, started - 2),
        "score": "" if assessment.score is None else plain(assessment.score),
    }
    return render_page(request, "stage_one" if stage == ONE else "stage_two", context, status)


@require_POST
@opens_to(ENTERPRISE)
def save(request, assessment_id, stage):
    """Autosave of the answers named by ``field``; the answer is JSON for static/js/digital.js."""
    assessment = own_or_404(request, assessment_id)
    values = posted_answers(assessment, stage, request.POST, set(request.POST.getlist("field")))
    try:
        saved = save_answers(
            assessment_id=assessment.pk, user=request.user, stage=stage, seen_version=seen_version(request.POST),
            values=values,
        )  # fmt: skip
    except StaleVersion as stale:
        return JsonResponse(_stale_answer(stale, stage, values), status=stale.status)
    return JsonResponse({"version": saved.version, "saved_at": clock(), **_standing(sheet_of(saved, stage), stage)})


def _standing(sheet, stage):
    """Return what the page shows beside the answers: how many, and for stage one what the figures say."""
    if stage == TWO:
        return {"answered": sheet.answered}
    questions = sheet.edition.questions
    readings = {question.key: sheet.reading(question) for question in questions if question.is_computed}
    contradictions = {question.key: sheet.contradiction(question) for question in questions}
    return {
        "answered": sheet.answered,
        "readings": {
            key: {"option": reading.option, "shown": reading.shown} if reading else None
            for key, reading in readings.items()
        },
        "errors": sheet.errors | contradictions,
        "warnings": sheet.warnings,
    }


def _stale_answer(stale, stage, values):
    sheet = sheet_of(stale.current, stage)
    theirs = {
        name: {"label": answer_in_words(sheet, name)[0], "value": sheet.typed.get(name, "")} for name in values
    }
    return {"code": stale.code, "message": stale.message, "version": stale.current.version, "theirs": theirs}
