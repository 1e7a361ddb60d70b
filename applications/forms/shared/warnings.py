"""What looks like a slip in the forms of 专精特新 and 小巨人 (请核实): nothing is refused because of it."""
from applications.computed import plain, show_percent
from applications.forms.layout import YEARS
from applications.forms.plausibility import (
    ASSETS_PER_HEAD,
    REVENUE_PER_HEAD,
    fast_growth,
    per_head,
    unit_slips,
)

#: 主导产品 earns more than this share of 营业收入, % (domain.md §1.9.10).
MAIN_PRODUCT_SHARE = 50
_MONEY = (
    "revenue", "main_revenue", "main_cost", "sales_expense", "admin_expense", "total_profit", "net_profit", "tax",
    "total_assets", "net_assets", "total_liabilities", "equity_financing", "bank_loans", "exports",
)  # fmt: skip


def cost_above_income(form):
    """主营业务成本 above 主营业务收入 makes a negative 毛利率: possible, and seldom meant."""
    found = []
    for year in YEARS:
        cost, income = form.facts[f"main_cost_{year}"], form.facts[f"main_revenue_{year}"]
        if cost is None or income is None or cost <= income:
            continue
        message = (
            f"您填写的“{plain(cost)}”万元大于主营业务收入“{plain(income)}”万元，毛利率为负。请核对两项数据及单位；数据无误的不必修改。"
        )
        found.append(form.finding("economy", f"main_cost_{year}", message))
    return found


def products_below_half(form):
    """主导产品 earns more than half of 营业收入 (domain.md §1.9.10); the list may leave products out."""
    shares = [row["share"] for row in form.facts["products"]]
    if not shares or None in shares or sum(shares) > MAIN_PRODUCT_SHARE:
        return []
    message = (
        f"所列产品收入合计占营业收入 {show_percent(sum(shares))}，没有超过 {MAIN_PRODUCT_SHARE}%。"
        "主导产品收入之和应占营业收入 50% 以上，请核对主导产品和收入数据；数据无误的不必修改。"
    )
    return [form.finding("specialization", "products", message)]


WARNINGS = (
    unit_slips("economy", *_MONEY),
    unit_slips("innovation", "rd_expense"),
    per_head("economy", "revenue", "employees", REVENUE_PER_HEAD),
    per_head("economy", "total_assets", "employees", ASSETS_PER_HEAD),
    fast_growth("economy", "revenue", "main_revenue"),
    fast_growth("economy", "employees", unit="人"),
    cost_above_income,
    products_below_half,
)
