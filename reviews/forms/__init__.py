"""Forms of the review desk. They say at the field what the services would refuse."""
from reviews.forms.decision import CommentForm, DecisionForm
from reviews.forms.publicity import AnnounceForm, PublicityForm, ReasonForm, VersionForm
from reviews.forms.window import WindowForm

__all__ = [
    "AnnounceForm",
    "CommentForm",
    "DecisionForm",
    "PublicityForm",
    "ReasonForm",
    "VersionForm",
    "WindowForm",
]
