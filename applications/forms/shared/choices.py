"""Options of the forms, with the values that standards and evaluation read (domain.md §1.7, §1.8, §2.3, §3.2)."""
from django.db import models


class IpClass(models.TextChoices):
    """知识产权类别 (domain.md §1.9.3, §1.9.5)."""

    ONE = "1", "Ⅰ类"
    TWO = "2", "Ⅱ类"


class IpKind(models.TextChoices):
    """知识产权种类; 商标 is not one of them (domain.md §1.9.5)."""

    INVENTION = "invention", "发明专利"
    DEFENCE = "defence", "国防专利"
    PLANT = "plant", "植物新品种"
    CROP = "crop", "国家级农作物品种"
    DRUG = "drug", "国家新药"
    MEDICINE = "medicine", "国家一级中药保护品种"
    LAYOUT = "layout", "集成电路布图设计专有权"
    SOFTWARE = "software", "软件著作权"
    UTILITY = "utility", "实用新型专利"
    DESIGN = "design", "外观设计专利"


#: Kinds that are Ⅱ类; all others are Ⅰ类.
CLASS2_KINDS = frozenset({IpKind.SOFTWARE, IpKind.UTILITY, IpKind.DESIGN})
#: Kinds that count as 发明专利 (§1.9.3: 含国防专利).
INVENTION_KINDS = frozenset({IpKind.INVENTION, IpKind.DEFENCE})


class BodyKind(models.TextChoices):
    """研发机构类型 (domain.md §1.8)."""

    INSTITUTE = "institute", "技术研究院"
    TECHNOLOGY_CENTRE = "technology_centre", "企业技术中心"
    ENGINEERING_CENTRE = "engineering_centre", "企业工程中心"
    ACADEMICIAN = "academician", "院士专家工作站"
    POSTDOCTORAL = "postdoctoral", "博士后工作站"
    OTHER = "other", "其他研发机构"


class BodyLevel(models.TextChoices):
    """研发机构级别, best first (domain.md §1.7)."""

    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省部级"
    CITY = "city", "市级"
    BELOW = "below", "市级以下"


class BodyMode(models.TextChoices):
    """研发机构建设方式 (domain.md §1.8)."""

    OWN = "own", "自建"
    JOINT = "joint", "与高校、科研机构联合建立"


class AwardLevel(models.TextChoices):
    """科技奖励级别, best first (domain.md §3.2)."""

    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省部级"
    OTHER = "other", "其他"


class AwardKind(models.TextChoices):
    """科技奖励种类 (domain.md §1.9.12)."""

    PROGRESS = "progress", "科技进步奖"
    NATURAL = "natural", "自然科学奖"
    INVENTION = "invention", "技术发明奖"
    DEFENCE = "defence", "国防科技奖"
    OTHER = "other", "其他科技奖"


CORE_SYSTEMS = (
    ("rd_design", "研发设计"),
    ("manufacturing", "生产制造"),
    ("supply_chain", "供应链管理"),
    ("other", "其他"),
)
MANAGEMENT_CERTIFICATES = (
    ("iso9000", "ISO9000 质量管理体系"),
    ("iso14000", "ISO14000 环境管理体系"),
    ("ohsas18000", "OHSAS18000 职业健康安全管理体系"),
    ("other", "其他"),
)
PRODUCT_CERTIFICATES = (
    ("ul", "UL 认证"),
    ("csa", "CSA 认证"),
    ("etl", "ETL 认证"),
    ("gs", "GS 认证"),
    ("other", "其他"),
)
#: 质量管理体系认证情况, best first (domain.md §3.2).
QUALITY_LEVELS = (
    ("national", "获得国家级质量奖，或质量管理能力达到特级"),
    ("first", "质量管理能力达到一级"),
    ("second", "质量管理能力达到二级"),
    ("iso9001", "通过 ISO9001 质量管理体系认证"),
    ("none", "均没有"),
)
#: The box of a question with several boxes that says: none of them.
NONE = ("none", "均没有")
#: 六基 (domain.md §2.3).
SIX_BASES = (
    ("components", "核心基础零部件"),
    ("elements", "核心基础元器件"),
    ("software", "关键软件"),
    ("processes", "先进基础工艺"),
    ("materials", "关键基础材料"),
    ("technology", "产业技术基础"),
)
#: 主导产品所属领域 of the 2022 standard (domain.md §1.8).
FIELDS_2022 = (
    ("six_bases", "制造业核心基础零部件、元器件、关键软件、先进基础工艺、关键基础材料、产业技术基础（六基）"),
    ("key_industries", "制造强国战略明确的十大重点产业领域"),
    ("network_power", "网络强国建设的信息基础设施、关键核心技术、网络安全、数据安全领域"),
    ("none", "其他领域"),
)
#: 主导产品所属领域 of the 2026 standard (domain.md §2.3).
FIELDS_2026 = (
    ("six_bases", "核心基础零部件、核心基础元器件、关键软件、先进基础工艺、关键基础材料、产业技术基础（六基）"),
    ("traditional", "改造提升传统产业"),
    ("emerging", "培育壮大新兴产业"),
    ("future", "布局建设未来产业"),
    ("none", "其他领域"),
)
#: 主导产品所属领域情况, indicator 4 of 专精特新 2022 (domain.md §1.7).
CHAIN_POSITIONS = (
    ("A", "在产业链供应链关键环节及关键领域“补短板”“锻长板”“填空白”取得实际成效"),
    ("B", "属于工业“六基”领域、中华老字号名录或企业主导产品服务关键产业链重点龙头企业"),
    ("C", "其他"),
)
MARKET_SCOPES = (("domestic", "国内细分市场"), ("international", "国际细分市场"))
SMART_TITLES = (
    ("factory", "智能工厂"),
    ("workshop", "智能车间、数字化车间"),
    ("demonstration", "智能制造示范、试点"),
    ("other", "其他"),
)
GREEN_TITLES = (
    ("factory", "绿色工厂"),
    ("supply_chain", "绿色供应链管理企业"),
    ("product", "绿色产品"),
    ("other", "其他"),
)
INTEGRATION = (
    ("standard", "通过两化融合管理体系贯标"),
    ("level", "完成两化融合水平评估"),
    ("none", "均没有"),
)
