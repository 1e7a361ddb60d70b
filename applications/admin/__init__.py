"""The applications part of the review desk: titles, 满足复核条件, data of the 专精特新发展评价."""
from applications.admin.eligibility import EligibilityAdmin
from applications.admin.evaluation import EvaluationWeightsAdmin, IndustryMeanAdmin
from applications.admin.recognition import RecognitionAdmin

__all__ = ["EligibilityAdmin", "EvaluationWeightsAdmin", "IndustryMeanAdmin", "RecognitionAdmin"]
