"""The table of the authorities below, and the steps behind its numbers."""
from django.http import Http404, HttpResponseNotAllowed

from portal.tools.bar_charts import stacked_bars
from reviews.admin.oversight.shared import FOLDER, open_authority, overseer_only, page_number, trail
from reviews.forms.oversight import PeriodForm
from reviews.kinds import get_kind
from reviews.queries.desk import LEVEL_BELOW
from reviews.queries.oversight import STEP_LISTS, steps_behind, work_below

PER_PAGE = 50


def overview(model_admin, request):
    """GET: what each authority below did in the period and what waits there; ``?authority=`` goes a level down."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    overseer_only(request)
    authority = open_authority(request, request.GET.get("authority") or request.user.authority_id)
    if authority.level not in LEVEL_BELOW:
        raise Http404("该部门没有下级。")
    form = PeriodForm(request.GET)
    period = form.chosen()
    at, rows = work_below(request.user, authority, period)
    with_overdue = [
        (work.authority.short_name, "", [("late", work.overdue), ("on_time", work.waiting - work.overdue)])
        for work in rows
    ]
    context = {
        "title": "工作监督",
        "authority": authority,
        "trail": trail(request.user, authority),
        "form": form,
        "period": period,
        "at": at,
        "rows": rows,
        "may_go_down": authority.level in ("ministry", "province"),
        "chart": stacked_bars(
            with_overdue, title=f"{authority.short_name}下级待审核件数", names=[("late", "已超期"), ("on_time", "未超期")]
        ),
    }
    return model_admin.page(request, f"{FOLDER}/overview.html", context, 422 if form.errors else 200)


def steps(model_admin, request, authority_id):
    """GET: the steps that a number of the table counts, newest first, page by page."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    authority = open_authority(request, authority_id)
    what = request.GET.get("what", "")
    form = PeriodForm(request.GET)
    if what not in STEP_LISTS or not form.is_valid():
        raise Http404
    period = form.chosen()
    rows = steps_behind(request.user, authority, period, what)
    before = page_number(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.defer("filing__answers")[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    context = {
        "title": f"{authority.name}：{STEP_LISTS[what]}的申报件",
        "authority": authority,
        "what": what,
        "word": STEP_LISTS[what],
        "period": period,
        "rows": [(step, step.filing, get_kind(step.filing.kind).title) for step in shown],
        "older": shown[-1].pk if len(found) > PER_PAGE else None,
        "is_first": before is None,
    }
    return model_admin.page(request, f"{FOLDER}/steps.html", context)


VIEWS = [
    ("oversight/", overview, "oversight"),
    ("oversight/<int:authority_id>/steps/", steps, "oversight_steps"),
]
