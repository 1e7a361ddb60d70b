"""Forms of the review desk. They say at the field what the services would refuse."""
from reviews.forms.decision import CommentForm, DecisionForm
from reviews.forms.holiday import HolidayForm
from reviews.forms.objection import AnswerForm, ObjectionForm
from reviews.forms.publicity import AnnounceForm, PublicityForm, ReasonForm, RescheduleForm, VersionForm
from reviews.forms.window import WindowForm

__all__ = [
    "AnnounceForm",
    "AnswerForm",
    "CommentForm",
    "DecisionForm",
    "HolidayForm",
    "ObjectionForm",
    "PublicityForm",
    "ReasonForm",
    "RescheduleForm",
    "VersionForm",
    "WindowForm",
]
