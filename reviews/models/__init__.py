"""Models of the reviews app, one module per thing."""
from reviews.models.attachment import Attachment
from reviews.models.bulk import BulkDecision
from reviews.models.comment import FieldComment
from reviews.models.desk import Handover, Phrase, SavedFilter
from reviews.models.document import Document
from reviews.models.event import ReviewEvent
from reviews.models.export import Export, ExportLayout
from reviews.models.filing import Filing, FilingStep
from reviews.models.holiday import HolidayOverride
from reviews.models.objection import Objection
from reviews.models.oversight import Reminder
from reviews.models.publicity import PublicityEntry, PublicityList
from reviews.models.record import ExpertOpinion, RecordFile, SiteVisit
from reviews.models.route import Route, RouteStep
from reviews.models.snapshot import Snapshot
from reviews.models.upload import Upload
from reviews.models.verification import Verification
from reviews.models.window import Window

__all__ = [
    "Attachment",
    "BulkDecision",
    "Document",
    "ExpertOpinion",
    "Export",
    "ExportLayout",
    "FieldComment",
    "Filing",
    "FilingStep",
    "Handover",
    "HolidayOverride",
    "Objection",
    "Phrase",
    "PublicityEntry",
    "PublicityList",
    "RecordFile",
    "Reminder",
    "ReviewEvent",
    "Route",
    "RouteStep",
    "SavedFilter",
    "SiteVisit",
    "Snapshot",
    "Upload",
    "Verification",
    "Window",
]
