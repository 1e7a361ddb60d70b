"""数字化水平评测: introduction and history, start, start anew, the result (manual §2, 图17, 图18)."""
from urllib.parse import urlencode

from django.contrib import messages
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.queries import enterprise_of
from applications.digital_assessment import CURRENT, EDITIONS, plain
from applications.enums import AssessmentStage
from applications.queries_digital import UNDER_WAY, assessment_history, assessment_under_way
from applications.services.digital_assessments import restart_assessment, start_assessment
from applications.standing import newest_digital_assessment
from applications.views.digital.content import result_context
from applications.views.digital.shared import go_on, own_or_404, render_page
from applications.views.posted import seen_version
from portal.tools.access import ENTERPRISE, opens_to
from portal.tools.errors import StaleVersion

_LAST_PAGE = 1000


@require_safe
@opens_to(ENTERPRISE)
@never_cache
def index(request):
    """Say what the assessment is, offer 【开始评测】, 【继续评测】 or 【重新评测】, and list the runs."""
    text = request.GET.get("page", "1")
    number = min(int(text), _LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    enterprise = enterprise_of(request.user)
    page = assessment_history(request.user, max(number, 1))
    newest = newest_digital_assessment(enterprise) if enterprise else None
    context = {
        "enterprise": enterprise,
        "edition": CURRENT,
        "under_way": assessment_under_way(enterprise) if enterprise else None,
        "newest": newest and (newest, EDITIONS[newest.edition].level_title(newest.level), plain(newest.score)),
        "page": page,
        "rows": [_history_row(row, newest) for row in page.rows],
        "edit_url": f"{reverse('accounts:enterprise_edit')}?{urlencode({'next': request.get_full_path()})}",
    }
    return render_page(request, "index", context)


def _history_row(row, newest):
    """Return (run, level in words, points of a closed stage one, whether applications take it)."""
    level = EDITIONS[row.edition].level_title(row.level) if row.level is not None else ""
    return row, level, "" if row.score is None else plain(row.score), newest is not None and row.pk == newest.pk


@require_POST
@opens_to(ENTERPRISE)
def start(request):
    """【开始评测】, 【继续评测】: go to the run under way, or to a new one."""
    return go_on(request, start_assessment(user=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(ENTERPRISE)
@never_cache
def restart(request, assessment_id):
    """【重新作答】: give the run under way up as a whole, after a page that says what is lost."""
    assessment = own_or_404(request, assessment_id)
    if request.method == "POST":
        try:
            fresh = restart_assessment(
                assessment_id=assessment.pk, user=request.user, seen_version=seen_version(request.POST)
            )
        except StaleVersion as stale:
            context = {"assessment": own_or_404(request, assessment_id), "refusal": stale}
            return render_page(request, "restart", context, stale.status)
        messages.success(request, "原来的作答已作废，请从第一阶段重新作答。")
        return go_on(request, fresh)
    if assessment.stage not in UNDER_WAY:
        return go_on(request, assessment)
    return render_page(request, "restart", {"assessment": assessment})


@require_safe
@opens_to(ENTERPRISE)
@never_cache
def result(request, assessment_id):
    """Level, score, how they came about and what is missing to the next level."""
    assessment = own_or_404(request, assessment_id)
    if assessment.stage != AssessmentStage.COMPLETE:
        return go_on(request, assessment)
    return render_page(request, "result", {"assessment": assessment, **result_context(assessment)})
