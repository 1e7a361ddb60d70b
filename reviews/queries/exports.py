"""Reads of exports: the rows of one, an officer's own, those that wait or are stuck."""
from django.db.models import Q
from django.utils import timezone

from reviews.enums import ExportKind, ExportState
from reviews.models import Export, ExportLayout, Filing
from reviews.queries.worklist import worklist

UNFINISHED = (ExportState.QUEUED, ExportState.RUNNING)
#: The most rows of a list, and the most PDFs of a zip.
MOST_ROWS, MOST_PAPERS = 200_000, 500


def most_of(kind):
    """Return how many filings an export of this kind may contain."""
    return MOST_PAPERS if kind == ExportKind.PDFS else MOST_ROWS


def filings_of(user, query, selection=()):
    """Return the filings that an export contains, in the order of the work list.

    Ticked filings, or what the work list shows under ``query``; always within the jurisdiction that the officer has
    now.
    """
    if selection:
        return Filing.objects.for_officer(user).filter(pk__in=selection).order_by("-id")
    return worklist(user, query)


def count_up_to(filings, most):
    """Return the number of filings, or ``most`` + 1 when there are more."""
    return filings.order_by().values("pk")[: most + 1].count()


def ids_of(export):
    """Return the ids of the export's filings as they are now, at most one more than it may contain."""
    filings = filings_of(export.officer, export.query, export.selection)
    return list(filings.values_list("pk", flat=True)[: most_of(export.kind) + 1])


def exports_of(user):
    """Return the officer's own exports."""
    return Export.objects.filter(officer=user)


def unfinished_of(user):
    """Return the officer's exports that are not finished."""
    return exports_of(user).filter(state__in=UNFINISHED)


def layouts_of(user):
    """Return the officer's saved choices of columns."""
    return ExportLayout.objects.filter(officer=user).order_by("name")


def exports_before(export, most=100):
    """Return how many exports were ordered before this one and are not finished, at most ``most``."""
    return Export.objects.filter(state__in=UNFINISHED, pk__lt=export.pk)[:most].count()


def waiting_ids(*, queued_before, quiet_since, limit):
    """Return ids of exports to hand over: ordered before a moment and not begun, or begun and silent since one."""
    waiting = Q(state=ExportState.QUEUED, queued_at__lt=queued_before)
    stuck = Q(state=ExportState.RUNNING, beat_at__lt=quiet_since)
    return list(Export.objects.filter(waiting | stuck).order_by("pk").values_list("pk", flat=True)[:limit])


def expired(limit):
    """Return finished exports whose time is over."""
    return Export.objects.filter(state=ExportState.READY, expires_at__lte=timezone.now()).order_by("pk")[:limit]
