"""From the facts of a form to the raw figure of each indicator: one function each (formulas in docs/evaluation.md).

Facts are those of the forms: yearly figures as ``revenue_y1``, money in 万元, ratios in percent. Every function takes
Inputs and returns a Reading; an input that is blank ends it, and ``reading.read`` names the input.
"""
from decimal import Decimal

from applications.computed import number, plain
from applications.computed.formulas import average_growth, margin, per_head, share
from applications.evaluation.reading import LABELS, YEARS, Blank, Reading, rounded

_ZERO = Decimal(0)


def _percent(value):
    return f"{rounded(value)}%"


def _mean(values):
    return sum(values, _ZERO) / len(values)


def _three_years(inputs, part, base):
    """The figures of several rows for three years: {row: (y1, y2, y3)}; all blanks named, the base positive."""
    rows = dict.fromkeys((*part, base))
    flat = inputs.numbers(*(f"{row}_{year}" for row in rows for year in YEARS))
    figures = {row: flat[place * 3 : place * 3 + 3] for place, row in enumerate(rows)}
    for year, value in zip(YEARS, figures[base], strict=True):
        inputs.positive(f"{base}_{year}", value)
    return figures


def _ratio(inputs, part, base, scale):
    """近三年平均: the mean of part / base of each year, in %."""
    rows = _three_years(inputs, (part,), base)
    value = _mean([share(over, under) for over, under in zip(rows[part], rows[base], strict=True)])
    return Reading(((scale, value),), _percent(value))


def _growth(inputs, name, scale):
    """近两年平均: the mean of the growth rates of y1 and y2, in %; the base of each must be positive."""
    present, before, first = inputs.yearly(name)
    inputs.positive(f"{name}_y2", before)
    inputs.positive(f"{name}_y3", first)
    value = average_growth(present, before, first)
    return Reading(((scale, value),), _percent(value))


def _count(inputs, key, scale, unit):
    (value,) = inputs.numbers(key)
    return Reading(((scale, value),), f"{plain(value)} {unit}")


def segment_years(inputs):
    """从事细分市场年限, at the end of last year."""
    return _count(inputs, "segment_years", "segment_years", "年")


def no_data(inputs):
    """An indicator that needs data of all enterprises or of patents that the portal does not have."""
    return Reading(note="平台暂无所需数据，权重由本维度的其他指标分担")


def invention_focus(inputs):
    """发明专利集中度: inventions in the main technical classes / all inventions, %."""
    total, focused = inputs.numbers("inventions", "inventions_main_class")
    if total <= 0:
        return Reading((("invention_focus", _ZERO),), "无发明专利")
    value = share(focused, total)
    return Reading((("invention_focus", value),), f"{_percent(value)}（{plain(focused)}/{plain(total)} 项）")


def standards(inputs):
    """主持或参与制修订标准: 国际、国家 led 3, 行业 led 2, joined 1 each; the weights are the portal's own."""
    national, industry, joined = inputs.numbers(
        "standards_lead_national", "standards_lead_industry", "standards_joined"
    )
    value = 3 * national + 2 * industry + joined
    shown = f"折算 {plain(value)} 项（主持国际、国家 {plain(national)}，主持行业 {plain(industry)}，参与 {plain(joined)}）"
    return Reading((("standards", value),), shown)


def revenue_per_head(inputs):
    """人均营业收入, 万元/人, mean of three years."""
    rows = _three_years(inputs, ("revenue",), "employees")
    value = _mean([per_head(revenue, heads) for revenue, heads in zip(rows["revenue"], rows["employees"], strict=True)])
    return Reading((("revenue_per_head", value),), f"{rounded(value)} 万元/人")


def return_on_assets(inputs):
    """净资产收益率: net profit / net assets, %, mean of three years."""
    return _ratio(inputs, "net_profit", "net_assets", "return_on_assets")


def cost_profit(inputs):
    """成本费用利润率: total profit / (main cost + sales + administration expenses), %, mean of three years."""
    costs = ("main_cost", "sales_expense", "admin_expense")
    rows = _three_years(inputs, (*costs, "total_profit"), "revenue")
    shares = []
    for place, year in enumerate(YEARS):
        cost = sum((rows[row][place] for row in costs), _ZERO)
        if cost <= 0:
            raise Blank(note=f"{inputs.names[year]}成本费用合计为 {plain(cost)}，不是正数，无法计算，计 0 分")
        shares.append(share(rows["total_profit"][place], cost))
    value = _mean(shares)
    return Reading((("cost_profit", value),), _percent(value))


def expense_ratio(inputs):
    """销售和管理费用率: (sales + administration expenses) / revenue, %, mean of three years; lower is better."""
    rows = _three_years(inputs, ("sales_expense", "admin_expense"), "revenue")
    columns = zip(rows["sales_expense"], rows["admin_expense"], rows["revenue"], strict=True)
    value = _mean([share(sales + admin, revenue) for sales, admin, revenue in columns])
    return Reading((("expense_ratio", value),), _percent(value))


