"""Reads of the accounts app: the enterprise of a user, and the choices of the two pickers."""
import re
from itertools import groupby

from django.db.models import Count, Min, Q

from accounts.models import EmergingHint, Enterprise, Industry, Product, Region, SizeStandard
from portal.tools.text import narrow

SEARCH_LIMIT = 50
SUBCLASS_LEVEL = 4  # 小类


def enterprise_of(user):
    """Return the user's enterprise with its region and industry chain, or None before 完善企业基本信息."""
    return (
        Enterprise.objects.select_related("account", "registered_region", "industry__parent__parent__parent")
        .filter(account=user)
        .first()
    )


def size_standards():
    """Return the rows of the newest edition of 中小企业划型标准."""
    rows = list(SizeStandard.objects.order_by("-edition", "id"))
    return [row for row in rows if row.edition == rows[0].edition]


def region_children(parent_code=""):
    """Return the divisions below a code, or the provinces; places without an authority (港澳台) are left out."""
    below = Region.objects.filter(parent=parent_code) if parent_code else Region.objects.filter(parent__isnull=True)
    return list(below.filter(authority__isnull=False).only("code", "name", "is_leaf"))


def find_region(text):
    """Return the region with this code or full name (江苏省南京市玄武区), or None."""
    return Region.objects.filter(Q(code=text) | Q(full_name=text)).select_related("authority").first()


def search_regions(text):
    """Return (leaf regions whose code begins with or whose full name contains the text, whether there are more)."""
    found = Region.objects.filter(Q(code__startswith=text) | Q(full_name__contains=text), is_leaf=True)
    return _capped(found.order_by("code"))


def region_path(region):
    """Return the region and what lies above it, from the province down; reads parents not loaded yet."""
    path = [region]
    while path[0].parent_id:
        path.insert(0, path[0].parent)
    return path


def find_industry(text):
    """Return the industry of any level with this code, or the 小类 with this name; None when there is none."""
    return (
        Industry.objects.filter(Q(code=text) | Q(name=text, level=SUBCLASS_LEVEL))
        .select_related("parent__parent__parent")
        .order_by("-level")
        .first()
    )


def industry_children(parent_code=""):
    """Return the industries below a code, or the 门类.

    A 小类 carries ``product_count`` and ``only_product``: with a single product it is itself the last level.
    """
    parent = {"parent": parent_code} if parent_code else {"parent__isnull": True}
    return list(_with_products(Industry.objects.filter(**parent).order_by("code")))


def products_of(industry_code):
    """Return the products of a 小类 in the order of the tree."""
    return list(Product.objects.filter(industry=industry_code).order_by("id"))


def search_industries(text):
    """Find what the picker shows for a search: (小类 rows, products, whether there are more than 50).

    A 小类 is found by the beginning of its code (3841, C3841) or a part of its own name or of a name above it; a
    product by a part of its name. Nearest hits come first: code, own name, product, name above.
    """
    text = narrow(text)
    if not text:
        return [], [], False
    code = re.sub(r"^[A-Ta-t](?=\d)", "", text)
    by_code = Q(code__startswith=code) if code.isdigit() else Q(pk__in=[])
    above = Q(parent__name__icontains=text) | Q(parent__parent__name__icontains=text)
    subclasses = _with_products(
        Industry.objects.filter(Q(level=SUBCLASS_LEVEL) & (by_code | Q(name__icontains=text) | above))
        .select_related("parent__parent__parent")
        .order_by("code")
    )[: SEARCH_LIMIT + 1]
    products = Product.objects.filter(name__icontains=text).select_related("industry__parent__parent__parent")
    products = list(products.order_by("industry_id", "id")[: SEARCH_LIMIT + 1])
    own_names = {(row.code, row.name) for row in subclasses}
    products = [row for row in products if (row.industry_id, row.name) not in own_names]
    subclasses = sorted(subclasses, key=lambda row: (not row.code.startswith(code), text not in row.name, row.code))
    more = len(subclasses) + len(products) > SEARCH_LIMIT
    subclasses = subclasses[:SEARCH_LIMIT]
    return subclasses, products[: SEARCH_LIMIT - len(subclasses)], more


def industry_chain(industry):
    """Return the industry and what lies above it, from the 门类 down; reads parents not loaded yet."""
    chain = [industry]
    while chain[0].parent_id:
        chain.insert(0, chain[0].parent)
    return chain


def emerging_hints(industry_code):
    """Return the 战略性新兴产业 hints of a 小类 as (category, [names], partial): a suggestion, never a decision."""
    rows = EmergingHint.objects.filter(industry=industry_code).order_by("category", "name")
    hints = []
    for category, group in groupby(rows, key=lambda row: row.category):
        group = list(group)
        hints.append((category, [row.name for row in group], all(row.partial for row in group)))
    return hints


def _with_products(industries):
    return industries.annotate(product_count=Count("products"), only_product=Min("products__name"))


def _capped(found):
    rows = list(found[: SEARCH_LIMIT + 1])
    return rows[:SEARCH_LIMIT], len(rows) > SEARCH_LIMIT
