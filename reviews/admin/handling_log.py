"""办理日志 over the events of filings, and 存证校验: is what was recorded still what was recorded."""
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path
from django.utils.http import urlencode

from accounts.enums import AuthorityLevel
from accounts.queries.officers import is_manager, is_operator
from portal.tools.text import narrow, tidy
from reviews.admin.base import OfficerDeskAdmin
from reviews.admin.filing_page import open_filing, page_url
from reviews.models import Filing, ReviewEvent
from reviews.queries.handling_log import ACTIONS, handling_log
from reviews.services.verification import last_verification, verify_filing

FOLDER = "admin/reviews/reviewevent"


def may_verify(user):
    """Tell whether 存证校验 opens: operators, managers of the ministry and of provinces."""
    if is_operator(user):
        return True
    return is_manager(user) and user.authority.level in (AuthorityLevel.MINISTRY, AuthorityLevel.PROVINCE)


@admin.register(ReviewEvent)
class HandlingLogAdmin(OfficerDeskAdmin):
    """Read-only: rows are append-only, and the page of a filing shows them one by one."""

    page_rules = {"verification": may_verify}

    def changelist_view(self, request, extra_context=None):
        """GET: decisions of the jurisdiction with filters."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        log = handling_log(request.user, request.GET)
        given = {name: value for name, value in log.values.items() if value}
        context = {
            "title": "办理日志",
            "log": log,
            "actions": ACTIONS,
            "has_conditions": bool(given),
            "next_query": urlencode(given | {"before": log.following}) if log.following else "",
            "newest_query": urlencode(given),
            "is_later_page": "before" in request.GET,
        }
        return self.page(request, f"{FOLDER}/change_list.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """There is no page of one event: it stands on the page of its filing."""
        raise Http404

    def get_urls(self):
        """Add 存证校验."""
        view = self.admin_site.admin_view(self.verification)
        return [path("verification/", view, name="reviews_reviewevent_verification"), *super().get_urls()]

    def verification(self, request):
        """GET: the last full check. POST: check the filing with the number that was typed."""
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if not may_verify(request.user):
            raise PermissionDenied
        number, error, faults, status = "", "", None, 200
        if request.method == "POST":
            number = tidy(narrow(request.POST.get("number", "")))[:40].upper()
            rows = Filing.objects.all() if is_operator(request.user) else Filing.objects.for_officer(request.user)
            filing = rows.filter(number=number).defer("answers").first() if number else None
            if filing is None:
                error = f"没有找到申报编号“{number}”，或不在您的管辖范围内，请核对后重试。" if number else "请填写申报编号。"
                status = 422
            else:
                faults = verify_filing(filing=filing, user=request.user, request=request)
        context = {
            "title": "存证校验", "last": last_verification(), "number": number, "error": error, "faults": faults,
            "is_operator": is_operator(request.user),
        }  # fmt: skip
        return self.page(request, f"{FOLDER}/verification.html", context, status)


def verify(model_admin, request, filing_id):
    """POST: 【校验存证】 on the page of a filing; the result is told there."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    filing = open_filing(request, filing_id)
    faults = verify_filing(filing=filing, user=request.user, request=request)
    if faults:
        messages.error(request, f"存证校验发现 {len(faults)} 处不符：{''.join(faults)}请联系技术支持电话核查，核查前不要据此审核。")
    else:
        messages.success(request, "存证校验通过：办理记录首尾相接，各次快照的内容与摘要一致，没有被改动或删除。")
    return HttpResponseRedirect(page_url(filing.pk, request.GET.get("_changelist_filters", ""), "route"))


VIEWS = [("<int:filing_id>/verify/", verify, "verify")]