def quality_system(inputs):
    """质量管理体系认证情况: the best level."""
    words = {
        "national": "国家级质量奖或能力等级特级", "first": "能力等级一级", "second": "能力等级二级", "iso9001": "ISO9001",
        "none": "无",
    }  # fmt: skip
    level = inputs.answer("quality_level")
    return Reading((("quality_system", level),), words.get(level, level))


def _any(inputs, key, scale):
    """Whether a list of titles or certificates has an entry."""
    held = bool(inputs.answer(key))
    return Reading(((scale, "yes" if held else "no"),), "有" if held else "无")


def product_certificates(inputs):
    """产品获得权威认证情况: any certificate of a developed country's body."""
    return _any(inputs, "product_certificates", "product_certificates")


def gross_margin(inputs):
    """毛利率: (main revenue - main cost) / main revenue, %, mean of three years."""
    rows = _three_years(inputs, ("main_cost",), "main_revenue")
    columns = zip(rows["main_revenue"], rows["main_cost"], strict=True)
    value = _mean([margin(revenue, cost) for revenue, cost in columns])
    return Reading((("gross_margin", value),), _percent(value))


def digital(inputs):
    """数字化: the best of the self-test's score, 智能工厂等称号 and 两化融合; one of them suffices."""
    facts, measures, words = inputs.facts, [], []
    score = number(facts, "digital_score")
    if score is not None:
        measures.append(("digital_score", score))
        words.append(f"评测 {plain(score)} 分")
    if facts.get("smart_titles") is not None:
        measures.append(("smart_titles", "yes" if facts["smart_titles"] else "no"))
        words.append(f"智能工厂等称号{'有' if facts['smart_titles'] else '无'}")
    if facts.get("integration") not in (None, ""):
        measures.append(("integration", facts["integration"]))
        words.append(f"两化融合{'无' if facts['integration'] == 'none' else '有'}")
    if not measures:
        raise Blank(*(LABELS[key] for key in ("digital_score", "smart_titles", "integration")))
    return Reading(tuple(measures), "，".join(words))


def green(inputs):
    """绿色工厂、绿色供应链管理企业、绿色产品…: any title."""
    return _any(inputs, "green_titles", "green")


def pct(inputs):
    """PCT 专利数量."""
    return _count(inputs, "pct_patents", "pct", "件")


def rd_input(inputs):
    """研发投入: the mean amount (万元) and the mean share of revenue (%) of three years, half and half.

    The official list has 24 rows and 23 indicators; amount and share are taken as one (domain.md §3.2).
    """
    rows = _three_years(inputs, ("rd_expense",), "revenue")
    amount = _mean(rows["rd_expense"])
    ratio = _mean([share(spent, revenue) for spent, revenue in zip(rows["rd_expense"], rows["revenue"], strict=True)])
    shown = f"{rounded(amount)} 万元，占比 {_percent(ratio)}"
    return Reading((("rd_amount", amount), ("rd_ratio", ratio)), shown)


def awards(inputs):
    """科技奖项情况: the best level of the last three years."""
    words = {"national": "国家级", "provincial": "省部级", "other": "其他", "none": "无"}
    level = inputs.answer("award_best")
    return Reading((("awards", level),), words.get(level, level))


def inventions(inputs):
    """发明专利数量: 1.0 for one granted in the last three years, 0.5 for an older one."""
    total, recent = inputs.numbers("inventions", "inventions_recent")
    value = recent + (total - recent) / 2
    return Reading((("inventions", value),), f"折算 {plain(value)} 项（共 {plain(total)} 项，近三年 {plain(recent)} 项）")


def rd_body(inputs):
    """研发机构建设水平: the best level; a city's or one's own counts as 自建."""
    words = {"national": "国家级", "provincial": "省部级", "city": "市级", "below": "市级以下（自建）", "none": "无"}
    level = inputs.answer("rd_body_level")
    return Reading((("rd_body", level),), words.get(level, level))


def rd_staff(inputs):
    """研发人员数量, at the end of last year."""
    return _count(inputs, "rd_staff_y1", "rd_staff", "人")


def revenue_growth(inputs):
    """营业收入增长率, mean of two years."""
    return _growth(inputs, "revenue", "revenue_growth")


def profit_growth(inputs):
    """利润增长率: of the total profit (利润总额), mean of two years."""
    return _growth(inputs, "total_profit", "profit_growth")


def net_assets_growth(inputs):
    """净资产增速, mean of two years."""
    return _growth(inputs, "net_assets", "net_assets_growth")


def yes_no(key):
    """Return the function of a bonus item: a yes/no answer."""

    def read(inputs):
        held = inputs.answer(key)
        return Reading(((key, "yes" if held else "no"),), "是" if held else "否")

    return read
