"""申报件: the work list and, through reviews.admin.filing_page and .decide, the page of one filing."""
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse

from reviews.admin import (
    bulk,
    decide,
    enterprise_view,
    export_order,
    filing_page,
    handing_over,
    handling_log,
    next_filing,
    oversight,
    records,
    saved_filters,
    worklist,
)
from reviews.admin.base import OfficerDeskAdmin
from reviews.models import Filing
from reviews.queries.oversight import oversees

#: The modules whose VIEWS are pages of the desk: (route, view(model_admin, request, **kwargs), name).
PAGES = (
    filing_page, enterprise_view, next_filing, decide, worklist, saved_filters, oversight, export_order, handling_log,
    handing_over, records, bulk,
)


@admin.register(Filing)
class FilingAdmin(OfficerDeskAdmin):
    """Read-only but for the decisions; every row comes from ``Filing.objects.for_officer``."""

    actions = None
    page_rules = {"oversight_merge": lambda user: user.may_publish and oversees(user)}

    def get_queryset(self, request):
        """Limit to the officer's jurisdiction; the page shows no answers, so they stay in the database."""
        return Filing.objects.for_officer(request.user).defer("answers")

    def changelist_view(self, request, extra_context=None):
        """Show the work list instead of the stock one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return worklist.show(self, request)

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

    def list_url(self, request):
        """Return the address of the work list with the filters that the officer came with."""
        filters = request.GET.get("_changelist_filters", "")
        return reverse("admin:reviews_filing_changelist") + (f"?{filters}" if filters else "")
