"""企业: only the page of its changes; what an enterprise is stands on the pages of its filings."""
from django.contrib import admin
from django.urls import path

from accounts.admin.base import DeskAdmin
from accounts.admin.history import ChangeHistory
from accounts.models import Enterprise
from accounts.queries.officers import is_operator, jurisdiction


@admin.register(Enterprise)
class EnterpriseAdmin(ChangeHistory, DeskAdmin):
    """变更记录 of an enterprise, for officers of its 企业注册地 and operators."""

    def may_read(self, user):
        """Officers and operators."""
        return user.is_authenticated and user.is_active and user.is_staff

    def has_module_permission(self, request):
        """Not in the menu: there is no list."""
        return False

    def get_queryset(self, request):
        """Limit to the reader's jurisdiction."""
        rows = super().get_queryset(request)
        if is_operator(request.user):
            return rows
        return rows.filter(registered_region__authority__in=jurisdiction(request.user))

    def get_urls(self):
        """Leave only the page of changes."""
        view = self.admin_site.admin_view(self.history_view)
        return [path("<path:object_id>/history/", view, name="accounts_enterprise_history")]

    def row_url(self, obj):
        """There is no page to go back to."""
        return ""
