"""审核链: which levels review a kind, for reading."""
from django.contrib import admin
from django.core.exceptions import PermissionDenied

from reviews.admin.base import OfficerDeskAdmin
from reviews.models import Route
from reviews.queries.publicity import route_rows


@admin.register(Route)
class RouteAdmin(OfficerDeskAdmin):
    """One table: the default of each kind, and where a province has levels of its own."""

    def may_read(self, user):
        """Officers and operators."""
        return user.is_authenticated and user.is_active and user.is_staff

    def changelist_view(self, request, extra_context=None):
        """Show the table instead of the rows, most of which are defaults without a row."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {"title": "审核链", "rows": route_rows(request.user)}
        return self.page(request, "admin/reviews/route/change_list.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the same table: it says all that there is to say of one."""
        return self.changelist_view(request)
