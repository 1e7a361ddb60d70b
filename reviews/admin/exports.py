"""导出: an officer's own exports with their progress; 下载, 取消, 重新导出."""
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from portal.tools.access import wants_json
from portal.tools.downloads import as_download, open_stored
from portal.tools.errors import NotPermitted, Refused
from reviews.admin.base import OfficerDeskAdmin
from reviews.enums import ExportState
from reviews.exports.columns import columns_for
from reviews.models import Export
from reviews.queries.exports import UNFINISHED, exports_before, exports_of
from reviews.services import exports as services

FOLDER = "admin/reviews/export"


@admin.register(Export)
class ExportAdmin(OfficerDeskAdmin):
    """The officer's own exports, newest first. Nobody else sees them, whatever the role."""

    list_display = ["content", "rows", "state_badge", "ordered", "expires", "take"]
    list_display_links = ["content"]
    sortable_by = ()
    ordering = ["-id"]
    actions = None

    def get_queryset(self, request):
        """Limit to the officer's own."""
        return exports_of(request.user)

    def changelist_view(self, request, extra_context=None):
        """Head the list with the word of the menu."""
        return super().changelist_view(request, {"title": "导出"} | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show how far one is instead of a form."""
        return show(self, request, unquote(object_id))

    def get_urls(self):
        """Add the addresses of what can be done with an export."""
        pages = [
            path(f"<int:export_id>/{word}/", self.admin_site.admin_view(self._own(view)), name=f"reviews_export_{word}")
            for word, view in (("download", download), ("cancel", cancel), ("retry", retry))
        ]
        return pages + super().get_urls()

    def _own(self, view):
        def bound(request, export_id):
            if not self.has_view_permission(request):
                raise Http404
            return view(self, request, open_export(request, export_id))

        return bound

    @admin.display(description="内容")
    def content(self, export):
        """Name what it is."""
        return f"{export.get_kind_display()} {export.pk}"

    @admin.display(description="件数")
    def rows(self, export):
        """Show the number of filings, once it is known."""
        return "—" if export.total is None else f"{export.total:,}"

    @admin.display(description="状态")
    def state_badge(self, export):
        """Show the state in words and colour, and how far it is."""
        progress = ""
        if export.state == ExportState.RUNNING and export.total:
            progress = format_html('<span class="desk-mini">{} / {}</span>', export.done, export.total)
        return format_html(
            '<span class="state-badge export-badge--{}">{}</span>{}', export.state, export.get_state_display(), progress
        )

    @admin.display(description="导出时间")
    def ordered(self, export):
        """Show when it was ordered."""
        return f"{timezone.localtime(export.queued_at):%Y-%m-%d %H:%M}"

    @admin.display(description="保留至")
    def expires(self, export):
        """Show until when a finished file is kept."""
        ready = export.state == ExportState.READY
        return f"{timezone.localtime(export.expires_at):%Y-%m-%d %H:%M}" if ready else "—"

    @admin.display(description="操作")
    def take(self, export):
        """Link to the file, or to the page where it can be followed."""
        if export.state == ExportState.READY:
            return format_html('<a href="{}">下载</a>', reverse("admin:reviews_export_download", args=[export.pk]))
        return format_html('<a href="{}">查看</a>', page_of(export))


def open_export(request, export_id):
    """Return the officer's own export. Raises Http404."""
    text = str(export_id)
    known = text.isascii() and text.isdigit() and len(text) <= 18
    export = exports_of(request.user).select_related("officer__authority").filter(pk=text).first() if known else None
    if export is None:
        raise Http404
    return export


def page_of(export):
    """Return the address of an export's page."""
    return reverse("admin:reviews_export_change", args=[export.pk])


def show(model_admin, request, export_id):
    """GET: how far the export is; the page's script asks for the same as JSON."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    export = open_export(request, export_id)
    progress = progress_of(export)
    if wants_json(request):
        return JsonResponse(progress)
    context = {
        "title": f"{export.get_kind_display()} {export.pk}",
        "export": export,
        "progress": progress,
        "rows": services.rows_in_words(export),
        "columns": services.titles_of(export),
        "list_url": reverse("admin:reviews_filing_changelist") + (f"?{export.query}" if export.query else ""),
    }
    return model_admin.page(request, f"{FOLDER}/change_form.html", context)


def progress_of(export):
    """Return how far an export is, for the page and its script."""
    is_gone = services.is_gone(export)
    is_done = export.state not in UNFINISHED
    return {
        "state": "gone" if is_gone else export.state,
        "label": "文件已失效" if is_gone else export.get_state_display(),
        "message": GONE if is_gone else _MESSAGES[export.state](export),
        "done": is_done,
        "value": export.done,
        "total": export.total,
    }


def download(model_admin, request, export):
    """Send a finished file to its officer, while what it contains is still his to see."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    link = {"link": page_of(export), "link_label": "查看这次导出"}
    if export.state == ExportState.EXPIRED or (export.expires_at and export.expires_at <= timezone.now()):
        raise Refused("这次导出已过期，文件已删除。请点击【重新导出】。", code="expired", status=410, **link)
    if export.state != ExportState.READY:
        raise Refused(f"文件还不能下载：{progress_of(export)['message']}", code="not_ready", **link)
    if any(key not in columns_for(request.user) for key in export.columns) or has_moved(export):
        raise NotPermitted("导出之后您的主管部门或角色有变更，这份文件不能再下载。请返回列表重新导出。", **link)
    content = open_stored(export.file, GONE, **link)
    services.log_download(export=export, user=request.user, request=request)
    return as_download(content, export.file.name.rsplit("/", 1)[-1])


def has_moved(export):
    """Tell whether the officer belonged to another authority when the file was made."""
    before = export.officer.history.filter(history_date__lte=export.started_at).order_by("-history_date", "-history_id")
    then = before.values_list("authority_id", flat=True).first()
    return then is not None and then != export.officer.authority_id


def cancel(model_admin, request, export):
    """【取消】."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    export = services.cancel_export(export_id=export.pk, user=request.user)
    if export.state not in (*UNFINISHED, ExportState.CANCELLED):
        messages.info(request, f"这次导出的状态是“{export.get_state_display()}”，不需要取消。")
    return HttpResponseRedirect(page_of(export))


def retry(model_admin, request, export):
    """【重新导出】: the same conditions and columns, with the rows of now."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        services.retry_export(export_id=export.pk, user=request.user, request=request)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return HttpResponseRedirect(page_of(export))


GONE = "文件曾经生成过，但在服务器上已找不到，请点击【重新导出】。"
_MAY_LEAVE = "可以离开此页，稍后从【导出】菜单回来下载。"


def _queued(export):
    before = exports_before(export)
    return f"前面还有 {before} 个导出在等待或生成中。{_MAY_LEAVE}" if before else f"马上开始。{_MAY_LEAVE}"


def _running(export):
    if export.cancel_asked_at:
        return "正在取消，几秒内停止。"
    if not export.total:
        return f"正在读取申报件。{_MAY_LEAVE}"
    return f"已完成 {export.done:,} / {export.total:,} 件。{_MAY_LEAVE}"


_MESSAGES = {
    ExportState.QUEUED: _queued,
    ExportState.RUNNING: _running,
    ExportState.READY: lambda export: f"文件已生成，共 {export.total:,} 件，请下载。",
    ExportState.FAILED: lambda export: export.error,
    ExportState.CANCELLED: lambda export: "这次导出已取消，没有生成文件。需要时可以【重新导出】。",
    ExportState.EXPIRED: lambda export: "文件只保留 7 天，已删除。需要时可以【重新导出】。",
}
