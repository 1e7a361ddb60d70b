"""Ordering an export and keeping account of its making: queued → running → ready, failed or cancelled; then expired.

``running`` is committed before the work begins, and each attempt has a number: whatever a worker writes about the
export counts only while its attempt is the present one and nobody has cancelled. A worker that dies leaves a running
row without a sign of life; the sweep hands it over again, at most MAX_ATTEMPTS times. A list begins anew, PDFs go on
with those that are made already. There is one file per export, moved into place under the lock of its row.
"""
import datetime
import hashlib

from celery import signature
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.services.access_log import log_access
from portal.tools.errors import NotPermitted, Refused
from portal.tools.locks import hold_names
from portal.tools.queueing import enqueue_on_commit
from reviews.enums import ExportKind, ExportState
from reviews.exports import store
from reviews.exports.columns import all_columns, columns_for
from reviews.models import Export
from reviews.queries.conditions import read_conditions
from reviews.queries.exports import UNFINISHED, count_up_to, filings_of, most_of, unfinished_of
from reviews.services.papers import RUNNING_LIMIT

MAX_ATTEMPTS = 3
#: Exports of one officer that may be unfinished at a time.
MOST_UNFINISHED = 3
#: How long a finished file is kept.
KEPT = datetime.timedelta(days=7)
#: A running export without a sign of life for this long has no worker any more. Longer than a PDF may take, so that
#: the PDF at which the worker died can be taken over too.
QUIET_LIMIT = RUNNING_LIMIT + datetime.timedelta(seconds=60)
QUERY_LENGTH = Export._meta.get_field("query").max_length
GIVEN_UP = "系统多次尝试都没有完成这次导出。请点击【重新导出】；仍不成功请缩小范围或联系技术支持电话。"

# By name: tasks import services, never the other way round.
EXPORT_TASK = "reviews.job_tasks.exports.make_export"


class Stopped(Exception):
    """The attempt is not the present one any more, or the officer has cancelled."""


@transaction.atomic
def order_export(*, user, kind, token, query="", selection=(), columns=(), request=None):
    """Order an export and return it; the same ``token`` again (a double click) gives the same export.

    Raises NotPermitted for anybody but an officer and for columns that the role may not have; Refused when nothing or
    too much would be in it, when no column is chosen, and when the officer has MOST_UNFINISHED unfinished ones.
    """
    if not user.is_officer:
        raise NotPermitted("只有主管部门账户可以导出。")
    key = hashlib.sha256(f"{user.pk}:{token}".encode()).hexdigest()
    # Two clicks at the same moment, and the count of unfinished ones: one after the other for an officer.
    hold_names(f"exports-of-{user.pk}")
    known = Export.objects.filter(key=key).first()
    if known is not None:
        return known
    columns = list(dict.fromkeys(columns)) if kind != ExportKind.PDFS else []
    query = read_conditions(user, query).query_string()
    _check(user, kind, query, selection, columns)
    export = Export.objects.create(
        officer=user, kind=kind, key=key, query=query, selection=list(selection), columns=columns
    )
    log_access(actor=user, action=_action(export), subject=f"{export}：{subject_of(export)}", request=request)
    enqueue_on_commit(signature(EXPORT_TASK), export.pk)
    return export


@transaction.atomic
def retry_export(*, export_id, user, request=None):
    """Make a failed, cancelled or expired export of the user once more; leave any other alone (a second click)."""
    hold_names(f"exports-of-{user.pk}")
    export = Export.objects.select_for_update().get(pk=export_id, officer=user)
    if export.state in UNFINISHED or (export.state == ExportState.READY and not is_gone(export)):
        return export
    _check(user, export.kind, export.query, export.selection, export.columns)
    store.remove(export)
    export.state, export.queued_at = ExportState.QUEUED, timezone.now()
    export.attempts, export.done, export.total, export.size = 0, 0, None, None
    export.file, export.error = "", ""
    export.started_at = export.beat_at = export.finished_at = export.expires_at = export.cancel_asked_at = None
    export.save()
    log_access(actor=user, action=_action(export), subject=f"{export}（重新导出）：{subject_of(export)}", request=request)
    enqueue_on_commit(signature(EXPORT_TASK), export.pk)
    return export


@transaction.atomic
def cancel_export(*, export_id, user):
    """Cancel an export: at once while it waits or its worker is gone, else as soon as the worker sees it."""
    now = timezone.now()
    export = Export.objects.select_for_update().get(pk=export_id, officer=user)
    if export.state not in UNFINISHED:
        return export
    export.cancel_asked_at = export.cancel_asked_at or now
    if export.state == ExportState.QUEUED or export.beat_at < now - QUIET_LIMIT:
        export.state, export.finished_at = ExportState.CANCELLED, now
        transaction.on_commit(lambda: store.remove(export))
    export.save(update_fields=["state", "finished_at", "cancel_asked_at"])
    return export


