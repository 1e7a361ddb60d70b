"""六、创新能力 (domain.md §5.2 part 六): 研发费用, intellectual property, research bodies, awards, equity."""
from accounts.fields import CountField
from applications.forms.base import Section
from applications.forms.layout import Fields, Files, RowList, YearRow, YearsTable
from applications.forms.shared.computed_values import fact_count
from applications.forms.shared.lists import AwardRow, BodyRow, EquityRow
from applications.forms.shared.proof import has_bodies, has_equity

RESEARCH = YearsTable(
    "research",
    "研发投入",
    (
        YearRow("rd_expense", "研发费用总额", "万元"),
        YearRow("rd_ratio", "研发费用占营业收入比重", "%", computed=True),
        YearRow("rd_staff_ratio", "研发人员占比", "%", computed=True),
    ),
    "研发费用总额按审计报告的研发费用填写；审计报告没有单独列示的，按研发费用专项审计报告填写。",
)
IP_NOTE = (
    "只填与主导产品相关、目前有效的知识产权。Ⅰ类：发明专利（含国防专利）、植物新品种、国家级农作物品种、国家新药、"
    "国家一级中药保护品种、集成电路布图设计专有权。Ⅱ类：软件著作权（不含商标），授权后维持超过 2 年的实用新型专利和外观设计专利。"
)
BODY_NOTE = "自建或者与高校、科研机构联合建立的研发机构，包括技术研究院、企业技术中心、企业工程中心、院士专家工作站、博士后工作站等。"
AWARD_NOTE = (
    "填写企业作为获奖单位的科技奖励。国家级：科技进步奖、自然科学奖、技术发明奖、国防科技奖；省级：一、二、三等奖。"
    "“近三年”以证书日期为准。"
)
EQUITY_NOTE = "填写近三年通过增资引入新股东、出让股权不超过 30% 的融资，每笔实缴一行；只有合格机构投资者的实缴额计入标准。"


def ip_list(row, note=""):
    """Return the list of 知识产权 with the columns of an edition."""
    return RowList("ip", "知识产权", row, "添加知识产权", IP_NOTE + note, max_rows=300)


class InnovationSection(Section):
    """Counts follow from the lists; the layout of an edition names its list of 知识产权 and its own questions."""

    key = "innovation"
    title = "创新能力"
    intro = "占比由系统按经济效益和经营情况的数据自动计算。名单中每项填一行，没有的不填。"
    units = {"pct_patents": "项"}
    derived = {
        "ip_class1_shown": fact_count("ip_class1"),
        "ip_class2_shown": fact_count("ip_class2"),
        "ip_class1_effective_shown": fact_count("ip_class1_effective"),
        "ip_class1_effective_2022_shown": fact_count("ip_class1_effective_2022"),
        "inventions_shown": fact_count("inventions"),
    }
    derived_labels = {
        "ip_class1_shown": "Ⅰ类知识产权数量（计入的）",
        "ip_class2_shown": "Ⅱ类知识产权数量（计入的）",
        "ip_class1_effective_shown": "符合认定标准、已应用并产生效益的Ⅰ类知识产权数量",
        "ip_class1_effective_2022_shown": "已实际应用并产生经济效益的Ⅰ类知识产权数量",
        "inventions_shown": "其中：已实际应用的发明专利数量",
    }
    bodies = RowList("rd_bodies", "研发机构", BodyRow, "添加研发机构", BODY_NOTE)
    body_files = Files(
        "body_files", "研发机构证明材料", "批复或认定文件、人员和设备清单、场地照片等；不接受只有牌匾照片的。",
        has_bodies, "填报了研发机构的必须上传",
    )  # fmt: skip
    awards = RowList("awards", "科技奖励", AwardRow, "添加科技奖励", AWARD_NOTE)
    award_files = Files(
        "award_files", "科技奖励证书", "证书须列明获奖单位和日期。",
        lambda facts: bool(facts["awards"]), "填报了科技奖励的必须上传",
    )  # fmt: skip
    equity = RowList("equity", "股权融资", EquityRow, "添加股权融资", EQUITY_NOTE)
    equity_files = Files(
        "equity_files", "股权融资证明材料", "银行回单、验资证明和投资机构的备案证明。",
        has_equity, "填报了股权融资的必须上传",
    )  # fmt: skip

    pct_patents = CountField(
        label="PCT 专利数量", unit="项", max_value=99_999, help_text="通过《专利合作条约》途径提交的国际专利申请；没有的填 0。"
    )

    @classmethod
    def arrange(cls, ip, ip_files, *, counts=(), questions=()):
        """Return the layout with the list of 知识产权, its certificates, shown counts and further blocks."""
        return (
            RESEARCH, ip,
            Fields(("ip_class1_shown", "inventions_shown", *counts, "pct_patents"), "知识产权数量"),
            ip_files, cls.bodies, cls.body_files, cls.awards, cls.award_files, *questions, cls.equity, cls.equity_files,
        )  # fmt: skip
