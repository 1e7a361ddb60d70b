"""审核链: which levels review a kind; set by the province for itself and by the ministry for the nation and for any."""
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from accounts.admin.history import ChangeHistory
from accounts.enums import AuthorityLevel
from accounts.models import Authority
from portal.tools.errors import Refused
from portal.tools.text import is_id
from reviews.admin.base import OfficerDeskAdmin
from reviews.forms.route import LevelsForm, ResetForm
from reviews.kinds import Level, all_kinds, kind_choices
from reviews.models import Route, RouteStep
from reviews.queries.routes import examples, province_of, provinces, route_of, route_rows, under_way, warnings
from reviews.services.routes import (
    check_levels,
    in_words,
    is_fixed,
    last_change,
    may_set_route,
    reset_route,
    set_route,
)

FOLDER = "admin/reviews/route"


@admin.register(Route)
class RouteAdmin(ChangeHistory, OfficerDeskAdmin):
    """One table of all kinds, and a page for each route; a change shows first what it leads to."""

    page_rules = {"reset": lambda user: user.may_publish and may_set_route(user, user.authority)}

    def may_read(self, user):
        """Officers and operators."""
        return user.is_authenticated and user.is_active and user.is_staff

    def histories_of(self, obj):
        """Add the levels, in which the changes of a route lie."""
        return [("", obj.history.all()), ("层级", RouteStep.history.filter(route=obj.pk))]

    def name_of(self, obj):
        """Name the province and the kind in words."""
        return f"{obj.province.short_name} {dict(kind_choices()).get(obj.kind, obj.kind)}"

    def changelist_view(self, request, extra_context=None):
        """Show the table instead of the rows, most of which are defaults without a row."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        is_ministry = request.user.is_officer and request.user.authority.level == AuthorityLevel.MINISTRY
        choose = is_ministry and request.user.may_publish
        if choose and request.GET.get("kind") and request.GET.get("province"):
            return self._chosen(request)
        context = {
            "title": "审核链", "rows": route_rows(request.user),
            "kinds": [kind for kind in all_kinds() if not is_fixed(kind)] if choose else [],
            "provinces": list(provinces()) if choose else [],
        }  # fmt: skip
        return self.page(request, f"{FOLDER}/change_list.html", context)

    def _chosen(self, request):
        """Lead the ministry to the route of the province that was chosen."""
        kind = _kind(request.GET["kind"])
        province = get_object_or_404(provinces(), code=request.GET["province"])
        return HttpResponseRedirect(route_page(kind, province))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead from the row to the page of its route."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        object_id = unquote(object_id)
        if not is_id(object_id):
            raise Http404
        row = get_object_or_404(Route.objects.select_related("province"), pk=object_id)
        return HttpResponseRedirect(route_page(_kind(row.kind), row.province))

    def get_urls(self):
        """Add the pages of one route."""
        wrap = self.admin_site.admin_view
        views = [
            ("<str:kind_code>/<int:authority_id>/", show, "show"),
            ("<str:kind_code>/<int:authority_id>/reset/", reset, "reset"),
        ]
        return [
            path(route, wrap(self._bind(view)), name=f"reviews_route_{name}") for route, view, name in views
        ] + super().get_urls()

    def _bind(self, view):
        def bound(request, kind_code, authority_id):
            if not self.has_view_permission(request):
                raise PermissionDenied
            return view(self, request, _kind(kind_code), _authority(request.user, authority_id))

        return bound


def route_page(kind, authority, name="show"):
    """Return the address of the page of a route."""
    return reverse(f"admin:reviews_route_{name}", args=[kind.code, authority.pk])


def _kind(code):
    kind = next((kind for kind in all_kinds() if kind.code == code), None)
    if kind is None:
        raise Http404
    return kind


def _authority(user, authority_id):
    """Return the province or the ministry if its routes concern the reader. Raises Http404."""
    levels = [AuthorityLevel.PROVINCE, AuthorityLevel.MINISTRY]
    authority = get_object_or_404(Authority.objects.filter(level__in=levels), pk=authority_id)
    own = province_of(user)
    if own is not None and authority.pk not in (own.pk, own.parent_id):
        raise Http404
    return authority


def show(model_admin, request, kind, authority):
    """GET: the route, its example and its history. POST: show what other levels lead to; with ``_confirm`` set them."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    view = route_of(kind, authority)
    seen = view.changes[0].history_id if view.changes else 0
    may_set = may_set_route(request.user, authority) and not is_fixed(kind)
    if request.method == "GET" or request.method == "HEAD":
        form = LevelsForm(initial={"levels": [level.level for level in view.levels], "seen": seen})
        return _page(model_admin, request, view, form, may_set)
    if not may_set:
        raise PermissionDenied
    form = LevelsForm(request.POST)
    if not form.is_valid():
        return _page(model_admin, request, view, form, may_set, status=422)
    levels = form.cleaned_data["levels"]
    try:
        check_levels(kind, levels)
        if "_confirm" not in request.POST:
            return _preview(model_admin, request, view, form, levels)
        set_route(
            user=request.user, kind_code=kind.code, authority_id=authority.pk, levels=levels,
            seen=form.cleaned_data["seen"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("levels", refusal.message)
        form.data = request.POST.copy()
        form.data["seen"] = last_change(kind, authority)
        return _page(model_admin, request, route_of(kind, authority), form, may_set, status=refusal.status)
    messages.success(request, f"“{kind.title}”的审核链已设为 {in_words([Level(level) for level in levels])}。")
    return HttpResponseRedirect(route_page(kind, authority))


def reset(model_admin, request, kind, authority):
    """【恢复默认】: confirm, then take the setting away."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if not may_set_route(request.user, authority):
        raise PermissionDenied
    view = route_of(kind, authority)
    form = ResetForm(initial={"seen": view.changes[0].history_id if view.changes else 0})
    status = 200
    if request.method == "POST":
        form = ResetForm(request.POST)
        status = 422
        if form.is_valid():
            try:
                reset_route(
                    user=request.user, kind_code=kind.code, authority_id=authority.pk, seen=form.cleaned_data["seen"]
                )
            except Refused as refusal:
                form.add_error(None, refusal.message)
                form.data = request.POST.copy()
                form.data["seen"] = last_change(kind, authority)
                status = refusal.status
            else:
                messages.success(request, f"“{kind.title}”已恢复默认审核链。")
                return HttpResponseRedirect(route_page(kind, authority))
    levels = [level.level for level in view.default]
    return _confirm_page(model_admin, request, view, form, levels, label="恢复默认", status=status)


def _page(model_admin, request, view, form, may_set, status=200):
    levels = [level.level for level in view.levels]
    context = {
        "title": f"审核链：{view.kind.title}", "view": view, "form": form, "may_set": may_set,
        "place": _place(view.authority), "words": in_words(view.levels), "default_words": in_words(view.default),
        "examples": examples(levels, view.authority), "warnings": warnings(levels, view.authority) if may_set else [],
        "is_fixed": is_fixed(view.kind), "back": reverse("admin:reviews_route_changelist"),
        "reset_url": route_page(view.kind, view.authority, "reset") if view.is_own and may_set else "",
    }  # fmt: skip
    return model_admin.page(request, f"{FOLDER}/change_form.html", context, status)


def _preview(model_admin, request, view, form, levels):
    return _confirm_page(model_admin, request, view, form, levels, label="保存审核链")


def _confirm_page(model_admin, request, view, form, levels, *, label, status=200):
    context = {
        "title": f"{label}：{view.kind.title}", "view": view, "form": form, "levels": levels, "label": label,
        "place": _place(view.authority), "words": in_words(view.levels),
        "new_words": in_words([Level(level) for level in levels]), "is_reset": label == "恢复默认",
        "is_same": levels == [level.level for level in view.levels] and (label != "恢复默认" or not view.is_own),
        "examples": examples(levels, view.authority), "warnings": warnings(levels, view.authority),
        "under_way": under_way(view.kind, view.authority), "back": route_page(view.kind, view.authority),
    }  # fmt: skip
    return model_admin.page(request, f"{FOLDER}/confirm.html", context, status)


def _place(authority):
    return "全国（默认）" if authority.level == AuthorityLevel.MINISTRY else authority.short_name
