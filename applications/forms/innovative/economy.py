"""二、经济效益和经营情况, three full accounting years (domain.md §5.2 part 二, §1.9.1)."""
from applications.forms.base import Section
from applications.forms.layout import YearRow, YearsTable

ROWS = (
    YearRow("employees", "全职员工数量", "人", whole=True),
    YearRow("rd_staff", "研发人员数量", "人", whole=True, part=True),
    YearRow("rd_staff_ratio", "研发人员占比", "%", computed=True),
    YearRow("revenue", "营业收入", "万元"),
    YearRow("main_revenue", "主营业务收入", "万元", part=True),
    YearRow("main_ratio", "主营业务收入占营业收入比重", "%", computed=True),
    YearRow("main_growth", "主营业务收入增长率", "%", computed=True),
    YearRow("net_profit", "净利润总额", "万元", losses=True),
    YearRow("net_profit_growth", "净利润增长率", "%", computed=True),
    YearRow("total_assets", "资产总额", "万元"),
    YearRow("total_liabilities", "负债总额", "万元"),
    YearRow("debt_ratio", "资产负债率", "%", computed=True),
    YearRow("rd_expense", "研发费用总额", "万元"),
    YearRow("rd_ratio", "研发费用占营业收入比重", "%", computed=True),
)


class EconomySection(Section):
    """Figures of the audited year-end reports; ratios and growth rates are computed."""

    key = "economy"
    title = "经济效益和经营情况"
    intro = (
        "填写经审计的年末数据，与审计报告一致。金额单位为万元，最多两位小数；净利润亏损的填负数，例如 -12.5。"
        "占比、增长率等灰色格由系统自动计算，不能填写；为空时会说明缺少哪一项。"
    )
    layout = (YearsTable("figures", "近三年主要数据", ROWS, "企业成立前的年度可不填。"),)
