"""Every computed field (自动计算字段) by key."""
from collections.abc import Mapping

from applications.computed import formulas
from applications.computed.fields import ComputedField, ComputedResult

_YEARS = ("y1", "y2", "y3")


def _shares(name, title, part, whole):
    """A share in each of the three years."""
    return [
        ComputedField(
            name, year, (f"{part}_{year}", f"{whole}_{year}"), formulas.share, title,
            bases=(f"{whole}_{year}",), inverse=formulas.part_at_share,
        )
        for year in _YEARS
    ]


def _growths(name, title, figure):
    """A growth rate in the two years that have one before them."""
    return [
        ComputedField(
            name, year, (f"{figure}_{year}", f"{figure}_{before}"), formulas.growth, title,
            bases=(f"{figure}_{before}",), inverse=formulas.present_at_growth,
        )
        for year, before in (("y1", "y2"), ("y2", "y3"))
    ]


def _gross_margins():
    return [
        ComputedField(
            "gross_margin", year, (f"main_revenue_{year}", f"main_cost_{year}"), formulas.margin, "毛利率",
            bases=(f"main_revenue_{year}",),
        )
        for year in _YEARS
    ]


def _revenues_per_head():
    return [
        ComputedField(
            "revenue_per_head", year, (f"revenue_{year}", f"employees_{year}"), formulas.per_head, "人均营业收入",
            bases=(f"employees_{year}",), unit="万元/人",
        )
        for year in _YEARS
    ]


#: Every computed field by key, in the order of the form; first those of one year, then those over several years.
FIELDS: dict[str, ComputedField] = {
    field.key: field
    for field in (
        *_shares("rd_ratio", "研发费用占营业收入比重", "rd_expense", "revenue"),
        *_shares("main_ratio", "主营业务收入占营业收入比重", "main_revenue", "revenue"),
        *_growths("revenue_growth", "营业收入增长率", "revenue"),
        *_growths("main_growth", "主营业务收入增长率", "main_revenue"),
        *_gross_margins(),
        *_shares("net_margin", "净利润率", "net_profit", "revenue"),
        *_growths("net_profit_growth", "净利润增长率", "net_profit"),
        *_shares("debt_ratio", "资产负债率", "total_liabilities", "total_assets"),
        *_shares("rd_staff_ratio", "研发人员占比", "rd_staff", "employees"),
        *_revenues_per_head(),
        ComputedField(
            "main_growth_average", "", ("main_revenue_y1", "main_revenue_y2", "main_revenue_y3"),
            formulas.average_growth, "近2年主营业务收入平均增长率",
            bases=("main_revenue_y2", "main_revenue_y3"), inverse=formulas.present_at_average_growth,
        ),
        ComputedField(
            "revenue_compound_growth", "", ("revenue_y1", "revenue_y3"),
            formulas.compound_growth, "近两年营业收入复合增长率",
            bases=("revenue_y3",), inverse=formulas.present_at_compound_growth,
        ),
        ComputedField(
            "rd_total_2y", "", ("rd_expense_y1", "rd_expense_y2"), formulas.total, "近两年研发费用合计",
            inverse=formulas.last_at_total, unit="万元",
        ),
        ComputedField(
            "rd_mean_2y", "", ("rd_expense_y1", "rd_expense_y2"), formulas.mean, "近两年研发费用总额均值",
            inverse=formulas.last_at_mean, unit="万元",
        ),
    )
}


def compute_all(facts: Mapping, year_names: Mapping | None = None) -> dict[str, ComputedResult]:
    """Compute every field from the facts; key -> result, in the order of the form."""
    return {key: field.compute(facts, year_names) for key, field in FIELDS.items()}
