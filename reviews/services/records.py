"""实地抽查 and 专家意见: internal records at a filing. They are added, never changed, and the enterprise never sees them."""
from django.db import transaction
from django.utils import timezone

from portal.tools.errors import NotPermitted, Refused
from portal.tools.text import tidy
from reviews.enums import VisitResult
from reviews.models import ExpertOpinion, Filing, SiteVisit
from reviews.services.record_files import check_files, digest_of, store_file
from reviews.services.transition import lock_filing

#: Bounds of an expert's score, as the database has them.
LOWEST_SCORE, HIGHEST_SCORE = 0, 100


def may_record(user, filing):
    """Tell whether the officer adds records: a deciding role, and the filing in his jurisdiction, in any state."""
    return user.may_decide and Filing.objects.for_officer(user).filter(pk=filing.pk).exists()


@transaction.atomic
def record_visit(*, user, filing_id, visited_on, people, result, text, files=()):
    """Write a record of 实地抽查 with its photos. The same record once more (a double click) returns the first.

    Raises NotPermitted outside the jurisdiction or for a viewer, Refused for a blank text, a day in the future, an
    unknown result, a file that may not be stored.
    """
    filing = _open(user, filing_id)
    if result not in VisitResult.values:
        raise Refused("请选择抽查结果。", code="result", status=422)
    values = {
        "visited_on": _past_day(visited_on, "visited_on", "抽查日期"), "people": _text(people, "people", "抽查人员"),
        "result": result, "text": _text(text, "text", "情况说明"),
    }  # fmt: skip
    return _add(SiteVisit, "visit", filing, user, files, values)


@transaction.atomic
def record_opinion(*, user, filing_id, expert, organisation, given_on, score, text, files=()):
    """Write an expert's opinion with its papers; ``score`` is a Decimal, 0 to 100, or None. Raises as record_visit."""
    filing = _open(user, filing_id)
    if score is not None and not LOWEST_SCORE <= score <= HIGHEST_SCORE:
        raise Refused(
            f"评分“{score}”应在 {LOWEST_SCORE} 至 {HIGHEST_SCORE} 之间，请改正；没有评分可以留空。", code="score", status=422
        )
    values = {
        "expert": _text(expert, "expert", "专家"), "organisation": tidy(organisation),
        "given_on": _past_day(given_on, "given_on", "评审日期"), "score": score, "text": _text(text, "text", "意见"),
    }  # fmt: skip
    return _add(ExpertOpinion, "opinion", filing, user, files, values)


def _open(user, filing_id):
    filing = lock_filing(filing_id)
    if not Filing.objects.for_officer(user).filter(pk=filing.pk).exists():
        raise NotPermitted("这件申报不在您的管辖范围内，不能添加记录。")
    if not user.may_decide:
        raise NotPermitted("您的角色是“查阅”，可以查看记录，不能添加。请联系本部门“审核”或“审核与发布”人员。")
    return filing


def _add(model, owner, filing, user, files, values):
    """Look at every file, then write the row and store them; under the filing's lock, so that a twin is found."""
    names = check_files(files)
    digests = sorted(digest_of(upload) for upload in files)
    for known in model.objects.filter(filing=filing, recorded_by=user, authority=user.authority, **values):
        if sorted(known.files.values_list("sha256", flat=True)) == digests:
            return known
    row = model.objects.create(filing=filing, authority=user.authority, recorded_by=user, **values)
    for upload, name in zip(files, names, strict=True):
        store_file(upload=upload, name=name, user=user, **{owner: row})
    return row


def _text(text, field, label):
    text = tidy(text)
    if not text:
        raise Refused(f"请填写{label}。", code=field, status=422)
    return text


def _past_day(day, field, label):
    if day > timezone.localdate():
        raise Refused(f"{label} {day:%Y-%m-%d} 晚于今天，请改为今天或以前的日期。", code=field, status=422)
    return day
