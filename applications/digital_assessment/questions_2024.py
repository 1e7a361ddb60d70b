"""The 15 scored questions of the 2024 edition, manufacturing set (domain.md §4.2).

Points are those of the platform. Where the table gives data fields, the option is computed from them instead of being
chosen. Ours, because the table does not name them: 无 where a multiple question lists measures only, the year before
beside 月均产品合格率, and 近三年平均营业额 as the base of 数字化投入占比.
"""
from decimal import Decimal

from applications.digital_assessment import readings
from applications.digital_assessment.base import Figure, Option, Question
from applications.digital_assessment.readings import LESS, MORE, SAME, change, share

FOUNDATION, MANAGEMENT, RESULTS = "数字化基础", "数字化管理", "数字化成效"
NONE = Option("none", "无", Decimal(0), exclusive=True)
COUNT = {"unit": "台", "places": 0, "most": 10_000_000}
#: The smallest turnover that something can be divided by.
SOME = Decimal("0.01")


def _options(points, **texts):
    """Return options of the same worth."""
    return tuple(Option(code, text, Decimal(points)) for code, text in texts.items())


def _ladder(*steps):
    """Return options of a single question from (code, points, text)."""
    return tuple(Option(code, text, Decimal(points)) for code, points, text in steps)


def _bands(*points):
    """Return the five bands of a share, worth ``points`` in their order."""
    codes = [code for _, code in readings.BANDS]
    return tuple(
        Option(code, readings.BAND_TEXTS[code], Decimal(worth)) for code, worth in zip(codes, points, strict=True)
    )


def _changes(**points):
    """Return the three ways to change; the keywords are less, same and more."""
    return tuple(Option(code, readings.CHANGE_TEXTS[code], Decimal(worth)) for code, worth in points.items())


def _years(key, label, unit, **limits):
    """Return the two figures of a value: last year and the year before."""
    return (
        Figure(f"{key}_last", f"上年{label}", unit, same_as=f"{key}_before", **limits),
        Figure(f"{key}_before", f"前年{label}", unit, **limits),
    )


_EQUIPMENT = ("0", "1.5", "3", "4.5", "6")
_REVENUE = ("revenue_last", "revenue_before")

_FOUNDATION = (
    Question(
        "q1", FOUNDATION, "设备系统", "网络建设", "企业网络建设连接情况", multiple=True,
        options=(NONE, *_options(
            "2",
            plant="建设了车间工控网络，支持生产过程自动化控制",
            system="建设了应用系统网络，支持大规模设备、人员、系统互联",
            g5="建设或租用了 5G 工业网络",
            full="网络全面覆盖生产现场和各业务环节，可扩展智能化应用",
        )),
    ),
    Question(
        "q2", FOUNDATION, "设备系统", "设备数字化", "企业生产设备数字化率", options=_bands(*_EQUIPMENT),
        figures=(
            Figure("equipment", "生产设备数量", help="没有生产设备的填 0，按 0% 计算。", **COUNT),
            Figure("equipment_digital", "数字化生产设备数量", **COUNT),
        ),
        needs=("equipment", "equipment_digital"),
        read=share("equipment_digital", "equipment", "生产设备数字化率"),
        help="数字化率 = 数字化生产设备数量 ÷ 生产设备数量。",
    ),
    Question(
        "q3", FOUNDATION, "设备系统", "设备联网", "企业生产设备联网率", options=_bands(*_EQUIPMENT),
        figures=(Figure("equipment_connected", "联网的生产设备数量", **COUNT),),
        needs=("equipment", "equipment_connected"),
        read=share("equipment_connected", "equipment", "生产设备联网率"),
        help="联网率 = 联网的生产设备数量 ÷ 第 2 题的生产设备数量。",
    ),
    Question(
        "q4", FOUNDATION, "数据采集", "数据采集", "企业实现数据自动采集的业务环节覆盖范围", multiple=True,
        options=(
            NONE,
            *_options(
                "0.7", product_design="产品设计", process_design="工艺设计", marketing="营销管理", service="售后服务",
                planning="计划排程", production="生产管控", quality="质量管理", maintenance="设备管理", safety="安全生产",
                energy="能耗管理", purchasing="采购管理", storage="仓储物流", finance="财务管理",
            ),
            Option("personnel", "人力资源", Decimal("0.9")),
        ),
    ),
    Question(
        "q5", FOUNDATION, "信息系统", "信息系统", "企业使用本地部署或云化部署的信息化服务的情况",
        options=_ladder(
            ("none", "0", "无"),
            ("one", "2.5", "单个业务环节使用了信息化服务"),
            ("several", "5", "多个业务环节（2 个及以上）使用了信息化服务"),
            ("most", "7.5", "绝大部分业务环节（80% 以上）使用了信息化服务"),
            ("all", "10", "信息化服务覆盖了全部业务环节"),
        ),
    ),
    Question(
        "q6", FOUNDATION, "信息安全", "网络安全", "企业在保障网络安全方面采取的举措", multiple=True,
        options=(NONE, *_options(
            "1.25",
            rules="建立了网络安全管理制度",
            products="使用了网络安全产品及服务",
            risk="开展了网络安全风险评估",
            border="在网络边界采取了访问控制，并具备入侵检测、恶意代码检测能力",
        )),
    ),
    Question(
        "q7", FOUNDATION, "信息安全", "数据安全", "企业在保障数据安全方面采取的举措", multiple=True,
        options=(NONE, *_options(
            "1.25",
            rules="建立了数据安全管理制度",
            products="使用了数据安全产品及服务",
            risk="开展了数据安全风险评估",
            register="建立了数据台账，并定期核验",
        )),
    ),
)  # fmt: skip

