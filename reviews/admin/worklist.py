"""The work list (申报件列表): filters, pages by key, rows that can be chosen; and the areas below one, as JSON."""
from dataclasses import dataclass

from django.http import HttpResponseNotAllowed, JsonResponse
from django.utils.http import urlencode

from accounts.admin.base import CappedPaginator
from portal.tools.keyset import keyset_page
from reviews.admin.worklist_rows import options_of, rows_of, shown_filings
from reviews.queries.choices import ALL, AREA_LABELS, MINE, SCOPES, areas_below
from reviews.queries.conditions import FIGURES, LABELS, read_conditions
from reviews.queries.worklist import order_of, select_filings
from reviews.services.saved_filters import MOST_FILTERS, NAME_LENGTH

TEMPLATE = "admin/reviews/filing/change_list.html"
ROWS_OF_A_PAGE = 50
#: Conditions that always stand in the open; the others are under 更多筛选.
IN_THE_OPEN = (*AREA_LABELS, "due", "handler")
FOLDED = ("tier", "renewal", "window", "industry", "verdict", "warning", "waited", "desk")


@dataclass(frozen=True)
class Select:
    """One condition as a select; ``below`` names the one whose offers depend on it."""

    name: str
    label: str
    options: list
    value: str
    below: str = ""

    @property
    def html(self):
        """The options as HTML, with the chosen one marked."""
        return options_of(self.options, self.value)


def show(model_admin, request):
    """GET: the list. Figures that cannot be read are named above it, with 422; the other conditions hold."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    conditions = read_conditions(request.user, request.GET)
    filings = select_filings(conditions)
    cursor = {name: request.GET[name] for name in ("after", "before") if request.GET.get(name)}
    page = keyset_page(filings, order_of(conditions), ROWS_OF_A_PAGE, shown=shown_filings(), **cursor)
    query = conditions.query_string()
    page_query = _with(query, **cursor)
    context = {
        "title": "申报件",
        "conditions": conditions,
        "query": query,
        "previous_query": _with(query, before=page.previous),
        "following_query": _with(query, after=page.following),
        "page_query": page_query,
        "preserved_filters": urlencode({"_changelist_filters": page_query}),
        "rows": rows_of(page.rows, page_query),
        "page": page,
        "count": CappedPaginator(filings, ROWS_OF_A_PAGE).count,
        "scopes": [(label, conditions.scope_query(scope), scope == conditions.scope) for scope, label in SCOPES],
        "kinds": _kind_tabs(conditions),
        "in_the_open": _selects(conditions, [name for name in IN_THE_OPEN if _is_offered(conditions, name)]),
        "folded": _selects(conditions, FOLDED),
        "typed": conditions.typed,
        "is_unfolded": any(conditions.typed[name] for name in (*FOLDED, *FIGURES)),
        "bare_query": conditions.bare_query,
        "everywhere": conditions.query_string(scope=ALL),
        "is_my_desk": conditions.scope == MINE,
        "is_everywhere": conditions.scope == ALL,
        "may_decide_here": conditions.scope == MINE and request.user.may_decide,
        "saved_filters": list(request.user.saved_filters.order_by("position", "id")),
        "most_filters": MOST_FILTERS,
        "name_length": NAME_LENGTH,
    }
    return model_admin.page(request, TEMPLATE, context, 422 if conditions.problems else 200)


def _with(query, **cursor):
    """Return a query string with the cursor of a page."""
    return "&".join(part for part in (query, urlencode({k: v for k, v in cursor.items() if v})) if part)


def _kind_tabs(conditions):
    """Return (label, query string, is current) of every kind, each a list with an address of its own."""
    chosen = conditions.get("kind")
    tabs = [("", "全部事项"), *conditions.choices.kind]
    return [(label, conditions.query_string(kind=code, window=""), code == chosen) for code, label in tabs]


def _is_offered(conditions, name):
    return name not in AREA_LABELS or name in conditions.choices.area_columns


def _selects(conditions, names):
    columns = conditions.choices.area_columns
    below = dict(zip(columns, columns[1:], strict=False))
    return [
        Select(name, LABELS[name], conditions.choices.of(name), conditions.get(name), below.get(name, ""))
        for name in names
    ]


def areas(model_admin, request):
    """GET ``?parent=id``: the areas right below one of the officer's tree, for the select that depends on it."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    parent = request.GET.get("parent", "")
    is_id = parent.isascii() and parent.isdigit() and len(parent) < 19
    found = areas_below(request.user, int(parent)) if is_id else []
    return JsonResponse({"areas": [{"value": value, "label": label} for value, label in found]})


VIEWS = [("areas/", areas, "areas")]
