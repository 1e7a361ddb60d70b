"""Reads of the 专精特新发展评价: weights and means of a day, scores by year, what the enterprise may see of them."""
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from applications.evaluation import Means, default_weights, division_of, estimate, read_weights
from applications.models import Evaluation, EvaluationWeights, EvaluationYear, IndustryMean
from reviews.enums import State

#: The review has ended: the enterprise may see the score of that filing (manual §5).
ENDED = (State.APPROVED, State.PUBLICISED, State.RECOGNISED, State.REJECTED)


def weights_on(day):
    """Return the Weights that hold on a day: the ministry's newest edition begun by then, else the shipped ones."""
    row = EvaluationWeights.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if row is None:
        return default_weights()
    return read_weights(
        code=row.code, title=row.title, is_official=row.is_official, points=row.points, source=row.source
    )


def means_for(industry_code, year):
    """Return the Means that an evaluation of ``year`` in this industry may use: accounting years before it."""
    rows = IndustryMean.objects.filter(year__lt=year, division__in={division_of(industry_code), ""})
    return Means(rows.values_list("year", "division", "figure", "value", "source"))


def estimate_for(facts, *, industry_code, year, day=None):
    """Return the Result of the facts with the weights of ``day`` (today) and the stored means; two queries."""
    weights = weights_on(day or timezone.localdate())
    means = means_for(industry_code, year)
    return estimate(facts, industry_code=industry_code, year=year, weights=weights, means=means)


def industry_of(filing):
    """Return the code of 所属行业 in the filing's answers, else that of the enterprise's record, else ""."""
    return filing.answers.get("basic", {}).get("industry") or filing.enterprise.industry_id or ""


def cap_of(enterprise, year):
    """Return the highest score that the enterprise can have in the year, or None before its first submission."""
    return EvaluationYear.objects.filter(enterprise=enterprise, year=year).values_list("cap", flat=True).first()


def score_of_year(enterprise, year):
    """Return the score that counts for a year: that of the newest submission; None without any."""
    rows = Evaluation.objects.filter(year__enterprise=enterprise, year__year=year).order_by("-id")
    return rows.values_list("score", flat=True).first()


def development_facts(filing, facts):
    """Return the facts ``development_score`` and ``development_score_last`` for the standards; four queries.

    The score of this year is what a submission now would give: computed from ``facts``, held down to the cap. The
    score of the year before is the one on record, None without any.
    """
    computed = estimate_for(facts, industry_code=industry_of(filing), year=filing.period).total
    cap = cap_of(filing.enterprise, filing.period)
    return {
        "development_score": computed if cap is None else min(computed, cap),
        "development_score_last": score_of_year(filing.enterprise, filing.period - 1),
    }


def evaluation_of(filing):
    """Return the newest Evaluation of a filing, for officers; None without any."""
    return filing.evaluations.order_by("-id").first()


def evaluations_of(filing):
    """Return (newest Evaluation, those before it, newest first and without payload); (None, []) without any."""
    newest = evaluation_of(filing)
    if newest is None:
        return None, []
    earlier = filing.evaluations.filter(pk__lt=newest.pk).select_related("snapshot")
    return newest, list(earlier.defer("payload", "snapshot__payload").order_by("-id"))


def shown_evaluation(filing):
    """Return the newest Evaluation of a filing if the enterprise may see it: its review has ended. Else None."""
    return evaluation_of(filing) if filing.state in ENDED else None


@dataclass
class YearRecord:
    """One year of an enterprise: the score that counts, its cap, and every submission that it may see, newest first."""

    year: int
    cap: Decimal
    evaluations: list = field(default_factory=list)

    @property
    def newest(self):
        """The evaluation whose score counts for the year, as far as it may be shown."""
        return self.evaluations[0]


@dataclass(frozen=True)
class History:
    """Years, newest first, and how many submissions wait for the end of their review."""

    years: list
    waiting: int

    def year(self, number):
        """Return the YearRecord of a year, the newest for None; None when there is none."""
        return next((record for record in self.years if number in (None, record.year)), None)


def history(enterprise):
    """Return the History of an enterprise without what its review still keeps back; one query, payloads left out."""
    rows = (
        Evaluation.objects.filter(year__enterprise=enterprise)
        .select_related("year", "filing", "snapshot")
        .defer("payload", "filing__answers", "snapshot__payload")
        .order_by("-year__year", "-id")
    )
    records, waiting = {}, set()
    for row in rows:
        if row.filing.state not in ENDED:
            waiting.add(row.filing_id)
            continue
        record = records.setdefault(row.year.year, YearRecord(row.year.year, row.year.cap))
        record.evaluations.append(row)
    return History(list(records.values()), len(waiting))


def payload_of(evaluation):
    """Return how a score came about, one query."""
    return Evaluation.objects.values_list("payload", flat=True).get(pk=evaluation.pk)
