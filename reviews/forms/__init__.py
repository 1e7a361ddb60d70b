"""Forms of the review desk. They say at the field what the services would refuse."""
from reviews.forms.bulk import BulkForm
from reviews.forms.decision import CommentForm, DecisionForm
from reviews.forms.holiday import HolidayForm
from reviews.forms.objection import AnswerForm, ObjectionForm
from reviews.forms.phrase import PhraseForm
from reviews.forms.publicity import AnnounceForm, PublicityForm, ReasonForm, RescheduleForm, VersionForm
from reviews.forms.record import HandOverForm, OpinionRecordForm, VisitForm
from reviews.forms.window import WindowForm

__all__ = [
    "AnnounceForm",
    "AnswerForm",
    "BulkForm",
    "CommentForm",
    "DecisionForm",
    "HandOverForm",
    "HolidayForm",
    "ObjectionForm",
    "OpinionRecordForm",
    "PhraseForm",
    "PublicityForm",
    "ReasonForm",
    "RescheduleForm",
    "VersionForm",
    "VisitForm",
    "WindowForm",
]
