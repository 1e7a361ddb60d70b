"""Who is in the demo: every name is invented, every 统一社会信用代码 lies in an area that does not exist."""
from dataclasses import dataclass, field

PASSWORD = "Portal-Demo-2026"  # of every demo account; the demo refuses to load in production


@dataclass(frozen=True)
class DemoOfficer:
    """An officer account."""

    login_name: str
    authority: str
    role: str
    person_name: str


@dataclass(frozen=True)
class DemoEnterprise:
    """An enterprise account and how far its filing has come."""

    login_name: str
    serial: int
    name: str
    region: str
    stage: str
    industry: str = "3569"
    scale: str = "1"  # of every figure, as a decimal
    assessed_scale: str = ""  # of the figures in its 数字化水平评测, where they are others: a case for 核验
    kind: str = "innovative_application"
    figures: dict = field(default_factory=dict)


OFFICERS = (
    DemoOfficer("ministry", "000000", "manager", "部级示例"),
    DemoOfficer("jiangsu", "320000", "manager", "江苏示例"),
    DemoOfficer("nanjing", "320100", "reviewer", "南京示例甲"),
    DemoOfficer("nanjing2", "320100", "reviewer", "南京示例乙"),
    DemoOfficer("dalian", "210200", "manager", "大连示例"),
    DemoOfficer("zhongshan", "210202", "reviewer", "中山示例"),
    DemoOfficer("chongqing", "500000", "manager", "重庆示例"),
    DemoOfficer("yuzhong", "500103", "reviewer", "渝中示例"),
)

#: Stages: new (no basic information yet), draft, city, returned, province, ministry, approved, publicised, recognised,
#: rejected.
ENTERPRISES = (
    DemoEnterprise("nj-new", 90000001, "示例启航精密机械（南京）有限公司", "320102", "new"),
    DemoEnterprise("nj-draft", 90000002, "示例云岭传感技术（南京）有限公司", "320106", "draft", scale="0.8"),
    DemoEnterprise("nj-city", 90000003, "示例长风专用设备（南京）有限公司", "320102", "city"),
    DemoEnterprise("nj-city2", 90000004, "示例明溪半导体装备（南京）有限公司", "320115", "city", industry="3562", scale="2.4"),
    DemoEnterprise(
        "nj-city3", 90000005, "示例青石节能科技（南京）有限公司", "320111", "city", scale="0.5",
        figures={"rd_expense_y1": "38", "main_revenue_y1": "2100"},
    ),
    DemoEnterprise("nj-returned", 90000006, "示例百川液压（南京）有限公司", "320104", "returned", scale="1.3"),
    DemoEnterprise("nj-province", 90000007, "示例东麓自动化（南京）有限公司", "320114", "province", scale="1.7"),
    DemoEnterprise("nj-approved", 90000008, "示例海棠新材料（南京）有限公司", "320113", "approved", scale="0.9"),
    DemoEnterprise("dl-district", 90000009, "示例北屿船舶配套（大连）有限公司", "210202", "city", scale="1.1"),
    DemoEnterprise("dl-public", 90000010, "示例银帆仪器（大连）有限公司", "210202", "publicised", scale="0.7"),
    DemoEnterprise("cq-district", 90000011, "示例山城摩配（重庆）有限公司", "500103", "city", scale="1.5"),
    DemoEnterprise("cq-rejected", 90000012, "示例两江包装（重庆）有限公司", "500103", "rejected", scale="0.6"),
    DemoEnterprise("cq-title", 90000013, "示例嘉陵智能装备（重庆）有限公司", "500103", "recognised", scale="1.2"),
    DemoEnterprise("nj-zjtx", 90000014, "示例松石精密轴承（南京）有限公司", "320102", "draft", kind="specialized_application"),
    DemoEnterprise(
        "nj-zjtx2", 90000015, "示例云台密封件（南京）有限公司", "320106", "city", kind="specialized_application", scale="0.6",
        assessed_scale="0.9",
    ),
    DemoEnterprise("nj-xjr", 90000016, "示例钟山控制技术（南京）有限公司", "320102", "province", kind="little_giant_application"),
    DemoEnterprise(
        "nj-xjr2", 90000017, "示例秦淮激光装备（南京）有限公司", "320115", "ministry", kind="little_giant_application",
        industry="3562", scale="1.6",
    ),
)


def accounts_line():
    """Return the one line about demo accounts that ``script/server`` prints."""
    enterprises = "、".join(("nj-new", "nj-draft", "nj-returned", "cq-title", "nj-zjtx（专精特新）", "nj-xjr（小巨人）"))
    officers = "、".join(("nanjing（市）", "jiangsu（省）", "ministry（部）", "zhongshan、dalian（大连）", "yuzhong、chongqing（重庆）"))
    return f"演示账户（口令 {PASSWORD}）：企业 {enterprises}；主管部门 {officers}"
