"""The filters of the work list: fixed choices, no counts (design.md §11)."""
from django.contrib import admin

from reviews.enums import State
from reviews.kinds import kind_choices
from reviews.queries.desk import areas_below, in_area, in_scope

MINE, ALL = "mine", "all"
SCOPES = [
    (MINE, "待我审核"),
    (ALL, "我辖区全部"),
    (State.RETURNED.value, "已退回"),
    (State.APPROVED.value, "审核通过待公示"),
    (State.PUBLICISED.value, "公示中"),
    (State.RECOGNISED.value, "已认定"),
    (State.REJECTED.value, "不予通过"),
]


class FixedFilter(admin.SimpleListFilter):
    """A filter that ignores a value it does not offer."""

    def value(self):
        """Return the chosen value, or None when it is not among the choices."""
        value = super().value()
        return value if value in {str(choice) for choice, _ in self.lookup_choices} else None


class ScopeFilter(FixedFilter):
    """Which part of the jurisdiction; 待我审核 unless another is chosen."""

    title = "范围"
    parameter_name = "scope"

    def lookups(self, request, model_admin):
        """Return the seven parts."""
        return SCOPES

    def value(self):
        """Return the chosen part, by default 待我审核."""
        return super().value() or MINE

    def queryset(self, request, queryset):
        """Limit to the part."""
        if self.value() == MINE:
            return queryset.on_desk_of(request.user)
        return queryset if self.value() == ALL else in_scope(queryset, request.user, self.value())

    def choices(self, changelist):
        """Yield the parts as links; there is no entry "all" besides 我辖区全部."""
        for value, label in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }


class KindFilter(FixedFilter):
    """By kind (事项)."""

    title = "事项"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        """Return the registered kinds."""
        return kind_choices()

    def queryset(self, request, queryset):
        """Limit to the kind."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class AreaFilter(FixedFilter):
    """By the authorities directly below the officer's own."""

    title = "所在地"
    parameter_name = "area"

    def lookups(self, request, model_admin):
        """Return them from the officer's own tree."""
        return areas_below(request.user)

    def queryset(self, request, queryset):
        """Limit to one of them."""
        return in_area(queryset, request.user, self.value()) if self.value() else queryset
