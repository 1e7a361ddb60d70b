"""Writing 专精特新发展评价: at every submission, under the year's cap (manual §5), and the data it is computed with."""
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from applications.evaluation import check_points
from applications.models import Evaluation, EvaluationYear
from applications.queries_evaluation import estimate_for, industry_of
from portal.tools.errors import Invalid, NotPermitted, Refused
from reviews.kinds import get_kind


@transaction.atomic
def record_evaluation(*, filing, facts=None):
    """Write the Evaluation of the submission that has just made ``filing.snapshot``; again for it changes nothing.

    Called inside the transaction of the submit. The year is ``filing.period``: 本年度 is the year of the window, which a
    return that is corrected after New Year does not leave, and the accounting years of the form hang on it. The first
    submission of an enterprise in a year, of whatever kind, makes the cap; of two in the same instant the unique
    constraint lets one make it, and the other takes what it made. ``facts`` stand in for those of the form.
    """
    existing = Evaluation.objects.filter(snapshot=filing.snapshot_id).first()
    if existing:
        return existing
    if facts is None:
        facts = get_kind(filing.kind).fill(filing).facts
    result = estimate_for(facts, industry_code=industry_of(filing), year=filing.period)
    year, _ = EvaluationYear.objects.get_or_create(
        enterprise=filing.enterprise, year=filing.period, defaults={"cap": result.total, "first": filing}
    )
    return Evaluation.objects.create(
        filing=filing,
        snapshot=filing.snapshot,
        year=year,
        computed=result.total,
        cap=year.cap,
        score=min(result.total, year.cap),
        payload=result.as_payload(),
    )


def may_set_evaluation_data(user):
    """Tell whether the account may add weights and industry means: a manager (审核与发布) of the ministry."""
    return user.is_authenticated and user.may_publish and user.authority.level == "ministry"


def _require_ministry(user):
    if not may_set_evaluation_data(user):
        raise NotPermitted("发展评价的权重和行业均值由部级“审核与发布”角色设置，您没有此权限。")


@transaction.atomic
def add_weights(*, user, weights):
    """Add an edition of weights. Raises NotPermitted, Refused for an edition that exists, Invalid for wrong points.

    An edition is never changed and never begins in the past: evaluations name the edition that held on their day.
    """
    _require_ministry(user)
    if weights.pk is not None:
        raise Refused("权重版本一经添加不能修改，已有的评价引用了它。如需调整，请添加新版本。")
    today = timezone.localdate()
    if weights.valid_from < today:
        day = weights.valid_from.isoformat()
        raise Invalid(f"启用日期：{day} 早于今天（{today.isoformat()}）。新版本只对今后的提交生效，请填写今天或以后的日期。")
    problems = check_points(weights.points)
    if problems:
        raise Invalid("".join(problems))
    weights.made_by = user
    weights.code = f"weights-{weights.valid_from:%Y%m%d}"
    _clean(weights)
    weights.save()
    return weights


@transaction.atomic
def save_mean(*, user, mean):
    """Add or change an industry mean. Raises NotPermitted, Invalid. Evaluations already made keep what they used."""
    _require_ministry(user)
    mean.made_by = user
    _clean(mean)
    if mean.figure == "revenue_per_head" and mean.value <= 0:
        raise Invalid(f"均值：{mean.value}。人均营业收入的均值须大于 0，与均值之差按均值的百分比计算，请更正。")
    mean.save()
    return mean


def _clean(row):
    """Let the model's rules run. Raises Invalid with their sentences."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise Invalid("；".join(error.messages)) from error
