"""国民经济行业分类 (GB/T 4754-2017 with its 2019 amendment), products and 战略性新兴产业 hints."""
from collections import defaultdict

from accounts.models import EmergingHint, Industry, Product
from accounts.reference.files import BATCH, read, upsert

SUBCLASS = "4"  # 小类


def load_industries():
    """Upsert the four levels, the products of every 小类 and the hints."""
    rows = read("industry_gbt4754_2017")
    emerging = read("sei_2018_industry_map")
    industries = [
        Industry(
            code=row["code"],
            name=row["name"],
            level=int(row["level"]),
            parent_id=row["parent_code"] or None,
            section=row["full_code"][0],
        )
        for row in rows
    ]
    upsert(Industry, industries, unique=["code"], update=["name", "level", "parent", "section"])
    products = _products(rows, emerging)
    # Nothing of a product can change but its being there, and its id must stay: ids give the order in the tree.
    Product.objects.bulk_create(products, batch_size=BATCH, ignore_conflicts=True)
    hints = [
        EmergingHint(
            industry_id=row["gbt4754_code"],
            category="·".join(name for name in (row["sei_level1_name"], row["sei_level2_name"]) if name),
            name=row["sei_name"],
            partial=row["partial"] == "1",
        )
        for row in emerging
    ]
    upsert(EmergingHint, hints, unique=["industry", "category", "name"], update=["partial"])
    return {"行业": len(industries), "产品": len(products), "战略性新兴产业提示": len(hints)}


def _products(rows, emerging):
    """Return the products under each 小类: those listed for it, then one that bears the 小类's own name."""
    listed = defaultdict(dict)  # code → names in file order, each once
    for row in emerging:
        listed[row["gbt4754_code"]].update(dict.fromkeys(split_products(row["products"])))
    return [
        Product(industry_id=row["code"], name=name)
        for row in rows
        if row["level"] == SUBCLASS
        for name in dict.fromkeys([*(n for n in listed[row["code"]] if n != row["name"]), row["name"]])
    ]


def split_products(text):
    """Split a cell of the file at “；”.

    The file was made from printed lists and breaks some names at a line end inside a bracket: such pieces are put
    together again. A bracket that never closes leaves the pieces as they are.
    """
    pieces = [piece.strip() for piece in text.split("；") if piece.strip()]
    whole, waiting = [], []
    for piece in pieces:
        waiting.append(piece)
        joined = "".join(waiting)
        if _open_brackets(joined) <= 0:
            whole.append(joined)
            waiting = []
    return whole + waiting


def _open_brackets(text):
    return sum(text.count(mark) for mark in "（(") - sum(text.count(mark) for mark in "）)")