def claim_export(*, export_id):
    """Take an export for making and commit that; return it, or None when there is nothing to do now.

    Nothing to do: unknown, finished, being made, or as many are being made as may be at a time
    (settings.EXPORTS_AT_ONCE). One that was begun MAX_ATTEMPTS times without an end is given up.
    """
    now = timezone.now()
    with transaction.atomic(durable=True):
        hold_names("exports-being-made")
        alive = Export.objects.filter(state=ExportState.RUNNING, beat_at__gte=now - QUIET_LIMIT)
        export = Export.objects.select_for_update().filter(pk=export_id, state__in=UNFINISHED).first()
        if export is None or alive.filter(pk=export_id).exists() or alive.count() >= settings.EXPORTS_AT_ONCE:
            return None
        if export.cancel_asked_at or export.attempts >= MAX_ATTEMPTS:
            export.state = ExportState.CANCELLED if export.cancel_asked_at else ExportState.FAILED
            export.error, export.finished_at = "" if export.cancel_asked_at else GIVEN_UP, now
            export.save(update_fields=["state", "error", "finished_at"])
            transaction.on_commit(lambda: store.remove(export))
            return None
        export.state, export.started_at, export.beat_at = ExportState.RUNNING, now, now
        export.attempts, export.done, export.total = export.attempts + 1, 0, None
        export.save(update_fields=["state", "started_at", "beat_at", "attempts", "done", "total"])
    return Export.objects.select_related("officer__authority").get(pk=export_id)


@transaction.atomic
def record_progress(*, export, done, total):
    """Store how far the claimed export is. Raises Stopped when it shall not go on."""
    going = _of_attempt(export).filter(cancel_asked_at__isnull=True)
    if not going.update(done=done, total=total, beat_at=timezone.now()):
        raise Stopped(export.pk)


@transaction.atomic
def record_ready(*, export, path, name, size):
    """Move the finished file into place and store that. Raises Stopped, and then the file at ``path`` is left alone."""
    present = _of_attempt(export).filter(cancel_asked_at__isnull=True).select_for_update().first()
    if present is None:
        raise Stopped(export.pk)
    now = timezone.now()
    present.file.name = store.finish(export, path, name)
    present.state, present.size, present.error, present.done = ExportState.READY, size, "", present.total
    present.finished_at, present.expires_at = now, now + KEPT
    present.save(update_fields=["file", "state", "size", "error", "done", "finished_at", "expires_at"])


@transaction.atomic
def record_failure(*, export, reason):
    """Store why the claimed export could not be made, in a sentence for the officer."""
    _of_attempt(export).update(state=ExportState.FAILED, error=reason, finished_at=timezone.now())


@transaction.atomic
def record_cancelled(*, export):
    """Store that the worker has stopped because the officer asked for it; nothing when it stopped for its successor."""
    asked = _of_attempt(export).filter(cancel_asked_at__isnull=False)
    asked.update(state=ExportState.CANCELLED, finished_at=timezone.now())


def expire_export(*, export):
    """Remove the file of an export whose time is over, then say so: in this order no file outlives its row."""
    store.remove(export)
    Export.objects.filter(pk=export.pk, state=ExportState.READY).update(state=ExportState.EXPIRED, file="", size=None)


@transaction.atomic
def log_download(*, export, user, request):
    """Log that a finished file is taken."""
    log_access(actor=user, action="下载导出文件", subject=f"{export}：{subject_of(export)}", request=request)


def is_gone(export):
    """Tell whether a finished export has lost its file."""
    return export.state == ExportState.READY and not export.file.storage.exists(export.file.name)


def subject_of(export):
    """Return what an export is of, for the operation log: rows and columns."""
    rows = rows_in_words(export)
    return f"{rows}；列：{'、'.join(titles_of(export))}" if export.columns else rows


def rows_in_words(export):
    """Return which filings an export is of, as the officer chose them."""
    if export.selection:
        return f"所选 {len(export.selection)} 件"
    return read_conditions(export.officer, export.query).in_words


def titles_of(export):
    """Return the titles of an export's columns; one that exists no more is left out."""
    known = all_columns()
    return [known[key].title for key in export.columns if key in known]


def _action(export):
    full = "（含完整手机号）" if "mobile_in_full" in export.columns else ""
    return ("导出申报文档" if export.kind == ExportKind.PDFS else "导出名单") + full


def _check(user, kind, query, selection, columns):
    unknown = [key for key in columns if key not in columns_for(user)]
    if unknown:
        raise NotPermitted("所选的列中有您的角色不能导出的列，请重新选择列后再导出。", code="columns")
    if kind != ExportKind.PDFS and not columns:
        raise Refused("请至少勾选一列。", code="columns", status=422)
    if len(query) > QUERY_LENGTH:
        raise Refused(f"筛选条件过长（{len(query)} 个字符，最多 {QUERY_LENGTH} 个），请清除部分条件后再导出。", status=422)
    if unfinished_of(user).count() >= MOST_UNFINISHED:
        raise Refused(
            f"您已有 {MOST_UNFINISHED} 个没有完成的导出，请等其中一个完成或【取消】一个后再导出。", code="too_many", status=429
        )
    most = most_of(kind)
    count = count_up_to(filings_of(user, query, selection), most)
    if not count:
        raise Refused("当前条件下没有您可以导出的申报件，请返回列表换一个条件。", code="nothing", status=422)
    if count > most:
        raise Refused(too_much(kind), code="too_much", status=422)


def too_much(kind):
    """Return the sentence that says how many filings an export of this kind may contain."""
    if kind == ExportKind.PDFS:
        return f"一次最多导出 {most_of(kind)} 份申报文档，当前条件下超过了这个数。请用筛选条件缩小范围，分几次导出。"
    return f"一次最多导出 {most_of(kind):,} 行，当前条件下超过了这个数。请用筛选条件缩小范围，分几次导出。"


def _of_attempt(export):
    return Export.objects.filter(pk=export.pk, state=ExportState.RUNNING, attempts=export.attempts)
