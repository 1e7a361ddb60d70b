"""Answers to 数字化水平评测 for tests, and runs in the database that carry them."""
from accounts.tests.factories import make_enterprise
from applications.digital_assessment import CURRENT
from applications.enums import AssessmentStage
from applications.services.digital_assessments import (
    complete_assessment,
    end_stage_one,
    save_answers,
    start_assessment,
)

#: Answers to stage one worth 56.175 points: 基础 31.05, 管理 14.625, 成效 10.5.
QUESTIONS = {
    "q1": "plant,system",
    "equipment": "100",
    "equipment_digital": "45",
    "equipment_connected": "30",
    "q4": "planning,production,quality,maintenance,purchasing,storage,finance,personnel",
    "q5": "most",
    "q6": "rules,products",
    "q7": "rules,products,risk",
    "q8": "partial",
    "q9": "process,systems",
    "q10": "people,posts,training",
    "digital_spending": "600",
    "mean_revenue": "5000",
    "energy_last": "820",
    "energy_before": "820",
    "pass_rate_last": "99.1",
    "pass_rate_before": "98.7",
    "employees_last": "120",
    "employees_before": "110",
    "revenue_last": "5600",
    "revenue_before": "5600",
    "cost_last": "4100",
    "cost_before": "4000",
}
#: Every scene at 一级.
SCENES = {scene.key: "1" for scene in CURRENT.scenes}


def levels(**by_key):
    """Return answers to stage two: every scene at 0, those named at their level."""
    return {scene.key: str(by_key.get(scene.key, 0)) for scene in CURRENT.scenes}


def make_run(enterprise=None, *, questions=None, scenes=None, stage=AssessmentStage.ONE):
    """Return a run of ``enterprise`` (or a new one) that stands in ``stage``, answered as far as that needs."""
    enterprise = enterprise or make_enterprise()
    run = start_assessment(user=enterprise.account)
    if questions is None and stage != AssessmentStage.ONE:
        questions = QUESTIONS
    if questions:
        run = answer(run, questions)
    if stage == AssessmentStage.ONE:
        return run
    run = end_stage_one(assessment_id=run.pk, user=enterprise.account, seen_version=run.version)
    if scenes is None and stage == AssessmentStage.COMPLETE:
        scenes = SCENES
    if scenes:
        run = answer(run, scenes)
    if stage == AssessmentStage.TWO:
        return run
    return complete_assessment(
        assessment_id=run.pk, user=enterprise.account, seen_version=run.version, promised=True
    )


def answer(run, values):
    """Save answers as the enterprise, in the stage where the run stands; return the run."""
    return save_answers(
        assessment_id=run.pk, user=run.enterprise.account, stage=run.stage, seen_version=run.version, values=values
    )
