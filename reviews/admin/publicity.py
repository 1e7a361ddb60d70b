"""公示公告: lists of approved filings, shown to the public and then announced."""
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from django.utils.html import format_html

from portal.tools.text import is_id
from reviews.admin import objections, publicity_entries, publicity_page
from reviews.admin.base import OfficerDeskAdmin
from reviews.enums import PublicityState
from reviews.forms.publicity import publishable_kinds
from reviews.kinds import get_kind
from reviews.models import PublicityList
from reviews.queries.publicity import lists_for


@admin.register(PublicityList)
class PublicityAdmin(OfficerDeskAdmin):
    """Lists of the officer's own authority and of those above it; every change goes through a service."""

    list_display = ["title", "matter", "publisher", "state_badge", "starts_on", "ends_on", "document_number"]
    list_display_links = ["title"]
    list_filter = ["state"]
    list_select_related = ["authority"]
    sortable_by = ()
    actions = None

    def get_queryset(self, request):
        """Limit to the lists that the officer may read, newest first."""
        return lists_for(request.user).order_by("-id")

    def has_add_permission(self, request):
        """Managers (审核与发布) of an authority that publicises some kind."""
        return request.user.may_publish and bool(publishable_kinds(request.user))

    def changelist_view(self, request, extra_context=None):
        """Name the page."""
        return super().changelist_view(request, {"title": "公示公告"} | (extra_context or {}))

    def add_view(self, request, form_url="", extra_context=None):
        """Show the form of a new list."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return publicity_page.create(self, request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a list with its entries."""
        object_id = unquote(object_id)
        if not is_id(object_id):
            raise Http404
        return publicity_page.show(self, request, int(object_id))

    def get_urls(self):
        """Add the addresses of what a publisher does with a list."""
        wrap = self.admin_site.admin_view
        views = [
            ("last-day/", publicity_page.last_day, "last_day"),
            ("<int:list_id>/reschedule/", publicity_page.reschedule, "reschedule"),
            ("<int:list_id>/add-entries/", publicity_entries.add, "add_entries"),
            ("<int:list_id>/remove-entries/", publicity_entries.remove_ticked, "remove_entries"),
            ("<int:list_id>/list.xlsx", publicity_entries.sheet, "sheet"),
            ("<int:list_id>/pdf/", publicity_entries.pdf, "pdf"),
            ("<int:list_id>/list.pdf", publicity_entries.pdf_file, "pdf_file"),
            ("<int:list_id>/objections/", objections.index, "objections"),
            ("<int:list_id>/entries/<int:entry_id>/object/", objections.record, "object"),
            ("<int:list_id>/objections/<int:objection_id>/", objections.detail, "objection"),
            ("<int:list_id>/objections/<int:objection_id>/reveal/<str:column>/", objections.reveal, "objection_reveal"),
            ("<int:list_id>/objections/<int:objection_id>/files/<int:file_id>/", objections.download, "objection_file"),
            ("<int:list_id>/start/", publicity_page.start, "start"),
            ("<int:list_id>/announce/", publicity_page.announce, "announce"),
            ("<int:list_id>/entries/<int:entry_id>/take-out/", publicity_page.take_out, "take_out"),
            ("<int:list_id>/entries/<int:entry_id>/remove/", publicity_page.remove, "remove"),
        ]
        return [
            path(route, wrap(self._bind(view)), name=f"reviews_publicitylist_{name}") for route, view, name in views
        ] + super().get_urls()

    def _bind(self, view):
        def bound(request, **kwargs):
            if not self.has_view_permission(request):
                raise PermissionDenied
            return view(self, request, **kwargs)

        return bound

    @admin.display(description="事项")
    def matter(self, publicity):
        """Name the kind."""
        return get_kind(publicity.kind).title

    @admin.display(description="公布部门")
    def publisher(self, publicity):
        """Name the authority in short."""
        return publicity.authority.short_name

    @admin.display(description="状态")
    def state_badge(self, publicity):
        """Show the state in words and colour."""
        state = PublicityState(publicity.state)
        return format_html('<span class="state-badge state-badge--{}">{}</span>', state.value, state.label)
