"""认定: titles in the officer's jurisdiction, for reading."""
from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html

from accounts.admin.base import DeskAdmin
from accounts.admin.history import ChangeHistory
from applications.models import Recognition
from portal.tools.text import narrow
from reviews.models import Filing

#: A shorter piece of a code or number fits too many rows to be worth a search.
SHORTEST_CODE = 4


class ValidFilter(admin.SimpleListFilter):
    """Whether the title holds today."""

    title = "有效期"
    parameter_name = "valid"

    def lookups(self, request, model_admin):
        """Return the two choices."""
        return [("yes", "有效"), ("no", "不在有效期内")]

    def queryset(self, request, queryset):
        """Limit to one of them; another value limits nothing."""
        today = timezone.localdate()
        if self.value() == "yes":
            return queryset.valid_on(today)
        return queryset.exclude(valid_from__lte=today, valid_until__gte=today) if self.value() == "no" else queryset


@admin.register(Recognition)
class RecognitionAdmin(ChangeHistory, DeskAdmin):
    """已认定企业: number, validity, and the filing it came from."""

    list_display = ["enterprise", "uscc", "tier", "number", "valid_from", "valid_until", "validity"]
    list_display_links = ["number"]
    list_filter = ["tier", ValidFilter]
    list_select_related = ["enterprise"]
    search_fields = ["number"]
    search_help_text = "企业名称、统一社会信用代码或认定编号（开头几位即可）"
    sortable_by = ()
    actions = None
    fields = [
        "enterprise_name", "uscc", "tier", "number", "valid_from", "valid_until", "validity", "announcement_number",
        "filing",
    ]  # fmt: skip

    def may_read(self, user):
        """Officers of any role."""
        return user.is_authenticated and user.is_active and user.is_officer

    def get_queryset(self, request):
        """Limit to the titles whose filing is in the officer's jurisdiction, newest first."""
        filings = Filing.objects.for_officer(request.user)
        rows = super().get_queryset(request).select_related("enterprise", "announcement")
        return rows.filter(filing__in=filings).order_by("-id")

    def get_search_results(self, request, queryset, search_term):
        """Search by code, number or a piece of the name."""
        text = narrow(search_term)[:120]
        if not text:
            return queryset, False
        code = text.upper()
        if code.isascii() and code.isalnum() and len(code) >= SHORTEST_CODE:
            return queryset.filter(number__startswith=code) | queryset.filter(enterprise__uscc__startswith=code), False
        return queryset.filter(enterprise__name__contains=text), False

    def changelist_view(self, request, extra_context=None):
        """Name the page."""
        return super().changelist_view(request, {"title": "已认定企业"} | (extra_context or {}))

    @admin.display(description="企业名称")
    def enterprise_name(self, recognition):
        """Name the enterprise without a link: its record is its own."""
        return recognition.enterprise.name

    @admin.display(description="统一社会信用代码")
    def uscc(self, recognition):
        """Show the code."""
        return recognition.enterprise.uscc

    @admin.display(description="公告文号")
    def announcement_number(self, recognition):
        """Show the document number of the announcement."""
        return recognition.announcement.document_number

    @admin.display(description="状态")
    def validity(self, recognition):
        """Tell whether it holds today."""
        holds = recognition.valid_from <= timezone.localdate() <= recognition.valid_until
        return format_html(
            '<span class="state-badge state-badge--{}">{}</span>',
            "approved" if holds else "plain",
            "有效" if holds else "已过有效期",
        )
