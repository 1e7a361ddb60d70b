"""申报开放时间: set by the province for itself and by the ministry for the nation, read by everybody at the desk."""
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.admin.history import ChangeHistory
from portal.tools.errors import Refused
from reviews.admin.base import OfficerDeskAdmin
from reviews.forms import WindowForm
from reviews.forms.window import CloseForm
from reviews.kinds import get_kind
from reviews.models import Window
from reviews.queries.publicity import of_jurisdiction
from reviews.queries.windows import changes_of
from reviews.services.windows import close_early, may_set_windows, save_window
from reviews.services.windows_telling import drafts_of


@admin.register(Window)
class WindowAdmin(ChangeHistory, OfficerDeskAdmin):
    """Openings with whether they are open now. An opening is never deleted: filings were made by it."""

    form = WindowForm
    page_rules = {"close": may_set_windows}
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
        return may_set_windows(request.user)

    def has_change_permission(self, request, obj=None):
        """The same people, their own authority's openings as long as they are not over."""
        if not self.has_add_permission(request):
            return False
        return obj is None or (obj.authority_id == request.user.authority_id and obj.closes_at > timezone.now())

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
        if object_id and (window := self.get_object(request, object_id)):
            extra |= {"changes": changes_of(window), "may_close": self.may_close(request.user, window)}
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

    def may_close(self, user, window):
        """Tell whether the account may end this opening now."""
        is_open = window.opens_at <= timezone.now() < window.closes_at
        return is_open and may_set_windows(user) and window.authority_id == user.authority_id

    def get_urls(self):
        """Add 【提前截止】."""
        view = self.admin_site.admin_view(self.close_view)
        return [path("<int:window_id>/close/", view, name="reviews_window_close"), *super().get_urls()]

    def close_view(self, request, window_id):
        """【提前截止】: confirm, then end the opening now."""
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if not self.has_add_permission(request):
            raise PermissionDenied
        window = get_object_or_404(self.get_queryset(request).select_related("authority"), pk=window_id)
        if window.authority_id != request.user.authority_id:
            raise PermissionDenied
        form, status = CloseForm(initial={"seen_closes_at": window.closes_at.isoformat()}), 200
        if request.method == "POST":
            form, status = CloseForm(request.POST), 422
            if form.is_valid():
                try:
                    seen = form.cleaned_data["seen_closes_at"]
                    close_early(user=request.user, window_id=window.pk, seen_closes_at=seen)
                except Refused as refusal:
                    form.add_error(None, refusal.message)
                    form.data = request.POST.copy()
                    window.refresh_from_db()
                    form.data["seen_closes_at"] = window.closes_at.isoformat()
                    status = refusal.status
                else:
                    messages.success(request, f"“{get_kind(window.kind).title}”已截止。")
                    return HttpResponseRedirect(reverse("admin:reviews_window_changelist"))
        context = {
            "title": f"提前截止：{get_kind(window.kind).title}", "window": window, "form": form,
            "place": self.place(window), "drafts": drafts_of(window).count(),
            "may_close": self.may_close(request.user, window), "back": reverse("admin:reviews_window_changelist"),
        }  # fmt: skip
        return self.page(request, "admin/reviews/window/close.html", context, status)

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
