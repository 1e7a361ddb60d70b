"""The indicators of 《中小企业专精特新发展评价指标体系（试行）》: 5 dimensions, 16 second-level, 23 third-level, a bonus.

Order and the grouping of 专业化, 精细化 and 创新能力 are published; second levels of 特色化 and 成长性 are the portal's
names (domain.md §3.2).
"""
from collections.abc import Callable
from dataclasses import dataclass

from applications.evaluation import figures
from applications.evaluation.reading import LABELS

POINTS, RELATIVE = "points", "relative"


@dataclass(frozen=True)
class Indicator:
    """One third-level indicator: where it stands, how it is computed, in words and as a function.

    ``compared`` is how its figure is held against the industry mean of the same code: POINTS (percentage points),
    RELATIVE (% of the mean) or "" for none. ``best`` takes the best of several measures, otherwise their mean.
    """

    code: str
    label: str
    dimension: str
    second: str
    formula: str
    read: Callable
    compared: str = ""
    unit: str = ""
    best: bool = False

    @property
    def has_data(self) -> bool:
        """Whether the portal has what it is computed from."""
        return self.read is not figures.no_data


DIMENSIONS = {
    "specialization": "专业化",
    "refinement": "精细化",
    "distinction": "特色化",
    "innovation": "创新能力",
    "growth": "成长性",
}
BONUS_LABEL = "产业链（加分）"


def _in(dimension, second, *rows):
    return [
        Indicator(code, label, dimension, second, formula, read, **more) for code, label, formula, read, more in rows
    ]


_PCT = {"compared": POINTS, "unit": "个百分点"}
_DURING = "近三年平均"
INDICATORS = {
    indicator.code: indicator
    for indicator in (
        *_in(
            "specialization", "业务专注",
            ("segment_years", "从事细分市场年限", "截至上年末从事特定细分市场的年数", figures.segment_years, {}),
            ("segment_rank", "细分行业营业收入排名", "近三年平均营业收入在细分行业中的名次", figures.no_data, {}),
        ),
        *_in(
            "specialization", "技术聚焦",
            ("invention_focus", "发明专利集中度", "主导产品主要技术类别的发明专利 ÷ 全部有效发明专利", figures.invention_focus, {}),
        ),
        *_in(
            "specialization", "专业地位",
            ("standards", "主持或参与制修订国际、国家、行业标准数量",
             "主持国际、国家标准×3 ＋ 主持行业标准×2 ＋ 参与×1", figures.standards, {}),
        ),
        *_in(
            "refinement", "经营效率",
            ("revenue_per_head", "人均营业收入超出行业均值情况", f"{_DURING}（营业收入 ÷ 全职员工数量），与行业均值之差占均值的百分比",
             figures.revenue_per_head, {"compared": RELATIVE, "unit": "万元/人"}),
            ("return_on_assets", "净资产收益率超出行业均值情况", f"{_DURING}（净利润 ÷ 净资产）减行业均值", figures.return_on_assets, _PCT),
            ("cost_profit", "成本（费用）利润率超出行业均值情况",
             f"{_DURING}（利润总额 ÷（主营业务成本＋销售费用＋管理费用））减行业均值", figures.cost_profit, _PCT),
        ),
        *_in(
            "refinement", "管理效率",
            ("expense_ratio", "销售和管理费用率超出行业均值情况",
             f"{_DURING}（（销售费用＋管理费用）÷ 营业收入）减行业均值，反向指标，越低得分越高", figures.expense_ratio, _PCT),
        ),
        *_in(
            "refinement", "质量控制",
            ("quality_system", "质量管理体系认证情况", "国家级质量奖或能力等级特级＞一级＞二级＞ISO9001＞无", figures.quality_system, {}),
            ("product_certificates", "产品获得权威认证情况", "有发达国家和地区的产品认证即得分", figures.product_certificates, {}),
        ),
        *_in(
            "distinction", "产品附加值",
            ("gross_margin", "毛利率超出行业均值情况",
             f"{_DURING}（（主营业务收入－主营业务成本）÷ 主营业务收入）减行业均值", figures.gross_margin, _PCT),
        ),
        *_in(
            "distinction", "数字化发展",
            ("digital", "数字化转型水平", "数字化水平评测得分、智能工厂等称号、两化融合水平，取其中最高的一项", figures.digital, {"best": True}),
        ),
        *_in(
            "distinction", "绿色化发展",
            ("green", "绿色工厂、绿色供应链管理企业、绿色产品等称号", "有其中一项称号即得分", figures.green, {}),
        ),
        *_in("distinction", "国际化布局", ("pct", "PCT 专利数量", "PCT 专利数量", figures.pct, {})),
        *_in(
            "innovation", "创新投入",
            ("rd_input", "研发投入及占比", f"{_DURING}研发费用（万元）与占营业收入比重（%），各占一半", figures.rd_input, {}),
        ),
        *_in(
            "innovation", "创新产出",
            ("awards", "科技奖项情况", "近三年最高级别：国家级＞省部级＞其他＞无", figures.awards, {}),
            ("inventions", "发明专利数量", "近三年授权的×1 ＋ 更早的×0.5", figures.inventions, {}),
            ("network", "发明专利网络点度中心度", "在专利引用网络中的点度中心度", figures.no_data, {}),
        ),
        *_in(
            "innovation", "创新组织",
            ("rd_body", "研发机构建设水平", "最高级别：国家级＞省部级＞自建＞无", figures.rd_body, {}),
            ("rd_staff", "研发人员数量", "上年末研发人员数量", figures.rd_staff, {}),
        ),
        *_in(
            "growth", "收入成长",
            ("revenue_growth", "营业收入增长率超出行业均值情况", "近两年平均增长率减行业均值", figures.revenue_growth, _PCT),
        ),
        *_in(
            "growth", "利润成长",
            ("profit_growth", "利润增长率超出行业均值情况", "利润总额近两年平均增长率减行业均值", figures.profit_growth, _PCT),
        ),
        *_in(
            "growth", "资产成长",
            ("net_assets_growth", "净资产增速超出行业均值情况", "净资产近两年平均增长率减行业均值", figures.net_assets_growth, _PCT),
        ),
    )
}  # fmt: skip

BONUS = {
    indicator.code: indicator
    for indicator in _in(
        "bonus", "产业链",
        ("chain_work", LABELS["chain_work"], "是即加分", figures.yes_no("chain_work"), {}),
        ("chain_honours", LABELS["chain_honours"], "是即加分", figures.yes_no("chain_honours"), {}),
        ("entity_list", LABELS["entity_list"], "是即加分", figures.yes_no("entity_list"), {}),
    )
}  # fmt: skip

#: Figures that have an industry mean: code -> (label, unit).
MEAN_FIGURES = {
    "revenue_per_head": ("人均营业收入", "万元/人"),
    "return_on_assets": ("净资产收益率", "%"),
    "cost_profit": ("成本（费用）利润率", "%"),
    "expense_ratio": ("销售和管理费用率", "%"),
    "gross_margin": ("毛利率", "%"),
    "revenue_growth": ("营业收入增长率", "%"),
    "profit_growth": ("利润增长率", "%"),
    "net_assets_growth": ("净资产增速", "%"),
}
