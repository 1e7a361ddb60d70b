"""What the pages of 批量办理 show: the rows before they are decided, and the result of each."""
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from reviews.enums import Action, JobState, Visibility
from reviews.kinds import get_kind
from reviews.models import BulkDecision, FieldComment, Filing, FilingStep
from reviews.queries.filing_page import why_not
from reviews.services.parties import transition_for

CHANGED = "您打开列表之后，这件申报有了变化，请先打开查看。"
UNSEEN = "缺少版本信息，请返回列表刷新后重新选择。"
HIDDEN = "不在您的管辖范围内，或已不存在。"


@dataclass
class Row:
    """One chosen filing before the decision; ``reason`` says why it cannot be decided now, "" when it can."""

    filing_id: int
    version: int | None
    filing: Filing | None
    reason: str
    kind: object = None
    receiver: str = ""
    comments: int = 0


def rows_before(user, action, selection):
    """Return the Rows of ``selection``, [(filing id, version seen or None)], in its order, in three queries."""
    related = ("enterprise", "province", "desk", "registered_region")
    visible = Filing.objects.for_officer(user).filter(pk__in=[pk for pk, _ in selection]).defer("answers")
    filings = {filing.pk: filing for filing in visible.select_related(*related)}
    receivers = _receivers(filings)
    comments = _comments(filings, user)
    rows = []
    for pk, version in selection:
        filing = filings.get(pk)
        if filing is None:
            rows.append(Row(pk, version, None, HIDDEN))
            continue
        rows.append(
            Row(
                pk, version, filing, _why_not(user, action, filing, version), get_kind(filing.kind),
                _receiver(filing, action, receivers), comments.get(pk, 0),
            )
        )  # fmt: skip
    return rows


def _why_not(user, action, filing, version):
    if transition_for(user, filing, action) is None:
        return why_not(filing, user)
    if version is None:
        return UNSEEN
    return "" if filing.version == version else CHANGED


def _receivers(filings):
    """Return {filing id: name of the authority of the step after the present one}."""
    steps = FilingStep.objects.filter(
        filing__in=filings, round=F("filing__round"), position=F("filing__step") + 1
    ).values_list("filing_id", "authority__name")
    return dict(steps)


def _receiver(filing, action, receivers):
    if action == Action.RETURN:
        return "退回企业修改"
    if filing.pk in receivers:
        return f"转{receivers[filing.pk]}审核"
    return "审核通过，等待公示" if get_kind(filing.kind).is_publicised else "审核通过，办结"


def _comments(filings, user):
    """Return {filing id: number of 企业可见 comments of the officer's authority that have not gone out}."""
    waiting = FieldComment.objects.filter(
        filing__in=filings, event__isnull=True, round=F("filing__round"), authority=user.authority_id,
        visibility=Visibility.ENTERPRISE,
    )  # fmt: skip
    return dict(waiting.values_list("filing_id").annotate(Count("pk")).order_by())


def own_job(user, bulk_id):
    """Return the officer's own job, or None."""
    return BulkDecision.objects.filter(pk=bulk_id, officer=user).select_related("authority").first()


def jobs_of(user):
    """Return the jobs of the officer's authority."""
    if not (user.is_officer and user.authority_id):
        return BulkDecision.objects.none()
    return BulkDecision.objects.filter(authority=user.authority_id).select_related("officer")


@dataclass(frozen=True)
class Result:
    """The result of one row: state is "done", "failed" or "waiting"."""

    filing_id: int
    filing: Filing | None
    kind: object
    state: str
    message: str
    at: object


def results_of(job, user):
    """Return a Result for each row of a job in its order, in one query."""
    ids = [filing_id for filing_id, _ in job.selection]
    visible = Filing.objects.for_officer(user).filter(pk__in=ids).defer("answers").select_related("desk")
    filings = {filing.pk: filing for filing in visible}
    results = []
    for index, filing_id in enumerate(ids):
        entry = job.results[index] if index < len(job.results) else None
        filing = filings.get(filing_id)
        kind = get_kind(filing.kind) if filing else None
        if entry is None:
            results.append(Result(filing_id, filing, kind, "waiting", "", None))
        else:
            state = "done" if entry["ok"] else "failed"
            results.append(Result(filing_id, filing, kind, state, entry["message"], parse_datetime(entry["at"])))
    return results


@dataclass(frozen=True)
class Counts:
    """How far a job is."""

    total: int
    done: int
    failed: int

    @property
    def finished(self):
        """Rows that have a result."""
        return self.done + self.failed


def counts_of(job):
    """Return the Counts of a job."""
    done = sum(entry["ok"] for entry in job.results)
    return Counts(len(job.selection), done, len(job.results) - done)


def is_standing(job, *, after):
    """Tell whether nobody seems to work on a job: no progress for longer than ``after`` (a timedelta)."""
    return job.state != JobState.DONE and timezone.now() - (job.beat_at or job.asked_at) > after


def stuck_ids(*, queued_before, beat_before, limit):
    """Return the ids of jobs that wait since before the one moment, or made no progress since before the other."""
    waiting = Q(state=JobState.QUEUED, asked_at__lt=queued_before) | Q(state=JobState.RUNNING, beat_at__lt=beat_before)
    return list(BulkDecision.objects.filter(waiting).order_by("asked_at").values_list("pk", flat=True)[:limit])
