"""批量办理记录: the bulk decisions of the officer's authority, read-only."""
from django.contrib import admin
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from portal.tools.text import is_id
from reviews.admin.base import OfficerDeskAdmin
from reviews.models import BulkDecision
from reviews.queries.bulk import counts_of, jobs_of, own_job

_BADGES = {"queued": "plain", "running": "in_review", "done": "approved"}


@admin.register(BulkDecision)
class BulkDecisionAdmin(OfficerDeskAdmin):
    """Who decided how many at once, and with what result. An officer opens his own ones."""

    list_display = ["asked_at", "officer", "purpose", "rows", "done", "failed", "job_state"]
    list_display_links = None
    sortable_by = ()
    actions = None

    def get_queryset(self, request):
        """Limit to the officer's authority."""
        return jobs_of(request.user).order_by("-id")

    def get_list_display(self, request):
        """Bind the officer to the column that opens his own ones."""
        viewer = request.user.pk

        @admin.display(description="结果")
        def open_own(job):
            if job.officer_id != viewer:
                return "由本人查看"
            address = reverse("admin:reviews_filing_bulk_result", args=[job.pk])
            return format_html('<a href="{}" aria-label="查看第 {} 批的结果">查看</a>', address, job.pk)

        return [*self.list_display, open_own]

    def changelist_view(self, request, extra_context=None):
        """Name the page."""
        return super().changelist_view(request, {"title": "批量办理记录"} | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead to the result of an own job."""
        job = own_job(request.user, object_id) if is_id(object_id) else None
        if job is None or not self.has_view_permission(request):
            raise Http404
        return HttpResponseRedirect(reverse("admin:reviews_filing_bulk_result", args=[job.pk]))

    @admin.display(description="操作")
    def purpose(self, job):
        """Name the decision."""
        return f"批量{job.get_action_display()}"

    @admin.display(description="件数")
    def rows(self, job):
        """Count what was chosen."""
        return len(job.selection)

    @admin.display(description="成功")
    def done(self, job):
        """Count what was done."""
        return counts_of(job).done

    @admin.display(description="未成功")
    def failed(self, job):
        """Count what was refused."""
        return counts_of(job).failed

    @admin.display(description="状态")
    def job_state(self, job):
        """Say how far it is."""
        return format_html(
            '<span class="state-badge state-badge--{}">{}</span>', _BADGES[job.state], job.get_state_display()
        )
