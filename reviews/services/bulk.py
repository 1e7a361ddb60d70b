"""批量通过 and 批量退回: the same services as for a single filing, row by row, with a result for each."""
import logging

from celery import signature
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services.access_log import log_access
from portal.tools.errors import NotPermitted, Refused
from portal.tools.queueing import enqueue_on_commit
from reviews.enums import Action, JobState
from reviews.models import BulkDecision
from reviews.services import decisions
from reviews.services.transition import LOOK_AGAIN

log = logging.getLogger(__name__)

SERVICES = {Action.APPROVE: decisions.approve, Action.RETURN: decisions.return_filing}
#: Most filings in one bulk decision: what one officer can have looked at.
MOST_ROWS = 200
#: By name: tasks import services, never the other way round.
TASK = "reviews.job_tasks.bulk.carry_out_bulk"

BROKEN = "办理这一件时系统出现错误，没有生效，技术人员可以在日志中看到原因。请打开这件申报单独办理。"


@transaction.atomic
def order_bulk(*, user, action, selection, comment="", note="", key, request=None):
    """Store a bulk decision and hand it to the worker on commit. ``selection`` is [[filing id, version seen], ...].

    The same ``key`` once more (a double click) returns the first job. Raises NotPermitted for a viewer, Refused
    without rows, with more than MOST_ROWS, with one filing twice, for a return without a reason.
    """
    known = BulkDecision.objects.filter(key=key).first()
    if known is not None:
        if known.officer_id != user.pk:
            raise NotPermitted("这个页面是另一个账户打开的，批量办理没有提交。请从列表重新选择。")
        return known
    if not user.may_decide:
        raise NotPermitted("您的角色是“查阅”，可以查看，不能批量办理。")
    if action not in SERVICES:
        raise Refused("批量办理只能【通过】或【退回】，请返回列表重新选择。", code="action", status=422)
    check_selection([filing_id for filing_id, _ in selection])
    comment = comment.strip()
    if action == Action.RETURN and not comment:
        raise Refused("【退回】须填写意见：企业要凭它知道改什么。请写明原因后重试。", code="comment", status=422)
    bulk, created = BulkDecision.objects.get_or_create(
        key=key,
        defaults={
            "officer": user, "authority": user.authority, "action": action, "comment": comment, "note": note.strip(),
            "selection": [[int(filing_id), int(version)] for filing_id, version in selection],
        },
    )  # fmt: skip
    if created:
        log_access(
            actor=user, action=f"批量{Action(action).label}", subject=f"第 {bulk.pk} 批，{len(selection)} 件", request=request
        )
        enqueue_on_commit(signature(TASK), bulk.pk)
    return bulk


def check_selection(ids):
    """Raise Refused unless the chosen filings can be one job."""
    if not ids:
        raise Refused("没有选择申报件。请在列表中勾选后再批量办理。", code="selection", status=422)
    if len(ids) > MOST_ROWS:
        raise Refused(
            f"一次最多批量办理 {MOST_ROWS} 件，选择了 {len(ids)} 件，没有提交。请减少选择，分几次办理。",
            code="selection", status=422,
        )  # fmt: skip
    if len(set(ids)) != len(ids):
        raise Refused("同一件申报被选择了两次，没有提交。请返回列表重新选择。", code="selection", status=422)


def run_bulk(*, bulk_id):
    """Carry a job out to its end, one row in a transaction with its result.

    May be called any number of times and by several workers: each row is done once, and a job that died goes on
    with the row after the last one that has a result.
    """
    while _next_row(bulk_id):
        pass


@transaction.atomic
def _next_row(bulk_id):
    """Do the first row without a result; return False when there is none left."""
    unfinished = BulkDecision.objects.select_for_update(of=("self",)).select_related("authority")
    bulk = unfinished.filter(pk=bulk_id).exclude(state=JobState.DONE).first()
    if bulk is None:
        return False
    bulk.beat_at = timezone.now()
    if len(bulk.results) < len(bulk.selection):
        filing_id, version = bulk.selection[len(bulk.results)]
        problem = _decide(bulk, filing_id, version)
        bulk.results.append(
            {"filing": filing_id, "ok": not problem, "message": problem, "at": timezone.now().isoformat()}
        )
        bulk.state = JobState.RUNNING
    if len(bulk.results) == len(bulk.selection):
        bulk.state, bulk.finished_at = JobState.DONE, timezone.now()
    bulk.save(update_fields=["results", "state", "beat_at", "finished_at"])
    return bulk.state != JobState.DONE


def _decide(bulk, filing_id, version):
    """Decide one row as its officer is now; return "" or the sentence that says why it was not done."""
    try:
        with transaction.atomic():  # what a refused row has written goes, its result stays
            officer = User.objects.select_related("authority").get(pk=bulk.officer_id)
            _check_officer(bulk, officer)
            SERVICES[bulk.action](
                filing_id=filing_id, user=officer, seen_version=version, comment=bulk.comment, note=bulk.note
            )
    except Refused as refusal:
        return refusal.message.replace(LOOK_AGAIN, "请打开这件申报，看清后单独办理。")
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        log.exception("Bulk decision %s could not decide filing %s", bulk.pk, filing_id)
        return BROKEN
    return ""


def _check_officer(bulk, officer):
    """Raise NotPermitted when the officer does not stand any more where he stood when he ordered the job."""
    if officer.authority_id != bulk.authority_id:
        now = officer.authority.name if officer.authority else "其他账户类型"
        raise NotPermitted(f"提交后您的账户已从{bulk.authority.name}转到{now}，这一件没有办理。")
    if not officer.may_decide:
        raise NotPermitted("提交后您的账户已停用，或角色改为“查阅”，这一件没有办理。")
