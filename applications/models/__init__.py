"""Models of the applications app."""
from applications.models.digital_assessment import DigitalAssessment
from applications.models.eligibility import RenewalEligibility
from applications.models.evaluation import Evaluation, EvaluationWeights, EvaluationYear, IndustryMean
from applications.models.recognition import Recognition, RecognitionSeries

__all__ = [
    "DigitalAssessment",
    "Evaluation",
    "EvaluationWeights",
    "EvaluationYear",
    "IndustryMean",
    "Recognition",
    "RecognitionSeries",
    "RenewalEligibility",
]
