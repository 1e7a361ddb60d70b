"""What the admin pages of this app share: read-only pages, a count that stops, no facets."""
from django.contrib import admin
from django.core.paginator import Paginator
from django.utils.functional import cached_property

from accounts.queries_officers import is_operator

COUNT_CAP = 10_000


class CappedPaginator(Paginator):
    """Counts up to COUNT_CAP + 1 rows: a full count of a big table costs more than the page (design.md §11)."""

    @cached_property
    def count(self):
        """The number of rows, or COUNT_CAP + 1 when there are more."""
        return self.object_list.order_by()[: COUNT_CAP + 1].count()


class DeskAdmin(admin.ModelAdmin):
    """A page of the desk: nothing can be added, changed or deleted unless a subclass allows it.

    Officers have no Django permissions; ``may_read`` decides by account kind, authority and role.
    """

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50

    def may_read(self, user):
        """Tell whether the page is there for this account."""
        return is_operator(user)

    def has_module_permission(self, request):
        """Show the page in the menu to those who may read it."""
        return self.may_read(request.user)

    def has_view_permission(self, request, obj=None):
        """Open the page to those who may read it."""
        return self.may_read(request.user)

    def has_add_permission(self, request):
        """Nobody."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Nobody: rows are referred to by decisions and logs."""
        return False
