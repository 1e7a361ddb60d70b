"""三、专业化 (domain.md §5.2 part 三): the segment, the share of the main business, the three largest products."""
from accounts.fields import CountField, LineField, YuanField
from applications.computed import plain
from applications.forms.base import Section
from applications.forms.layout import Derived, Fields, RowList
from applications.forms.rows import Row
from applications.forms.shared.computed_values import computed_value

TOP_PRODUCTS = 3


def _top_share(form):
    """Share of the listed products in last year's 营业收入."""
    shares = [row["share"] for row in form.facts["products"] if row["share"] is not None]
    if not shares:
        return Derived(note="缺少：主要产品的销售收入，或上年度营业收入")
    return Derived(shown=f"{plain(round(sum(shares), 2))}%")


class ProductRow(Row):
    """One of the three products with the highest income; its share is computed."""

    units = {"revenue": "万元"}

    name = LineField(label="产品名称", max_length=100)
    revenue = YuanField(label="上年度销售收入")


class SpecializationSection(Section):
    """Growth and shares are computed from the years tables."""

    key = "specialization"
    title = "专业化"
    intro = (
        "细分市场以所属行业的具体细分领域（《国民经济行业分类》4 位代码）为准。"
        "主导产品指核心技术在产品中发挥重要作用、且产品收入之和占企业营业收入 50% 以上的产品。"
    )
    units = {"segment_years": "年"}
    derived = {
        "main_ratio": computed_value("main_ratio_y1"),
        "main_growth_average": computed_value("main_growth_average"),
        "top_share": _top_share,
    }
    derived_labels = {
        "main_ratio": "上年度主营业务收入占营业收入比重",
        "main_growth_average": "近2年主营业务收入平均增长率",
        "top_share": "所列产品收入合计占营业收入比重",
    }
    products = RowList(
        "products", "排名前三的主要产品", ProductRow, "添加产品",
        "按上年度销售收入从高到低填写，最多 3 个，主导产品排在第一。", max_rows=TOP_PRODUCTS,
        required=lambda facts: True, when="至少填写 1 个",
    )  # fmt: skip
    more = (products, Fields(("top_share",)))
    layout = (Fields(("segment_years", "main_ratio", "main_growth_average")), *more)

    segment_years = CountField(
        label="从事特定细分市场时间", unit="年", max_value=200, help_text="截至上年末从事该细分市场的完整年数。"
    )