_MANAGEMENT = (
    Question(
        "q8", MANAGEMENT, "规划管理", "规划实施", "企业对数字化的认识与执行水平",
        options=_ladder(
            ("none", "0", "无"),
            ("aware", "1.5", "主动了解过数字化转型相关内容"),
            ("planned", "3", "制定了数字化转型规划或计划，并有保障措施"),
            ("partial", "4.5", "开展了单点或多点的数字化改造"),
            ("changed", "6", "通过数字化改变了业务模式或决策方式，并取得成效"),
            ("visits", "7.5", "定期组织员工开展数字化转型参观交流"),
        ),
    ),
    Question(
        "q9", MANAGEMENT, "规划管理", "管理机制", "企业建立的数字化管理制度", multiple=True,
        options=(NONE, *_options(
            "1.875",
            process="数字化转型实施流程方面的制度",
            systems="信息系统建设与运营方面的制度",
            data="数据资源管理方面的制度",
            incentive="数字化创新激励方面的制度",
        )),
    ),
    Question(
        "q10", MANAGEMENT, "要素保障", "人才建设", "企业在数字化人才建设方面采取的举措", multiple=True,
        options=(NONE, *_options(
            "1.5",
            people="配备了数字化专职或兼职人才",
            posts="设置了数字化岗位或部门",
            training="定期开展数字化培训",
            pay="制定了数字化人才的绩效薪酬措施",
            ladder="建立了数字化人才梯度培育机制",
        )),
    ),
    Question(
        "q11", MANAGEMENT, "要素保障", "资金保障", "企业近三年平均数字化投入占营业额的比例",
        options=_bands("0", "1.875", "3.75", "5.625", "7.5"),
        figures=(
            Figure("digital_spending", "近三年平均数字化投入", unit="万元/年"),
            Figure("mean_revenue", "近三年平均营业额", unit="万元/年", least=SOME, help="成立不满三年的，按实际年数平均。"),
        ),
        needs=("digital_spending", "mean_revenue"),
        read=share("digital_spending", "mean_revenue", "数字化投入占比"),
        help="占比 = 近三年平均数字化投入 ÷ 近三年平均营业额。",
    ),
)  # fmt: skip

_RESULTS = (
    Question(
        "q12", RESULTS, "绿色低碳", "绿色低碳", "企业上年每百元营业收入综合能源消费量较前年的变化情况",
        options=_changes(**{MORE: "0", SAME: "3.5", LESS: "7"}),
        figures=_years("energy", "综合能源消费量", "吨标准煤", places=3),
        needs=("energy_last", "energy_before", *_REVENUE),
        read=change("每百元营业收入综合能源消费量", "千克标准煤", readings.energy_per_revenue),
        help="营业收入取第 14 题填写的数。",
    ),
    Question(
        "q13", RESULTS, "产品质量", "产品质量", "企业上年月均产品合格率较前年的变化情况",
        options=_changes(**{LESS: "0", SAME: "3.5", MORE: "7"}),
        figures=_years("pass_rate", "月均产品合格率", "%", most=100),
        needs=("pass_rate_last", "pass_rate_before"),
        read=change("月均产品合格率", "%", readings.pass_rate),
    ),
    Question(
        "q14", RESULTS, "市场效益", "市场表现", "企业上年人均营业收入较前年的变化情况",
        options=_changes(**{LESS: "0", SAME: "1.5", MORE: "3"}),
        figures=(
            *_years("employees", "员工人数", "人", places=0, least=1, most=10_000_000),
            *_years("revenue", "营业收入", "万元", least=SOME),
        ),
        needs=("employees_last", "employees_before", *_REVENUE),
        read=change("人均营业收入", "万元", readings.revenue_per_head),
    ),
    Question(
        "q15", RESULTS, "市场效益", "价值效益", "企业上年每百元营业收入中的成本较前年的变化情况",
        options=_changes(**{MORE: "0", SAME: "1.5", LESS: "3"}),
        figures=_years("cost", "成本", "万元"),
        needs=("cost_last", "cost_before", *_REVENUE),
        read=change("每百元营业收入中的成本", "元", readings.cost_per_revenue),
        help="营业收入取第 14 题填写的数。",
    ),
)  # fmt: skip

QUESTIONS = _FOUNDATION + _MANAGEMENT + _RESULTS
