"""专精特新发展评价 (manual 图30): the enterprise's scores by year and how they came about."""
from decimal import Decimal

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.queries import enterprise_of
from applications.evaluation.catalogue import BONUS_LABEL
from applications.evaluation.charts import bars, radar
from applications.queries_evaluation import History, history, payload_of
from portal.tools.access import ENTERPRISE, opens_to
from reviews.kinds import get_kind


@require_safe
@opens_to(ENTERPRISE)
@never_cache
def evaluation(request):
    """Show one year (``?year=``, the newest without it) and the course of the years; empty before the first score."""
    enterprise = enterprise_of(request.user)
    past = history(enterprise) if enterprise else History([], 0)
    year = _year(request)
    record = past.year(year)
    if "year" in request.GET and (year is None or record is None):
        raise Http404("没有这个年度的发展评价。")
    context = {"history": past, "record": record}
    if record:
        context |= _of_year(past, record)
    return render(request, "applications/evaluation/evaluation.html", context)


def _year(request):
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _of_year(past, record):
    """What the page shows of one year."""
    newest = record.newest
    payload = payload_of(newest)
    dimensions = [
        (row["label"], Decimal(row["percent"]), f"{row['points']}/{row['full']}") for row in payload["dimensions"]
    ]
    years = [(f"{year.year}年", year.newest.score) for year in reversed(past.years)]
    return {
        "evaluation": newest,
        "payload": payload,
        "kind_title": get_kind(newest.filing.kind).title,
        "radar": radar(dimensions, title=f"{record.year}年度五个维度的得分率"),
        "bars": bars(years, title="历年发展评价得分", current=f"{record.year}年"),
        "groups": groups_of(payload),
        "submissions": [(row, get_kind(row.filing.kind).title) for row in record.evaluations],
    }


def groups_of(payload):
    """Return [(dimension, its indicators)] of an evaluation's payload, the bonus last."""
    groups = [
        (dimension, [row for row in payload["indicators"] if row["dimension"] == dimension["code"]])
        for dimension in payload["dimensions"]
    ]
    bonus = {"label": BONUS_LABEL, "points": payload["bonus"], "full": payload["bonus_full"]}
    return [*groups, (bonus, payload["bonus_items"])]
