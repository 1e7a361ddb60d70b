"""What the admin pages of this app share: read-only pages, a count that stops, no facets."""
from django.contrib import admin
from django.core.paginator import Paginator
from django.utils.functional import cached_property

from accounts.queries.officers import is_operator

COUNT_CAP = 10_000
#: Characters of an id in an address; those of reference data are codes.
LONGEST_ID = 40


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
    #: Pages of a narrower circle than the list: last part of the URL name → whether an account may open it. Each of
    #: these views asks the same function itself; docs/roles.md is made from it.
    page_rules = {}
    heading = None  # heading of the list and of a row where the desk calls them otherwise than the model does
    add_title = None  # heading of the page for a new row; the model's name without it

    def changelist_view(self, request, extra_context=None):
        """Head the list with the name of what it lists, not with an instruction."""
        title = self.heading or self.opts.verbose_name_plural
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Head the page with the name of the thing, offer one way to save, and answer mistakes with 422."""
        name = self.heading or self.opts.verbose_name
        title = name if object_id else self.add_title or name
        ours = {"title": title, "show_save_and_add_another": False, "show_save_and_continue": False}
        response = super().changeform_view(request, object_id, form_url, ours | (extra_context or {}))
        context = getattr(response, "context_data", None) or {}
        if request.method == "POST" and context.get("errors"):
            response.status_code = 422
        return response

    def get_object(self, request, object_id, from_field=None):
        """Return the row, or None for what no column of ids could hold, which the stock one hands to the database."""
        text = str(object_id)
        if "\x00" in text or len(text) > LONGEST_ID:
            return None
        return super().get_object(request, object_id, from_field)

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
