"""Sections of 专精特新“小巨人”企业申请书 that both editions share (domain.md §5.2, §5.6)."""
from accounts.fields import LineField, YesNoField
from applications.forms.base import Section
from applications.forms.fields import ChoicesField, ParagraphField
from applications.forms.layout import Fields, Files
from applications.forms.shared import choices, evidence, market, other, quality
from applications.forms.shared.chain import CHAIN_BONUS, ChainBonusFields
from applications.forms.shared.computed_values import computed_value
from applications.forms.shared.proof import claimed, ticked

ROLE_NOTE_LIMIT = 300  # characters, domain.md §5.2
_AUDIT = "从财政部注册会计师行业统一监管平台（acc.mof.gov.cn）下载、带赋码的电子原件，须反映主营业务收入和主营业务成本。"
SPECIALIZED = "省级专精特新中小企业"


class RefinementSection(Section, quality.ManagementFields, quality.ProductFields, quality.QualityFields):
    """四、精细化. 数字化转型水平 has a section of its own before it, because it is never typed."""

    key = "refinement"
    title = "精细化"
    shown_when = quality.OTHER_NAMES | {"core_systems_other": ("core_systems", "other")}
    derived = {"debt_ratio": computed_value("debt_ratio_y1")}
    derived_labels = {"debt_ratio": "上年末资产负债率"}
    blocks = (
        Fields(("core_systems", "core_systems_other"), "核心业务信息系统"),
        Files("system_files", "信息系统证明", "系统采购或开发合同、界面截图等。", ticked("core_systems"), "选了核心业务的必须上传"),
        Fields(("management_certificates", "management_certificates_other"), "管理体系认证"),
        quality.MANAGEMENT_FILES,
        Fields(("product_certificates", "product_certificates_other"), "产品认证"),
        quality.PRODUCT_FILES,
        Fields(("quality_level",), "质量水平"),
        quality.QUALITY_FILES,
        Fields(("debt_ratio",), "资产负债率"),
    )
    layout = blocks

    core_systems = ChoicesField(
        label="采用信息系统支撑的核心业务", choices=[*choices.CORE_SYSTEMS, choices.NONE], exclusive=("none",),
        help_text="可多选。研发设计、生产制造、供应链管理等环节中，已采用信息系统支撑的核心业务。",
    )  # fmt: skip
    core_systems_other = quality.named_other("其他核心业务名称", "核心业务")


class DistinctionSection(Section, market.MarketFields, market.BrandFields):
    """五、特色化; each edition says what it asks of the market share."""

    key = "distinction"
    title = "特色化"
    units = {"market_share": "%", "own_brands": "个", "own_brand_revenue": "万元"}

    market_standing = YesNoField(label="主导产品是否享有较高知名度和影响力")

    market_files = Files("market_files", "市场占有率说明材料", "近两年的市场占有率说明；不需要第三方证明。")
    brand_files = Files(
        "brand_files", "自有品牌证明", "商标注册证，或者品牌实现收入的证明。",
        lambda facts: bool(facts["own_brands"]), "填报了自有品牌的必须上传",
    )  # fmt: skip


class ChainSection(Section, ChainBonusFields):
    """七、产业链配套."""

    key = "chain"
    title = "产业链配套"
    shown_when = dict.fromkeys(("direct_support_names", "support_files"), ("direct_support", "yes"))
    layout = (
        Fields(("chain_name", "chain_key_link", "chain_role_note")),
        Fields(("direct_support", "direct_support_names"), "为知名大企业直接配套"),
        Files("support_files", "直接配套证明", "配套合同、订单或发票。", claimed("direct_support"), "选“是”的必须上传"),
        *CHAIN_BONUS,
    )

    chain_name = LineField(label="所属产业链", max_length=100, help_text="例如：新能源汽车产业链。")
    chain_key_link = YesNoField(
        label="是否位于产业链关键环节，发挥“补短板”“锻长板”“填空白”等重要作用",
        help_text="提升产业链供应链韧性和安全水平的，也选“是”。",
    )
    chain_role_note = ParagraphField(
        label="“补短板”“锻长板”“填空白”情况说明", max_length=ROLE_NOTE_LIMIT,
        help_text=f"说明在产业链中的位置、作用和取得的成效，不超过 {ROLE_NOTE_LIMIT} 字；没有的写“无”。",
    )  # fmt: skip
    direct_support = YesNoField(label="是否为知名大企业直接配套")
    direct_support_names = ParagraphField(
        label="直接配套的知名大企业名称", max_length=300, help_text="每行写一家企业。"
    )


class ProductSection(Section):
    """八、主导产品所属领域; the edition names the fields of its standard."""

    key = "product"
    title = "主导产品所属领域"
    shown_when = {"six_bases": ("strategic_field", "six_bases")}
    layout = (Fields(("main_product", "main_product_category", "strategic_field", "six_bases")),)

    main_product = LineField(label="主导产品名称", max_length=100)
    main_product_category = LineField(
        label="主导产品类别", max_length=120, help_text="按《统计用产品分类目录》填写代码和名称。"
    )


class OtherSection(other.OtherSection):
    """九、其他; the lower title is 专精特新中小企业."""

    shown_when = other.title_conditions("specialized")
    layout = (
        *other.title_blocks("specialized", SPECIALIZED),
        *other.OtherSection.standards,
        *other.OtherSection.titles,
        *other.OtherSection.closing,
    )

    holds_specialized, specialized_number, specialized_until = other.title_fields(SPECIALIZED)


class EvidenceSection(evidence.EvidenceSection):
    """Three years of audit reports and the credit reports (domain.md §5.6)."""

    layout = (
        evidence.LICENCE,
        evidence.SOCIAL_SECURITY,
        *(
            evidence.audit(year, _AUDIT, evidence.existed(year), "有该年度数据的必须上传")
            if year != "y1"
            else evidence.audit(year, _AUDIT)
            for year in ("y1", "y2", "y3")
        ),
        evidence.RD_AUDIT,
        evidence.CREDIT,
        evidence.SIGNED,
        evidence.MORE,
    )
