"""申报件: the work list and, through reviews.admin.filing_page and .decide, the page of one filing."""
import copy

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404, QueryDict
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from reviews.admin import decide, filing_page
from reviews.admin.base import OfficerDeskAdmin
from reviews.admin.filters import ALL, MINE, SCOPES, AreaFilter, KindFilter, ScopeFilter
from reviews.enums import State
from reviews.kinds import get_kind
from reviews.models import Filing
from reviews.queries.desk import days_since, search

#: The modules whose VIEWS are pages of the desk: (route, view(model_admin, request, **kwargs), name).
PAGES = (filing_page, decide)


@admin.register(Filing)
class FilingAdmin(OfficerDeskAdmin):
    """Read-only but for the decisions; every row comes from ``Filing.objects.for_officer``."""

    list_display = ["enterprise_name", "number", "matter", "place", "score", "state_badge", "desk_name", "arrived"]
    list_display_links = ["enterprise_name"]
    list_filter = [ScopeFilter, KindFilter, AreaFilter]
    list_select_related = ["registered_region", "desk"]
    list_max_show_all = 0
    search_fields = ["number"]
    search_help_text = "统一社会信用代码、申报编号（开头几位即可）或企业名称"
    sortable_by = ()
    actions = None

    def get_queryset(self, request):
        """Limit to the officer's jurisdiction; the page shows no answers, so they stay in the database."""
        return Filing.objects.for_officer(request.user).defer("answers")

    def get_ordering(self, request):
        """Oldest first where the officer has to act, newest first elsewhere."""
        is_elsewhere = request.GET.get(ScopeFilter.parameter_name, MINE) in {value for value, _ in SCOPES} - {MINE}
        return ("-id",) if is_elsewhere else ("desk_since", "id")

    def get_search_results(self, request, queryset, search_term):
        """Search by code, number or name."""
        return search(queryset, search_term), False

    def changelist_view(self, request, extra_context=None):
        """Name the page after what it holds, and hand the filters to the template."""
        response = super().changelist_view(request, {"title": "申报件"} | (extra_context or {}))
        context = getattr(response, "context_data", None)
        if context and "cl" in context:
            specs = {spec.parameter_name: spec for spec in context["cl"].filter_specs}
            context["scopes"] = list(specs["scope"].choices(context["cl"]))
            context["scope"] = specs["scope"].value()
            context["scope_all"] = ALL
            context["selects"] = [spec for name, spec in specs.items() if name != "scope"]
            context["has_conditions"] = any(spec.value() for spec in context["selects"])
            context["is_my_desk"] = context["scope"] == MINE
        return response

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the filing page instead of a form."""
        return filing_page.show(self, request, unquote(object_id))

    def get_urls(self):
        """Add the addresses of what an officer does with a filing."""
        wrap = self.admin_site.admin_view
        return [
            path(route, wrap(self._bind(view)), name=f"reviews_filing_{name}")
            for module in PAGES
            for route, view, name in module.VIEWS
        ] + super().get_urls()

    def _bind(self, view):
        def bound(request, **kwargs):
            if not self.has_view_permission(request):
                raise Http404
            return view(self, request, **kwargs)

        return bound

    def filtered(self, request, filters):
        """Return the work list's queryset under ``filters`` (a query string)."""
        list_request = copy.copy(request)
        list_request.GET = QueryDict(filters)
        return self.get_changelist_instance(list_request).queryset

    def list_url(self, request):
        """Return the address of the work list with the filters that the officer came with."""
        filters = request.GET.get("_changelist_filters", "")
        return reverse("admin:reviews_filing_changelist") + (f"?{filters}" if filters else "")

    @admin.display(description="事项")
    def matter(self, filing):
        """Name the kind and its year."""
        return f"{get_kind(filing.kind).title} {filing.period}"

    @admin.display(description="所在地")
    def place(self, filing):
        """Name the region in full."""
        return filing.registered_region.full_name

    @admin.display(description="自评得分")
    def score(self, filing):
        """Show the self-score."""
        return "—" if filing.self_score is None else f"{filing.self_score.normalize():f}"

    @admin.display(description="状态")
    def state_badge(self, filing):
        """Show the state in words and colour; a second or later submission is marked."""
        again = f"第{filing.round}次提交" if filing.round > 1 and filing.state == State.IN_REVIEW else ""
        return format_html(
            '<span class="state-badge state-badge--{}">{}</span>{}',
            filing.state,
            filing.get_state_display(),
            format_html('<span class="desk-mini">{}</span>', again) if again else "",
        )

    @admin.display(description="当前部门")
    def desk_name(self, filing):
        """Name the desk."""
        return filing.desk.short_name if filing.desk else "—"

    @admin.display(description="到达时间")
    def arrived(self, filing):
        """Show since when it waits, and how many days that is."""
        if not filing.desk_since:
            return "—"
        days = days_since(filing.desk_since)
        return format_html(
            '{}<span class="desk-mini">{}</span>',
            timezone.localtime(filing.desk_since).strftime("%Y-%m-%d %H:%M"),
            f"已等待 {days} 天" if days else "今天到达",
        )
