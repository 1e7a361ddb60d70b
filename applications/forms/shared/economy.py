"""二、经济效益和经营情况, three full accounting years (domain.md §5.2 part 二, §3.3, §1.9.1).

研发费用 stands in the section 创新能力, where the official form asks for it.
"""
from accounts.fields import YuanField
from applications.forms.base import Section
from applications.forms.layout import Fields, YearRow, YearsTable

STAFF = (
    YearRow("employees", "全职员工数量", "人", whole=True),
    YearRow("rd_staff", "研发人员数量", "人", whole=True, part=True),
)
INCOME = (
    YearRow("revenue", "营业收入", "万元"),
    YearRow("main_revenue", "主营业务收入", "万元", part=True),
    YearRow("revenue_growth", "营业收入增长率", "%", computed=True),
    YearRow("main_growth", "主营业务收入增长率", "%", computed=True),
    YearRow("main_cost", "主营业务成本", "万元"),
    YearRow("gross_margin", "毛利率", "%", computed=True),
    YearRow("sales_expense", "销售费用", "万元"),
    YearRow("admin_expense", "管理费用", "万元"),
    YearRow("revenue_per_head", "人均营业收入", "万元/人", computed=True),
)
PROFIT = (
    YearRow("total_profit", "利润总额", "万元", losses=True),
    YearRow("net_profit", "净利润总额", "万元", losses=True),
    YearRow("net_margin", "净利润率", "%", computed=True),
    YearRow("net_profit_growth", "净利润增长率", "%", computed=True),
    YearRow("tax", "上缴税金", "万元"),
)
BALANCE = (
    YearRow("total_assets", "资产总额", "万元"),
    YearRow("net_assets", "净资产", "万元", losses=True),
    YearRow("total_liabilities", "负债总额", "万元"),
    YearRow("debt_ratio", "资产负债率", "%", computed=True),
)
FINANCE = (
    YearRow("equity_financing", "股权融资总额", "万元"),
    YearRow("bank_loans", "银行贷款", "万元"),
    YearRow("exports", "出口额", "万元"),
)


class EconomySection(Section):
    """Figures of the audited year-end reports; ratios and growth rates are computed."""

    key = "economy"
    title = "经济效益和经营情况"
    intro = (
        "填写经审计的年末数据，与审计报告一致；有子公司的，按《企业会计准则》合并报表填写。金额单位为万元，最多两位小数；"
        "没有的填 0，亏损填负数，例如 -12.5。灰色格由系统自动计算，不能填写；为空时会说明缺少哪一项。企业成立前的年度可不填。"
    )
    units = {"valuation": "万元"}
    layout = (
        YearsTable("staff", "人员", STAFF, "全职员工数量按年末人数，与社保缴费人数相符；研发人员指直接从事研发及相关技术活动的人员。"),
        YearsTable(
            "income", "收入与成本", INCOME,
            "主营业务收入、主营业务成本按审计报告附注填写。毛利率 =（主营业务收入 − 主营业务成本）÷ 主营业务收入；"
            "增长率 =（本年 − 上年）÷ 上年。",
        ),
        YearsTable("profit", "利润与税金", PROFIT, "上缴税金指当年实际缴纳的各项税金。净利润率 = 净利润总额 ÷ 营业收入。"),
        YearsTable("balance", "资产与负债", BALANCE, "按年末数填写。净资产即所有者权益，等于资产总额减负债总额。"),
        YearsTable(
            "finance", "融资与出口", FINANCE,
            "股权融资指通过增资引入新股东、出让股权不超过 30% 取得的资金；银行贷款填年末余额；出口额按人民币折算。",
        ),
        Fields(("valuation",)),
    )  # fmt: skip

    valuation = YuanField(label="企业估值", required=False, help_text="按最近一次股权融资的估值填写；没有的不填。")
