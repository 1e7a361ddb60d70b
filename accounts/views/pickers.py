"""Choices of the pickers 企业注册地 and 所属行业 as JSON, the live 企业规模, and look-up pages that need no script.

Regions are public: somebody who has lost his account states 企业注册地 too.
"""
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts import queries
from accounts.enums import SizeClass
from accounts.forms.enterprise import EnterpriseFields
from portal.tools.access import PUBLIC, SIGNED_IN, opens_to
from portal.tools.text import narrow

#: Reference data changes once a year; the browser of a signed-in user may keep an answer for an hour.
reference_cache = cache_control(private=True, max_age=3600)
QUERY_LENGTH = 40  # characters of a search that are looked at
MORE = "还有更多，请输入更完整的词"
NOTHING = "没有找到“{text}”，请换一个词，或输入代码的前几位。"


@opens_to(PUBLIC)
@require_safe
@reference_cache
def regions(request):
    """``?parent=`` → {"items": [{code, name, leaf}]}: the provinces, or what lies below a division."""
    items = [
        {"code": row.code, "name": row.name, "leaf": row.is_leaf}
        for row in queries.region_children(request.GET.get("parent", ""))
    ]
    return JsonResponse({"items": items})


@opens_to(SIGNED_IN)
@require_safe
@reference_cache
def industries(request):
    """``?parent=`` → {"items": [node]}: the 门类, the level below a code, or the products of a 小类."""
    return JsonResponse({"items": _industry_nodes(request.GET.get("parent", ""))})


@opens_to(SIGNED_IN)
@require_safe
@reference_cache
def industry_search(request):
    """``?q=`` → {"items": [node with path], "message": ""}: by name, beginning of the code, or product."""
    items, message = _search_nodes(_typed(request))
    return JsonResponse({"items": items, "message": message})


@opens_to(SIGNED_IN)
@require_safe
@reference_cache
def industry_chosen(request):
    """``?industry=3841`` → what follows from a 小类: {code, division, subclass, path, hints: [words]}."""
    industry = queries.find_industry(request.GET.get("industry", ""))
    if industry is None or industry.level != queries.SUBCLASS_LEVEL:
        message = "所属行业：所选代码不是 4 位小类，请点击“+”展开到最后一级重新选择。"
        return JsonResponse({"code": "unknown_industry", "message": message}, status=404)
    hints = [
        f"{category}（{'、'.join(names)}）{'：仅部分产品属于' if partial else ''}"
        for category, names, partial in queries.emerging_hints(industry.code)
    ]
    chain = queries.industry_chain(industry)
    return JsonResponse(
        {
            "code": industry.code,
            "division": str(chain[1]),
            "subclass": str(industry),
            "path": [row.code for row in chain],
            "hints": hints,
        }
    )


@opens_to(SIGNED_IN)
@require_safe
def size(request):
    """``?industry=&employees=&revenue=&assets=`` (人, 万元, 万元) → {size_class, label, explanation, missing}."""
    typed = {name: request.GET.get(name, "") for name in ("industry", "employees", "revenue")}
    result = EnterpriseFields(initial=typed | {"total_assets": request.GET.get("assets", "")}).size_result()
    return JsonResponse(
        {
            "size_class": result.size_class or "",
            "label": SizeClass(result.size_class).label if result.size_class else "未判定",
            "explanation": result.explanation,
            "missing": list(result.missing),
        }
    )


@opens_to(PUBLIC)
@require_safe
def region_lookup(request):
    """Page to find the code of 企业注册地 without script: by level, or by a part of the name."""
    text, parent = _typed(request), request.GET.get("parent", "")
    region = queries.find_region(parent) if parent else None
    more = False
    if text:
        found, more = queries.search_regions(text)
    else:
        found = queries.region_children(region.code if region else "")
    rows = [(row.code, row.full_name if text else row.name, row.is_leaf) for row in found]
    above = queries.region_path(region) if region else []
    return _lookup(request, "企业注册地", text, rows, [(row.code, row.name) for row in above], more)


@opens_to(SIGNED_IN)
@require_safe
def industry_lookup(request):
    """Page to find the code of 所属行业 and the 产品 without script: by level, or by a part of the name."""
    text, parent = _typed(request), request.GET.get("parent", "")
    industry = queries.find_industry(parent) if parent else None
    if text:
        nodes, message = _search_nodes(text)
    else:
        nodes, message = _industry_nodes(industry.code if industry else ""), ""
    rows = [(node["code"], f"{node['name']}（{node['path']}）" if text else node["name"], node["leaf"]) for node in nodes]
    above = queries.industry_chain(industry) if industry else []
    return _lookup(request, "所属行业", text, rows, [(row.code, row.name) for row in above], message == MORE)


def _lookup(request, title, text, rows, above, more):
    message = MORE if more else ("" if rows or not text else NOTHING.format(text=text))
    context = {"title": title, "q": text, "rows": rows, "above": above, "message": message}
    return render(request, "accounts/pickers/lookup.html", context)


def _typed(request):
    return narrow(request.GET.get("q", ""))[:QUERY_LENGTH]


def _search_nodes(text):
    subclasses, products, more = queries.search_industries(text)
    items = [_node(row) | {"path": _path(row.parent)} for row in subclasses]
    items += [_product_node(row) | {"path": _path(row.industry)} for row in products]
    message = MORE if more else ("" if items or not text else NOTHING.format(text=text))
    return items, message


def _industry_nodes(parent):
    if len(parent) == queries.SUBCLASS_LEVEL:
        return [_product_node(row) for row in queries.products_of(parent)]
    return [_node(row) for row in queries.industry_children(parent)]


def _node(row):
    """Return a node of the tree. A 小类 whose only product bears its own name is the last level itself."""
    leaf = row.level == queries.SUBCLASS_LEVEL and row.product_count <= 1
    return {
        "code": row.code,
        "name": row.name,
        "level": row.level,
        "leaf": leaf,
        "product": (row.only_product or row.name) if leaf else "",
    }


def _product_node(row):
    return {"code": row.industry_id, "name": row.name, "level": 5, "leaf": True, "product": row.name}


def _path(industry):
    return " › ".join(str(row) for row in queries.industry_chain(industry))
