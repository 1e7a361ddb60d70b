"""Making exports, handing over those that got lost, and removing files whose time is over."""
import datetime
import errno
import logging
import time

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from portal.tools.queueing import enqueue
from reviews.documents.edition import document_key
from reviews.enums import DocumentState, ExportKind
from reviews.exports import store
from reviews.exports.columns import columns_for
from reviews.exports.lists import write_csv, write_xlsx
from reviews.exports.rows import value_rows
from reviews.exports.zips import write_zip
from reviews.models import Document, Snapshot
from reviews.queries.exports import expired, ids_of, most_of, waiting_ids
from reviews.services import documents, exports, papers

log = logging.getLogger(__name__)

#: Seconds. 500 PDFs of a slow machine take half an hour; the task stops by itself before Celery stops it.
LONGEST = 50 * 60
SOFT_LIMIT, HARD_LIMIT = LONGEST + 120, LONGEST + 180
HAND_OVER = datetime.timedelta(seconds=30)
SWEEP_SIZE = 100
#: Seconds between two writes of the progress.
PROGRESS_PAUSE = 1.0
SUFFIX = {ExportKind.XLSX: "xlsx", ExportKind.CSV: "csv", ExportKind.PDFS: "zip"}

DISK_FULL = "服务器存储空间不足，导出没有完成。请稍后点击【重新导出】；仍不成功请联系技术支持电话。"
TOO_LONG = "这次导出用时过长，已停止。请用筛选条件缩小范围，分几次导出。"
NOTHING = "现在这个条件下已没有您可以导出的申报件，请返回列表重新选择。"
NOT_ALLOWED = "您的角色已变更，不能再导出所选的列。请返回列表重新导出。"
OTHER = "导出时出现错误，技术人员可以在日志中看到原因。请稍后点击【重新导出】；仍不成功请联系技术支持电话。"


class CannotExport(Exception):
    """The export cannot be made; the argument is the sentence for the officer."""


@shared_task(soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def make_export(export_id):
    """Make one export; one that is unknown, finished, being made or has to wait its turn is left alone."""
    export = exports.claim_export(export_id=export_id)
    if export is None:
        return
    try:
        scratch = store.begin(export)
        try:
            path = _write(export, scratch)
            exports.record_ready(export=export, path=path, name=file_name(export), size=path.stat().st_size)
        finally:
            store.leave(scratch)
    except exports.Stopped:
        exports.record_cancelled(export=export)
    except Exception as error:
        log.exception("Export %s could not be made (attempt %s)", export_id, export.attempts)
        exports.record_failure(export=export, reason=_sentence(error))
    _hand_over(waiting_ids(queued_before=timezone.now(), quiet_since=_quiet_since(), limit=1))


@shared_task
def requeue_exports():
    """Hand over what was ordered while the broker was away or had to wait, and what a dead worker has left behind."""
    now = timezone.now()
    _hand_over(waiting_ids(queued_before=now - HAND_OVER, quiet_since=_quiet_since(), limit=SWEEP_SIZE))


@shared_task
def expire_exports():
    """Remove the files of exports that are a week old."""
    for export in expired(SWEEP_SIZE):
        exports.expire_export(export=export)


def file_name(export):
    """Return the name under which the file is kept and downloaded: 申报名单_20260801-0930_17.xlsx."""
    what = "申报文档" if export.kind == ExportKind.PDFS else "申报名单"
    return f"{what}_{timezone.localtime(export.queued_at):%Y%m%d-%H%M}_{export.pk}.{SUFFIX[export.kind]}"


def _write(export, scratch):
    """Write the file into the scratch folder and return its path. Raises Stopped, CannotExport, OSError."""
    allowed = columns_for(export.officer)
    if any(key not in allowed for key in export.columns):
        raise CannotExport(NOT_ALLOWED)
    ids = ids_of(export)
    if not ids:
        raise CannotExport(NOTHING)
    if len(ids) > most_of(export.kind):
        raise CannotExport(exports.too_much(export.kind))
    advance = _progress(export, len(ids))
    path = scratch / f"export.{SUFFIX[export.kind]}"
    if export.kind == ExportKind.PDFS:
        write_zip(path, ids, advance, scratch, _make_paper)
        return path
    columns = [allowed[key] for key in export.columns]
    chunks = value_rows(ids, columns)
    if export.kind == ExportKind.CSV:
        write_csv(path, columns, chunks, advance)
    else:
        write_xlsx(path, columns, chunks, advance, scratch)
    return path


def _progress(export, total):
    """Return advance(done): stores how far the export is, at most once a PROGRESS_PAUSE, and stops a long one."""
    deadline = time.monotonic() + LONGEST
    stored_at = 0.0

    def advance(done):
        nonlocal stored_at
        now = time.monotonic()
        if now > deadline:
            raise CannotExport(TOO_LONG)
        if done in (0, total) or now - stored_at >= PROGRESS_PAUSE:
            exports.record_progress(export=export, done=done, total=total)
            stored_at = now

    advance(0)
    return advance


def _make_paper(snapshot_id):
    """Return the Document of a snapshot, made now when it does not exist yet; one that failed before is tried again."""
    # Here, because that module imports this one at its end.
    from reviews.tasks import render_document

    sha256 = Snapshot.objects.values_list("sha256", flat=True).get(pk=snapshot_id)
    document, _ = Document.objects.get_or_create(
        key=document_key(sha256), defaults={"snapshot_id": snapshot_id, "queued_at": timezone.now()}
    )
    if document.state == DocumentState.FAILED or papers.is_gone(document):
        document = documents.retry_document(document_id=document.pk)
    if document.state != DocumentState.READY:
        render_document(document.pk)
        document.refresh_from_db()
    return document


def _quiet_since():
    return timezone.now() - exports.QUIET_LIMIT


def _hand_over(ids):
    """Queue the task for each id. Handing over twice is harmless: a claimed export is left alone."""
    for export_id in ids:
        if not enqueue(make_export, export_id):
            break  # the broker is away: the next sweep tries again


def _sentence(error):
    if isinstance(error, CannotExport):
        return str(error)
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DISK_FULL
    return TOO_LONG if isinstance(error, SoftTimeLimitExceeded) else OTHER
