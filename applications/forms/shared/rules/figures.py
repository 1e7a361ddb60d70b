"""Rules of the yearly figures (domain.md §1.9.1, §5.2 part 二)."""
from decimal import Decimal

from applications.computed import plain
from applications.forms.layout import YEARS
from applications.forms.shared.rules.speaking import home, part_above_whole

#: 万元: what two rounded figures may differ by.
ROUNDING = Decimal("0.02")


def figures_of_existing_years(form):
    """Ask for the two earlier years, except those before the enterprise was founded."""
    founded = form.facts["founded_on"]
    return [
        form.finding(section.key, f"{row.key}_{year}", "此项必填，请填写；企业成立前的年度可不填。", blank=True)
        for offset, year in enumerate(YEARS, start=1)
        if year != "y1" and (founded is None or founded.year <= form.period - offset)
        for section in form.sections
        for table in section.tables()
        for row in table.rows
        if not row.computed and section.raw(f"{row.key}_{year}") == ""
    ]


def rd_staff_within_staff(form):
    """研发人员 are part of 全职员工."""
    return _each_year(form, "rd_staff", "employees", "人")


def main_revenue_within_revenue(form):
    """主营业务收入 is part of 营业收入."""
    return _each_year(form, "main_revenue", "revenue", "万元")


def exports_within_revenue(form):
    """出口额 is part of 营业收入."""
    return _each_year(form, "exports", "revenue", "万元")


def brand_revenue_within_revenue(form):
    """自有品牌销售收入 is part of last year's 营业收入."""
    return part_above_whole(form, "own_brand_revenue", "revenue_y1", "万元")


def rd_expense_within_revenue(form):
    """研发费用 above 营业收入 is taken for a slip of the unit; a firm without revenue is not."""
    return [
        finding
        for year in YEARS
        if (form.facts[f"revenue_{year}"] or 0) > 0
        for finding in part_above_whole(form, f"rd_expense_{year}", f"revenue_{year}", "万元")
    ]


def net_assets_are_assets_less_liabilities(form):
    """净资产 = 资产总额 − 负债总额, as in every balance sheet."""
    found = []
    for year in YEARS:
        net, assets, debts = (
            form.facts[f"{key}_{year}"] for key in ("net_assets", "total_assets", "total_liabilities")
        )
        if None in (net, assets, debts) or abs(assets - debts - net) <= ROUNDING:
            continue
        message = (
            f"您填写的“{plain(net)}”万元不等于资产总额“{plain(assets)}”万元减负债总额“{plain(debts)}”万元"
            f"（应为 {plain(assets - debts)} 万元）。请核对三项数据后改正。"
        )
        found.append(form.finding(home(form, f"net_assets_{year}"), f"net_assets_{year}", message))
    return found


def _each_year(form, part, whole, unit):
    return [
        finding for year in YEARS for finding in part_above_whole(form, f"{part}_{year}", f"{whole}_{year}", unit)
    ]
