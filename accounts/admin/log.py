"""访问日志: who read personal data or took a file, for operators."""
from django.contrib import admin

from accounts.admin.base import DeskAdmin
from accounts.models import AccessLog


@admin.register(AccessLog)
class AccessLogAdmin(DeskAdmin):
    """The access log, newest first."""

    list_display = ["at", "actor", "action", "subject", "address"]
    list_select_related = ["actor"]
    search_fields = ["=actor__login_name"]
    search_help_text = "按账户的登录名查找"
    fields = ["at", "actor", "action", "subject", "address"]
