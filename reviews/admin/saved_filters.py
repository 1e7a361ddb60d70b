"""常用筛选: keep the present filter of the work list, and the page where names and order are changed."""
from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from portal.tools.errors import Refused
from reviews.queries.conditions import read_conditions
from reviews.services.saved_filters import (
    MOST_FILTERS,
    NAME_LENGTH,
    delete_filter,
    move_filter,
    rename_filter,
    save_filter,
)

SAVE_TEMPLATE = "admin/reviews/filing/save_filter.html"
TEMPLATE = "admin/reviews/filing/saved_filters.html"
PLACES = {"up": -1, "down": 1}


def save(model_admin, request):
    """POST: keep a filter and go back to the list; a name that is refused comes back with what was typed."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    name, query = request.POST.get("name", ""), request.POST.get("query", "")
    try:
        kept = save_filter(user=request.user, name=name, query=query, overwrite="overwrite" in request.POST)
    except Refused as refusal:
        conditions = read_conditions(request.user, query)
        context = {
            "title": "保存为常用筛选",
            "refusal": refusal,
            "typed_name": name,
            "conditions": conditions,
            "query": conditions.query_string(),
            "name_length": NAME_LENGTH,
        }
        return model_admin.page(request, SAVE_TEMPLATE, context, refusal.status)
    messages.success(request, f"已保存常用筛选“{kept.name}”。")
    return HttpResponseRedirect(_list(kept.query))


def manage(model_admin, request):
    """GET: the officer's filters, to be renamed, moved and deleted."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return _answer(model_admin, request)


def change(model_admin, request, saved_id):
    """POST ``do``: rename (with ``name``), up, down or delete."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    wish, typed = request.POST.get("do", ""), request.POST.get("name", "")
    try:
        if wish in PLACES:
            move_filter(user=request.user, filter_id=saved_id, places=PLACES[wish])
        elif wish == "delete":
            name = delete_filter(user=request.user, filter_id=saved_id)
            if name:
                messages.success(request, f"已删除常用筛选“{name}”。")
        else:
            kept = rename_filter(user=request.user, filter_id=saved_id, name=typed)
            messages.success(request, f"已改名为“{kept.name}”。")
    except Refused as refusal:
        return _answer(model_admin, request, refusal, saved_id, typed)
    return HttpResponseRedirect(reverse("admin:reviews_filing_saved"))


def _answer(model_admin, request, refusal=None, saved_id=None, typed=""):
    context = {
        "title": "常用筛选",
        "saved_filters": list(request.user.saved_filters.order_by("position", "id")),
        "refusal": refusal,
        "refused_id": saved_id,
        "typed_name": typed,
        "most_filters": MOST_FILTERS,
        "name_length": NAME_LENGTH,
    }
    return model_admin.page(request, TEMPLATE, context, refusal.status if refusal else 200)


def _list(query):
    return reverse("admin:reviews_filing_changelist") + (f"?{query}" if query else "")


VIEWS = [
    ("saved/", manage, "saved"),
    ("saved/save/", save, "saved_save"),
    ("saved/<int:saved_id>/", change, "saved_change"),
]
