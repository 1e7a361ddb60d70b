"""节假日调整: set by the ministry and by operators, read by everybody at the desk."""
from django.contrib import admin
from django.utils import timezone

from accounts.admin.base import DeskAdmin
from reviews.forms import HolidayForm
from reviews.models import HolidayOverride
from reviews.services.holidays import may_set_holidays, save_holiday
from reviews.services.working_days import knows_year


def last_known_year():
    """Return the last year, from this one on, whose holidays are in the shipped calendar; None when this is not."""
    year = timezone.localdate().year
    if not knows_year(year):
        return None
    while knows_year(year + 1):
        year += 1
    return year


@admin.register(HolidayOverride)
class HolidayAdmin(DeskAdmin):
    """Days that go before the shipped calendar. A mistake is corrected in place; nothing is deleted."""

    form = HolidayForm
    list_display = ["day", "kind_of_day", "note", "made_by", "made_at"]
    list_display_links = ["day"]
    list_select_related = ["made_by"]
    sortable_by = ()
    actions = None
    fields = ["day", "is_workday", "note"]
    add_title = "设置节假日调整"

    def may_read(self, user):
        """Officers and operators."""
        return user.is_authenticated and user.is_active and user.is_staff

    def has_add_permission(self, request):
        """Managers of the ministry and operators."""
        return may_set_holidays(request.user)

    def has_change_permission(self, request, obj=None):
        """The same people."""
        return may_set_holidays(request.user)

    def get_fields(self, request, obj=None):
        """Show the words for the day to those who only read."""
        return self.fields if self.has_change_permission(request, obj) else ["day", "kind_of_day", "note"]

    def get_readonly_fields(self, request, obj=None):
        """Name the computed one, which is never in the form."""
        return [] if self.has_change_permission(request, obj) else ["kind_of_day"]

    def changelist_view(self, request, extra_context=None):
        """Say what the shipped calendar knows."""
        return super().changelist_view(request, {"last_known_year": last_known_year()} | (extra_context or {}))

    def save_model(self, request, obj, form, change):
        """Write through the service."""
        save_holiday(user=request.user, override=obj)

    @admin.display(description="当日")
    def kind_of_day(self, override):
        """Say whether people work."""
        return "上班" if override.is_workday else "放假"
