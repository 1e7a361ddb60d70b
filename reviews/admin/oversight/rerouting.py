"""改派: a manager of the province or the ministry moves one filing to another desk."""
from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect

from portal.tools.errors import Refused
from reviews.admin.filing_page import open_filing, page_url
from reviews.admin.oversight.shared import FOLDER
from reviews.enums import Action, State
from reviews.forms.oversight import RerouteForm
from reviews.models import Filing
from reviews.queries.oversight import reroute_targets
from reviews.services.parties import transition_for
from reviews.services.rerouting import reroute


def reroute_filing(model_admin, request, filing_id):
    """GET: to whom, why, and what will happen. POST: do it."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    filing = open_filing(request, filing_id)
    authorities = list(reroute_targets(filing)) if filing.state == State.IN_REVIEW else []
    if request.method != "POST":
        refusal = _why_not(request.user, filing, authorities)
        form = RerouteForm(authorities=authorities, initial={"seen_version": filing.version})
        return _page(model_admin, request, filing, None if refusal else form, refusal, 409 if refusal else 200)
    form = RerouteForm(request.POST, authorities=authorities)
    moved_on = filing.state != State.IN_REVIEW or str(filing.version) != request.POST.get("seen_version")
    if not form.is_valid() and not (moved_on and set(form.errors) == {"authority"}):
        return _page(model_admin, request, filing, form, "", 422)
    values = form.cleaned_data
    try:
        # Of a page that is out of date the service says what has happened, whatever was chosen there.
        moved = reroute(
            filing_id=filing.pk, user=request.user, seen_version=values["seen_version"],
            authority_id=values.get("authority") or _posted_authority(request), comment=values["comment"],
        )
    except Refused as refusal:
        return _page(model_admin, request, filing, form, refusal.message, refusal.status)
    messages.success(request, f"已把“{moved.enterprise_name}”的申报改派到{moved.desk.name}，企业已收到系统消息。")
    is_visible = Filing.objects.for_officer(request.user).filter(pk=filing.pk).exists()
    return HttpResponseRedirect(page_url(filing.pk) if is_visible else model_admin.list_url(request))


def _posted_authority(request):
    value = request.POST.get("authority", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def _why_not(user, filing, authorities):
    """Return why this filing cannot be moved by this officer, or ""."""
    if filing.state != State.IN_REVIEW:
        return f"这件申报的状态是“{filing.get_state_display()}”，不在审核中，不能改派。"
    if transition_for(user, filing, Action.REROUTE) is None:
        return "只有省级或部级主管部门“审核与发布”角色的人员可以改派。"
    if not authorities:
        return f"{filing.desk.name}是{filing.desk.get_level_display()}部门，本省没有其他同层级部门可以改派。"
    return ""


def _page(model_admin, request, filing, form, refusal, status):
    context = {
        "title": f"改派：{filing.enterprise_name}",
        "filing": filing,
        "form": form,
        "refusal": refusal,
        "back": page_url(filing.pk),
    }
    return model_admin.page(request, f"{FOLDER}/reroute.html", context, status)


VIEWS = [("<int:filing_id>/reroute/", reroute_filing, "reroute")]
