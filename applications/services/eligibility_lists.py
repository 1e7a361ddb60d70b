"""满足复核条件 by a list: carried out by a worker, a few rows to a transaction, with a result for each row.

The results of some rows are written in the transaction that sets these rows, so a worker that dies leaves nothing
half done and the next one goes on behind the last result.
"""
import datetime
import logging

from celery import signature
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.services.access_log import log_access
from applications.enums import Tier
from applications.models import EligibilityList
from applications.queries_eligibility import duplicates, judge
from applications.services.eligibility import may_set_eligible, set_eligible
from portal.tools.errors import NotPermitted, Refused
from portal.tools.queueing import enqueue_on_commit
from reviews.enums import JobState

log = logging.getLogger(__name__)

# By name: tasks import services, never the other way round.
TASK = "applications.job_tasks.eligibility.carry_out_list"
#: Rows of one transaction: few, so that nobody waits long for an enterprise that it has locked.
CHUNK = 25
#: The most enterprises that 按筛选条件 sets at once.
MOST_FILTERED = 2000
#: What a list made from the filters of the page is called.
BY_FILTER = "按筛选条件"
#: A worker writes its progress every second or so; a list that stood still for so long has lost its worker.
STUCK = datetime.timedelta(minutes=5)
HAND_OVER = datetime.timedelta(seconds=30)

MOVED = "提交名单的账户已停用、不再具有审核权限，或已不在该部门，这一行没有设置。请由在岗人员重新上传。"
OTHER = "系统出错，这一行没有设置，技术人员可以在日志中看到原因。请稍后重新上传这一行；仍不成功请联系技术支持电话。"


@transaction.atomic
def request_list(*, user, tier, note, name, sha256, key, rows, request=None):
    """Store a list and have it carried out; the same ``key`` again (a double click) gives the same list.

    ``rows`` are [row number, 企业名称, 统一社会信用代码]. Raises NotPermitted as set_eligible, Refused for another
    account's key.
    """
    if not may_set_eligible(user):
        raise NotPermitted("【满足复核条件】由省级主管部门设置，且须具有“审核”或“审核与发布”角色。")
    made, created = EligibilityList.objects.get_or_create(
        key=key,
        defaults={
            "officer": user, "authority": user.authority, "tier": Tier(tier), "note": note, "name": name[:200],
            "sha256": sha256, "rows": rows,
        },
    )  # fmt: skip
    if made.officer_id != user.pk:
        raise Refused("页面信息不完整，操作没有执行。请返回【满足复核条件】重新操作。", code="key", status=422)
    if created:
        subject = f"{made.name}（{len(rows)} 行，{Tier(tier).label}）"
        log_access(actor=user, action="提交满足复核条件名单", subject=subject, request=request)
        enqueue_on_commit(signature(TASK), made.pk)
    return made


@transaction.atomic
def carry_on(*, list_id):
    """Carry out the next rows of a list; return whether some are left. Two workers wait for each other."""
    lists = EligibilityList.objects.select_for_update(of=("self",)).select_related("officer__authority", "authority")
    made = lists.filter(pk=list_id).exclude(state=JobState.DONE).first()
    if made is None:
        return False
    start = len(made.results)
    made.results += _carry_out(made, start, made.rows[start : start + CHUNK])
    made.beat_at = timezone.now()
    made.state = JobState.RUNNING
    if len(made.results) >= len(made.rows):
        made.state = JobState.DONE
        made.finished_at = made.beat_at
    made.save(update_fields=["results", "beat_at", "state", "finished_at"])
    return made.state != JobState.DONE


def _carry_out(made, start, rows):
    """Return the results of ``rows``, the first of which has the index ``start`` in the list."""
    if made.officer.authority_id != made.authority_id or not may_set_eligible(made.officer):
        return [{"outcome": "failed", "message": MOVED} for _ in rows]
    findings = judge(
        rows, authority=made.authority, tier=made.tier, doubled=duplicates(made.rows), start=start, lock=True
    )
    return [_set(made, finding) for finding in findings]


def _set(made, finding):
    if finding.outcome != "ready":
        return {"outcome": finding.outcome, "message": finding.message}
    try:
        set_eligible(user=made.officer, enterprise_id=finding.enterprise_id, tier=made.tier, note=made.note)
    except Refused as refusal:
        return {"outcome": "failed", "message": refusal.message}
    except SoftTimeLimitExceeded:
        raise  # the time of the task is over, which is no fault of the row
    except Exception:
        log.exception("Enterprise %s of list %s could not be set", finding.enterprise_id, made.pk)
        return {"outcome": "failed", "message": OTHER}
    return {"outcome": "set", "message": "已设置，企业已收到系统消息和短信。"}


def unfinished_ids(*, limit):
    """Return the ids of lists that nobody works on: never begun, or left behind by a worker that died."""
    now = timezone.now()
    waiting = Q(state=JobState.QUEUED, asked_at__lt=now - HAND_OVER)
    stuck = Q(state=JobState.RUNNING, beat_at__lt=now - STUCK)
    rows = EligibilityList.objects.filter(waiting | stuck).order_by("asked_at")
    return list(rows.values_list("pk", flat=True)[:limit])
