"""【导出】 from the work list: choose content, columns and order, see how many rows it will have, order it."""
import secrets

from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.urls import reverse

from portal.tools.errors import Refused
from reviews.enums import ExportKind
from reviews.forms.export import (
    MOST_SELECTED,
    ExportForm,
    arranged,
    moved,
    posted_columns,
    selected_ids,
)
from reviews.queries.conditions import read_conditions
from reviews.queries.exports import count_up_to, filings_of, layouts_of, most_of
from reviews.services.export_layouts import delete_layout, save_layout
from reviews.services.exports import order_export, too_much

TEMPLATE = "admin/reviews/export/order.html"
#: ``what`` in the address of the button.
WHAT = {"list": ExportKind.XLSX, "documents": ExportKind.PDFS}


def export(model_admin, request):
    """Show the form (also by POST, for ticked rows do not fit into an address); with ``_order`` order the export."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    data = request.POST if request.method == "POST" else request.GET
    query, selection = query_of(request, data), selected_ids(data)
    columns = posted_columns(request.user, data)
    if request.method != "POST" or not any(name.startswith("_") and name in data for name in BUTTONS):
        return _page(model_admin, request, _blank_form(data), columns, query, selection)
    button = next(name for name in BUTTONS if name in data)
    return BUTTONS[button](model_admin, request, ExportForm(data), columns, query, selection)


def query_of(request, data):
    """Return the query string of the work list that the officer came from, as the list reads it."""
    given = data.get("query", request.GET.get("_changelist_filters", data.get("_changelist_filters", "")))
    return read_conditions(request.user, QueryDict(given)).query_string()


def _order(model_admin, request, form, columns, query, selection):
    if not form.is_valid():
        return _page(model_admin, request, form, columns, query, selection, status=422)
    values = form.cleaned_data
    try:
        made = order_export(
            user=request.user, kind=values["kind"], token=values["token"], query=query, selection=selection,
            columns=[column.key for column, is_ticked in columns if is_ticked], request=request,
        )
    except Refused as refusal:
        return _page(
            model_admin, request, form, columns, query, selection, refusal=refusal.message, status=refusal.status
        )
    return HttpResponseRedirect(reverse("admin:reviews_export_change", args=[made.pk]))


def _move(step):
    def move(model_admin, request, form, columns, query, selection):
        key = request.POST["_up" if step < 0 else "_down"]
        return _page(
            model_admin, request, form, moved(columns, key, step), query, selection, focus=key, moved_by=step
        )

    return move


def _apply(model_admin, request, form, columns, query, selection):
    """Arrange the columns as a saved layout says."""
    layout = layouts_of(request.user).filter(pk=_number(request.POST.get("layout"))).first()
    if layout is None:
        return _page(
            model_admin, request, form, columns, query, selection, refusal="请先选择一个已保存的格式，再点击【套用】。", status=422
        )
    messages.info(request, f"已套用格式“{layout.name}”。")
    return _page(model_admin, request, form, arranged(request.user, layout.columns), query, selection)


def _save(model_admin, request, form, columns, query, selection):
    """Save the ticked columns in their order."""
    refusal, status = "", 200
    try:
        chosen = [column.key for column, is_ticked in columns if is_ticked]
        layout = save_layout(user=request.user, name=request.POST.get("layout_name", ""), columns=chosen)
        messages.success(request, f"已保存格式“{layout.name}”，下次导出时可以【套用】。")
    except Refused as refused:
        refusal, status = refused.message, refused.status
    return _page(model_admin, request, form, columns, query, selection, refusal=refusal, status=status)


def _delete(model_admin, request, form, columns, query, selection):
    """Delete the chosen layout."""
    delete_layout(user=request.user, layout_id=_number(request.POST.get("layout")))
    messages.success(request, "格式已删除。")
    return _page(model_admin, request, form, columns, query, selection)


BUTTONS = {
    "_order": _order, "_up": _move(-1), "_down": _move(1), "_apply": _apply, "_save": _save, "_delete": _delete,
}  # fmt: skip


def _blank_form(data):
    kind = data.get("kind") or WHAT.get(data.get("what", "list"), ExportKind.XLSX)
    typed = {"layout_name": data.get("layout_name", "")}
    return ExportForm(initial={"kind": kind, "token": secrets.token_urlsafe(16)} | typed)


def _page(
    model_admin, request, form, columns, query, selection, *, refusal="", status=200, focus="", moved_by=0
):
    kind = form["kind"].value() if form["kind"].value() in ExportKind.values else ExportKind.XLSX
    most = most_of(kind)
    count = count_up_to(filings_of(request.user, query, selection), most)
    if len(selection) > MOST_SELECTED:
        refusal, status = f"一次最多勾选 {MOST_SELECTED} 件，请减少勾选，或改用筛选条件导出。", 422
    context = {
        "title": "导出",
        "form": form,
        "columns": columns,
        "query": query,
        "selection": selection,
        "conditions": read_conditions(request.user, query).in_words,
        "count": count if count <= most else f"{most:,}+",
        "too_much": too_much(kind) if count > most else "",
        "nothing": count == 0,
        "refusal": refusal,
        "layouts": list(layouts_of(request.user)),
        "layout": _number(request.POST.get("layout")),
        "focus": focus,
        "moved_by": moved_by,
        "list_url": reverse("admin:reviews_filing_changelist") + (f"?{query}" if query else ""),
    }
    return model_admin.page(request, TEMPLATE, context, status)


def _number(text):
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0


VIEWS = [("export/", export, "export")]
