"""The applications part of the review desk: titles, data of the 专精特新发展评价."""
from applications.admin.evaluation import EvaluationWeightsAdmin, IndustryMeanAdmin
from applications.admin.recognition import RecognitionAdmin

__all__ = ["EvaluationWeightsAdmin", "IndustryMeanAdmin", "RecognitionAdmin"]
