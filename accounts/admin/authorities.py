"""主管部门: read by officers for their jurisdiction; a manager keeps the own 咨询电话 up to date."""
from django.contrib import admin

from accounts.admin.base import DeskAdmin
from accounts.admin.history import ChangeHistory
from accounts.models import Authority, User
from accounts.queries.officers import is_manager, is_operator, jurisdiction, manageable_authorities
from accounts.services.authorities import may_change_telephone, set_telephone


@admin.register(Authority)
class AuthorityAdmin(ChangeHistory, DeskAdmin):
    """The tree of authorities, limited to the reader's jurisdiction; autocompletes of other pages come through here."""

    list_display = ["code", "name", "level", "parent", "telephone", "is_active"]
    list_filter = ["level", "is_active"]
    list_select_related = ["parent"]
    search_fields = ["^code", "name"]
    search_help_text = "按代码开头或名称查找，例如 3201、南京市"
    fields = ["code", "name", "short_name", "level", "parent", "telephone", "is_active"]

    def may_read(self, user):
        """Officers and operators."""
        return user.is_authenticated and user.is_active and user.is_staff

    def has_change_permission(self, request, obj=None):
        """The telephone: managers of the authority itself, and operators."""
        if obj is None:
            return is_operator(request.user) or is_manager(request.user)
        return may_change_telephone(request.user, obj)

    def get_readonly_fields(self, request, obj=None):
        """Everything but the telephone comes from the reference data."""
        return [name for name in self.fields if name != "telephone"]

    def get_queryset(self, request):
        """Limit to the reader's jurisdiction."""
        return super().get_queryset(request).filter(pk__in=jurisdiction(request.user))

    def get_search_results(self, request, queryset, search_term):
        """Offer only authorities whose officers the user may manage, when an officer's form asks."""
        queryset, may_repeat = super().get_search_results(request, queryset, search_term)
        asked_by = request.resolver_match.url_name, request.GET.get("model_name")
        if asked_by == ("autocomplete", User._meta.model_name):
            queryset = queryset.filter(pk__in=manageable_authorities(request.user), is_active=True)
        return queryset, may_repeat

    def save_model(self, request, obj, form, change):
        """Write through the service."""
        set_telephone(actor=request.user, authority=obj, telephone=form.cleaned_data["telephone"])
