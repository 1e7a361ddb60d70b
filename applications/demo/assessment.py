"""数字化水平评测 of a demo enterprise: both stages answered and promised, level 2."""
from decimal import Decimal

from applications.digital_assessment import CURRENT
from applications.enums import AssessmentStage
from applications.services.digital_assessments import (
    complete_assessment,
    end_stage_one,
    save_answers,
    start_assessment,
)

QUESTIONS = {
    "q1": "plant,system",
    "equipment": "120",
    "equipment_digital": "60",
    "equipment_connected": "42",
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
    "employees_last": "180",
    "employees_before": "170",
    "revenue_last": "8600",
    "revenue_before": "7900",
    "cost_last": "4900",
    "cost_before": "4500",
}
#: What grows with the enterprise; the others are shares, counts of equipment and rates.
SCALED = (
    "digital_spending", "mean_revenue", "employees_last", "employees_before", "revenue_last", "revenue_before",
    "cost_last", "cost_before",
)  # fmt: skip
SCENES = {scene.key: "2" for scene in CURRENT.scenes}


def take(account, scale):
    """Go through both stages as the enterprise, its figures times ``scale``; return the complete run."""
    scaled = {key: str(int(Decimal(QUESTIONS[key]) * Decimal(scale))) for key in SCALED}
    run = start_assessment(user=account)
    run = _answer(run, account, QUESTIONS | scaled)
    run = end_stage_one(assessment_id=run.pk, user=account, seen_version=run.version)
    run = _answer(run, account, SCENES)
    return complete_assessment(assessment_id=run.pk, user=account, seen_version=run.version, promised=True)


def _answer(run, account, values):
    stage = AssessmentStage(run.stage)
    return save_answers(assessment_id=run.pk, user=account, stage=stage, seen_version=run.version, values=values)
