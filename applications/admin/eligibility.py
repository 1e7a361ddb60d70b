"""满足复核条件: the titles of an area with their setting; the province sets and withdraws it."""
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from accounts.admin.base import COUNT_CAP, CappedPaginator
from applications.admin import eligibility_filtered, eligibility_lists
from applications.enums import Tier
from applications.forms.eligibility import ConditionsForm, SetForm, WithdrawForm
from applications.models import RenewalEligibility
from applications.queries_eligibility import (
    add_settings,
    areas_of,
    eligibilities_for,
    filtered,
    settings_of,
    titles_for,
)
from applications.services.eligibility import may_set_eligible, set_eligible, withdraw_eligible
from portal.tools.errors import Refused
from reviews.admin.base import OfficerDeskAdmin

FOLDER = "admin/applications/renewaleligibility"
PER_PAGE = 50


@admin.register(RenewalEligibility)
class EligibilityAdmin(OfficerDeskAdmin):
    """Officers of any level read what is in their area; officers of a province who decide also write."""

    page_rules = dict.fromkeys(("set", "withdraw", "set_filtered", "upload", "upload_confirm"), may_set_eligible)
    fields = [
        "enterprise_name", "uscc", "tier", "authority", "granted_by", "granted_at", "note", "withdrawn_by",
        "withdrawn_at", "withdrawn_reason",
    ]  # fmt: skip

    def get_queryset(self, request):
        """Limit to the officer's area."""
        rows = eligibilities_for(request.user)
        return rows.select_related("enterprise", "authority", "granted_by", "withdrawn_by").order_by("-id")

    @admin.display(description="企业名称")
    def enterprise_name(self, row):
        """Name the enterprise without a link: its record is its own."""
        return row.enterprise.name

    @admin.display(description="统一社会信用代码")
    def uscc(self, row):
        """Show the code."""
        return row.enterprise.uscc

    def changelist_view(self, request, extra_context=None):
        """Show the titles instead of the rows: whoever has no row yet is what the page is for."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        form = ConditionsForm(request.GET, areas=areas_of(request.user))
        conditions = form.conditions
        paginator = CappedPaginator(filtered(titles_for(request.user), conditions), PER_PAGE)
        page = paginator.get_page(request.GET.get("page"))
        titles = add_settings(list(page))
        parameters = request.GET.copy()
        parameters.pop("page", None)
        may_set = may_set_eligible(request.user)
        context = {
            "title": "满足复核条件", "form": form, "conditions": conditions, "page": page, "titles": titles,
            "count": f"{COUNT_CAP}+" if paginator.count > COUNT_CAP else paginator.count,
            "query_string": parameters.urlencode(), "may_set": may_set,
            "why_not_filtered": eligibility_filtered.why_not(conditions),
        }  # fmt: skip
        return self.page(request, f"{FOLDER}/change_list.html", context)

    def get_urls(self):
        """Add the addresses of what an officer of a province does."""
        wrap = self.admin_site.admin_view
        views = [
            ("<int:enterprise_id>/<str:tier>/set/", set_one, "set"),
            ("<int:enterprise_id>/<str:tier>/withdraw/", withdraw_one, "withdraw"),
            *eligibility_filtered.VIEWS,
            *eligibility_lists.VIEWS,
        ]
        return [
            path(route, wrap(self._bind(view)), name=f"applications_renewaleligibility_{name}")
            for route, view, name in views
        ] + super().get_urls()

    def _bind(self, view):
        def bound(request, **kwargs):
            if not self.has_view_permission(request):
                raise PermissionDenied
            return view(self, request, **kwargs)

        return bound


def set_one(model_admin, request, enterprise_id, tier):
    """【设置】 for one enterprise: confirm with a note, then do it."""

    def work(values):
        set_eligible(
            user=request.user, enterprise_id=enterprise_id, tier=tier, note=values["note"], request=request
        )

    return _confirm(
        model_admin, request, enterprise_id, tier,
        label="设置", form_class=SetForm, work=work, done="已将“{}”设置为【满足复核条件】。",
        sentences=["企业可以在复核开放时间内提交{tier}复核申请，并收到系统消息和短信。"],
    )  # fmt: skip


def withdraw_one(model_admin, request, enterprise_id, tier):
    """【撤销】 for one enterprise: confirm with a reason, then do it."""

    def work(values):
        now = settings_of(enterprise_id, tier).filter(withdrawn_at__isnull=True).first()
        if now is not None and now.pk != values["seen"]:
            raise Refused("打开页面后，同事已重新设置过该企业，撤销没有执行。请核对下面的记录后重试。", code="stale")
        withdraw_eligible(
            user=request.user, enterprise_id=enterprise_id, tier=tier, reason=values["reason"], request=request
        )

    return _confirm(
        model_admin, request, enterprise_id, tier,
        label="撤销", form_class=WithdrawForm, work=work, done="已撤销“{}”的【满足复核条件】。",
        sentences=["企业不能再新提交{tier}复核申请，并收到系统消息和短信，写明撤销原因。", "已经提交的复核申请不受影响。"],
    )  # fmt: skip


def _confirm(model_admin, request, enterprise_id, tier, *, label, form_class, work, done, sentences):
    """Show the title, what will happen and the form; on POST do it, or say at the form why not."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if tier not in Tier.values:
        raise Http404
    if not may_set_eligible(request.user):
        raise PermissionDenied
    title = get_object_or_404(titles_for(request.user).filter(enterprise=enterprise_id, tier=tier))
    history = list(settings_of(enterprise_id, tier))
    current = next((row for row in history if row.withdrawn_at is None), None)
    status = 200
    form = form_class(initial={"seen": current.pk if current else None})
    if request.method == "POST":
        form = form_class(request.POST)
        status = 422
        if form.is_valid():
            try:
                work(form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, refusal.message)
                form.data = request.POST.copy()
                form.data["seen"] = current.pk if current else ""
                status = refusal.status
            else:
                messages.success(request, done.format(title.enterprise.name))
                return HttpResponseRedirect(list_url(request))
    is_idle = bool(current) == (label == "设置")
    context = {
        "title": f"{label}满足复核条件：{title.enterprise.name}", "row": title, "form": form, "label": label,
        "sentences": [sentence.format(tier=Tier(tier).label) for sentence in sentences],
        "history": history, "back": list_url(request), "tier": Tier(tier), "idle": is_idle,
    }  # fmt: skip
    return model_admin.page(request, f"{FOLDER}/confirm.html", context, status)


def list_url(request):
    """Return the address of the list with the filters that the officer came with."""
    address = reverse("admin:applications_renewaleligibility_changelist")
    filters = request.GET.get("_changelist_filters", "")
    return f"{address}?{filters}" if filters else address
