"""Models of the applications app."""
from applications.models.certificate import Certificate
from applications.models.digital_assessment import DigitalAssessment
from applications.models.eligibility import RenewalEligibility
from applications.models.eligibility_list import EligibilityList
from applications.models.evaluation import Evaluation, EvaluationWeights, EvaluationYear, IndustryMean
from applications.models.recognition import Recognition, RecognitionSeries

__all__ = [
    "Certificate",
    "DigitalAssessment",
    "EligibilityList",
    "Evaluation",
    "EvaluationWeights",
    "EvaluationYear",
    "IndustryMean",
    "Recognition",
    "RecognitionSeries",
    "RenewalEligibility",
]
