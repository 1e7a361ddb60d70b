"""Figures that must fit each other: a part and its whole, profit and income.

What is refused at submission (a part above its whole) is looked at again here, because an edition may ask without the
rule; beyond that these checks tell where a part comes close to its whole.
"""
from applications.cross_checks.reading import MONEY, decimal
from applications.cross_checks.words import percent, quoted
from reviews.cross_checks import NOTICE, OURS, WARN, CrossCheck, Odd

#: 研发人员 from this share of 全职员工 on, and 研发费用 from this share of 营业收入 on, %.
RD_STAFF_SHARE, RD_EXPENSE_SHARE = 90, 50
#: 人: in a smaller enterprise the share says nothing.
STAFF_FLOOR = 10


def rd_staff(case):
    """研发人员 above 全职员工, or nearly all of them."""
    yield from _shares(
        case, "rd_staff", "employees", RD_STAFF_SHARE, "请对照社保缴费人数证明和研发人员名单核实。", floor=STAFF_FLOOR
    )


def rd_expense(case):
    """研发费用 above 营业收入, or half of it."""
    yield from _shares(case, "rd_expense", "revenue", RD_EXPENSE_SHARE, "请对照审计报告或研发费用专项审计报告核实。")


def main_revenue(case):
    """主营业务收入 above 营业收入."""
    yield from _above(case, "main_revenue", "revenue", "请对照审计报告附注核实。", WARN)


def exports(case):
    """出口额 above 营业收入."""
    yield from _above(case, "exports", "revenue", "请对照审计报告和海关数据核实折算口径。", WARN)


def profit_above_revenue(case):
    """Profit above 营业收入: possible by investments, and then not by the main business."""
    for key in ("total_profit", "net_profit"):
        yield from _above(case, key, "revenue", "可能有投资收益等非经常性损益，请对照利润表核实利润来源。", NOTICE)


def net_above_total(case):
    """净利润 above 利润总额, which taxes make smaller; only while there is a profit."""
    yield from _above(case, "net_profit", "total_profit", "所得税为负时可能出现，请对照利润表核实。", NOTICE)


def debts_above_assets(case):
    """负债总额 above 资产总额 (资不抵债): scored, not refused."""
    yield from _above(case, "total_liabilities", "total_assets", "企业资不抵债，请对照资产负债表核实，关注持续经营能力。", NOTICE)


def products_above_main_revenue(case):
    """The income of the listed products above last year's 主营业务收入, which they are part of."""
    if not case.reading.years:
        return
    year = case.reading.years[0]
    listed = [decimal(row["revenue"]) for row in case.reading.records("specialization", "products")]
    total, main = sum(figure or 0 for figure in listed), case.reading.figure("main_revenue", year)
    if main is None or total <= main:
        return
    yield Odd(
        f"所列主要产品 {year} 年销售收入合计{quoted(total, MONEY)}，大于主营业务收入{quoted(main, MONEY)}。"
        "请对照审计报告和销售明细核实产品收入是否重复计算。",
        "specialization", "products", WARN,
    )  # fmt: skip


def _shares(case, part, whole, limit, remedy, floor=0):
    """Yield an Odd for the years in which ``part`` is at least ``limit`` % of ``whole``; above it is 需要核实."""
    row, other = case.reading.rows.get(part), case.reading.rows.get(whole)
    told, above = [], False
    for year, value in (row.figures if row and other else {}).items():
        full = other.figures.get(year)
        if not full or full < floor or value * 100 < full * limit:
            continue
        above = above or value > full
        told.append(
            f"{year}年{quoted(value, row.unit)}，占{other.label}{quoted(full, row.unit)}的 {percent(value, full)}"
        )
    if told:
        rule = f"超过{other.label}" if above else f"达到 {limit}%"
        yield Odd(
            f"{row.label}占比异常：{'；'.join(told)}，{rule}。{remedy}", row.section, part, WARN if above else NOTICE
        )


def _above(case, part, whole, remedy, severity):
    """Yield an Odd for the years in which ``part`` exceeds a positive ``whole``."""
    row, other = case.reading.rows.get(part), case.reading.rows.get(whole)
    told = [
        f"{year}年{quoted(value, row.unit)}大于{other.label}{quoted(full, row.unit)}"
        for year, value in (row.figures if row and other else {}).items()
        if (full := other.figures.get(year)) is not None and full > 0 and value > full
    ]
    if told:
        yield Odd(f"{row.label}异常：{'；'.join(told)}。{remedy}", row.section, part, severity)


_REFUSED = "（填报时已作硬性校验，此处复核）"
CHECKS = (
    CrossCheck(
        "balance.rd_staff", "研发人员超过或接近全职员工",
        f"各年度研发人员数量占全职员工数量的比例：达到 {RD_STAFF_SHARE}% 的提示（员工不足 {STAFF_FLOOR} 人的除外），"
        f"超过员工总数的列为需要核实{_REFUSED}。", OURS, rd_staff,
    ),
    CrossCheck(
        "balance.rd_expense", "研发费用超过或接近营业收入",
        f"各年度研发费用总额占营业收入的比例：达到 {RD_EXPENSE_SHARE}% 的提示，超过营业收入的列为需要核实{_REFUSED}；"
        "没有营业收入的年度不比对。", OURS, rd_expense,
    ),
    CrossCheck(
        "balance.main_revenue", "主营业务收入大于营业收入",
        f"各年度主营业务收入与营业收入比对，大于即需要核实{_REFUSED}。", OURS, main_revenue,
    ),
    CrossCheck(
        "balance.exports", "出口额大于营业收入",
        f"各年度出口额与营业收入比对，大于即需要核实{_REFUSED}。", OURS, exports,
    ),
    CrossCheck(
        "balance.profit", "利润大于营业收入",
        "各年度利润总额、净利润总额与营业收入比对，营业收入大于 0 而利润更大的提示。", OURS, profit_above_revenue,
    ),
    CrossCheck(
        "balance.net_profit", "净利润大于利润总额",
        "各年度净利润总额与利润总额比对，利润总额大于 0 而净利润更大的提示。", OURS, net_above_total,
    ),
    CrossCheck(
        "balance.debts", "负债总额大于资产总额",
        "各年度负债总额与资产总额比对，大于即提示；标准另按资产负债率评分。", OURS, debts_above_assets,
    ),
    CrossCheck(
        "balance.products", "主要产品收入合计大于主营业务收入",
        "所列主要产品上年度销售收入合计，与上年度主营业务收入比对，大于即需要核实；相等不提示。",
        OURS, products_above_main_revenue,
    ),
)  # fmt: skip
