"""申报开放时间: set by the province for itself and by the ministry for the nation, read by everybody at the desk."""
from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html

from accounts.admin.base import DeskAdmin
from reviews.forms import WindowForm
from reviews.kinds import get_kind
from reviews.models import Window
from reviews.queries.publicity import of_jurisdiction
from reviews.services.windows import save_window


@admin.register(Window)
class WindowAdmin(DeskAdmin):
    """Openings with whether they are open now. An opening is never deleted: filings were made by it."""

    form = WindowForm
    list_display = ["matter", "place", "period", "opens_at", "closes_at", "status", "note"]
    list_display_links = ["matter"]
    list_select_related = ["authority"]
    sortable_by = ()
    fields = ["kind", "period", "opens_at", "closes_at", "note"]
    add_form_template = change_form_template = "admin/reviews/window/change_form.html"

    def may_read(self, user):
        """Officers and operators."""
        return user.is_authenticated and user.is_active and user.is_staff

    def has_add_permission(self, request):
        """Managers (审核与发布) of a province or the ministry."""
        user = request.user
        return user.may_publish and user.authority.level in {"province", "ministry"}

    def has_change_permission(self, request, obj=None):
        """The same people, their own authority's openings."""
        allowed = self.has_add_permission(request)
        return allowed and (obj is None or obj.authority_id == request.user.authority_id)

    def get_queryset(self, request):
        """Limit to the openings that concern the reader."""
        rows = super().get_queryset(request).order_by("-opens_at", "-id")
        return of_jurisdiction(rows, request.user) if request.user.is_officer else rows

    def get_fields(self, request, obj=None):
        """Show the authority and the words of the kind to those who only read."""
        if obj and not self.has_change_permission(request, obj):
            return ["matter", "place", "period", "opens_at", "closes_at", "status", "note"]
        return self.fields

    def get_readonly_fields(self, request, obj=None):
        """Name the computed ones, which are never in the form."""
        return ["matter", "place", "status"] if obj and not self.has_change_permission(request, obj) else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Bind the officer's authority to the form."""
        form_class = super().get_form(request, obj, change, **kwargs)
        authority = request.user.authority if request.user.is_officer and not change else None

        class BoundForm(form_class):
            def __init__(self, *args, **inner):
                super().__init__(*args, authority=authority, **inner)

        return BoundForm

    def changelist_view(self, request, extra_context=None):
        """Name the page."""
        return super().changelist_view(request, {"title": "申报开放时间"} | (extra_context or {}))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Name the page, and offer one button."""
        extra = {"title": "申报开放时间" if object_id else "设置申报开放时间"}
        extra |= {"subtitle": None, "show_save_and_add_another": False, "show_save_and_continue": False}
        return super().changeform_view(request, object_id, form_url, extra | (extra_context or {}))

    def render_change_form(self, request, context, *args, **kwargs):
        """Answer a refused form with 422; what was typed stays in it."""
        response = super().render_change_form(request, context, *args, **kwargs)
        if request.method == "POST" and context["adminform"].form.errors:
            response.status_code = 422
        return response

    def save_model(self, request, obj, form, change):
        """Write through the service."""
        save_window(user=request.user, window=obj)

    @admin.display(description="事项")
    def matter(self, window):
        """Name the kind."""
        return get_kind(window.kind).title

    @admin.display(description="开放范围")
    def place(self, window):
        """Name the area that it opens."""
        return "全国" if window.authority.level == "ministry" else window.authority.short_name

    @admin.display(description="状态")
    def status(self, window):
        """Tell whether it is open now."""
        now = timezone.now()
        if now < window.opens_at:
            state, word = "draft", "未开始"
        elif now < window.closes_at:
            state, word = "approved", "开放中"
        else:
            state, word = "plain", "已截止"
        return format_html('<span class="state-badge state-badge--{}">{}</span>', state, word)
