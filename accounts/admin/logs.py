"""登录日志 and 操作日志: who came in, who read or changed what. For operators all, for managers their own people."""
from django.contrib import admin
from django.utils import timezone

from accounts.admin.base import DeskAdmin
from accounts.devices import device_name
from accounts.models import AccessLog, SignInLog, User
from accounts.queries.officers import is_manager, is_operator, overseen_officers
from portal.tools.text import narrow


class LogAdmin(DeskAdmin):
    """What both logs share. Rows are written once (a trigger refuses changes) and read here, newest first."""

    list_per_page = 100
    sortable_by = ()
    ordering = ["-id"]
    actions = None
    person_field = ""  # the column that names the account
    search_fields = ["id"]  # shows the search box; get_search_results decides

    def may_read(self, user):
        """Operators and managers (审核与发布)."""
        return is_operator(user) or is_manager(user)

    def get_queryset(self, request):
        """Limit managers to the officers of the own authority and those below."""
        rows = super().get_queryset(request).select_related(self.person_field)
        if is_operator(request.user):
            return rows
        return rows.filter(**{f"{self.person_field}__in": overseen_officers(request.user)})

    def get_search_results(self, request, queryset, search_term):
        """Find the rows of the account with this login name; the exact name, for that is what an index serves."""
        name = narrow(search_term)
        if not name:
            return queryset, False
        account = User.objects.filter(login_name=name).values_list("pk", flat=True).first()
        return self.rows_of(queryset, account, name), False

    @admin.display(description="时间")
    def moment(self, row):
        """Show the time to the second."""
        return f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}"

    def rows_of(self, queryset, account_id, name):
        """Return the rows of one account; nothing for an unknown name."""
        return queryset.filter(**{self.person_field: account_id}) if account_id else queryset.none()


@admin.register(SignInLog)
class SignInLogAdmin(LogAdmin):
    """登录日志: every attempt to come in."""

    person_field = "account"
    list_display = ["moment", "login_name", "person", "way", "result", "address", "browser"]
    list_filter = ["at", "way", "result"]
    search_help_text = "输入完整的登录名"
    fields = ["moment", "login_name", "person", "way", "result", "address", "browser", "device"]

    @admin.display(description="账户")
    def person(self, row):
        """Name the account, when the name that was typed belongs to one."""
        return str(row.account) if row.account_id else "没有这个账户"

    @admin.display(description="浏览器")
    def browser(self, row):
        """Name the browser and system in words."""
        return device_name(row.device)

    def rows_of(self, queryset, account_id, name):
        """Return attempts with a name that belongs to nobody, too."""
        return queryset.filter(account=account_id) if account_id else queryset.filter(account=None, login_name=name)


@admin.register(AccessLog)
class AccessLogAdmin(LogAdmin):
    """操作日志: personal data read, files taken, second factors reset."""

    heading = "操作日志"
    person_field = "actor"
    list_display = ["moment", "login_name", "person", "action", "subject", "address"]
    list_filter = ["at"]
    search_help_text = "输入完整的登录名"
    fields = ["moment", "login_name", "person", "action", "subject", "address"]

    @admin.display(description="登录名")
    def login_name(self, row):
        """Show the login name."""
        return row.actor.login_name

    @admin.display(description="账户")
    def person(self, row):
        """Name the account."""
        return str(row.actor)
