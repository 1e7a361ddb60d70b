"""Models of the reviews app, one module per thing."""
from reviews.models.attachment import Attachment
from reviews.models.comment import FieldComment
from reviews.models.document import Document
from reviews.models.event import ReviewEvent
from reviews.models.filing import Filing, FilingStep
from reviews.models.publicity import PublicityEntry, PublicityList
from reviews.models.route import Route, RouteStep
from reviews.models.snapshot import Snapshot
from reviews.models.upload import Upload
from reviews.models.window import Window

__all__ = [
    "Attachment",
    "Document",
    "FieldComment",
    "Filing",
    "FilingStep",
    "PublicityEntry",
    "PublicityList",
    "ReviewEvent",
    "Route",
    "RouteStep",
    "Snapshot",
    "Upload",
    "Window",
]
