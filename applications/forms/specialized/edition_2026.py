"""What only the 2026 standard of 专精特新 asks: 附件1 of 工信部企业〔2026〕2号 (domain.md §2.2, §2.3)."""
from accounts.fields import YesNoField
from applications.forms.base import Section
from applications.forms.layout import Fields, Files
from applications.forms.shared import innovation, lists, market, other, quality
from applications.forms.shared.chain import CHAIN_BONUS
from applications.forms.shared.proof import has_ip
from applications.forms.specialized import sections

BASE_TITLE = "科技和创新型中小企业"


class RefinementSection(Section, quality.ProductFields, quality.QualityFields):
    """四、精细化: what the development evaluation counts."""

    key = "refinement"
    title = "精细化"
    shown_when = {"product_certificates_other": quality.OTHER_NAMES["product_certificates_other"]}
    layout = (
        Fields(("quality_level",), "质量水平"),
        quality.QUALITY_FILES,
        Fields(("product_certificates", "product_certificates_other"), "产品认证"),
        quality.PRODUCT_FILES,
    )


class DistinctionSection(Section, market.MarketFields):
    """五、特色化: condition 5, which has no number and is judged by the reviewer."""

    key = "distinction"
    title = "特色化"
    intro = "市场占有率由企业自行说明，不需要第三方证明；市场范围、占有率和名次供审核参考。"
    units = {"market_share": "%"}
    layout = (
        Fields(("market_standing", "market_share_scope", "market_share", "market_rank", "market_note")),
        Files("market_files", "市场占有率说明材料", "文字说明之外的材料，例如行业报告、销售数据。"),
    )

    market_standing = YesNoField(
        label="主导产品在国内或国际细分市场占有率是否较为靠前，享有一定知名度、影响力"
    )


class InnovationSection(innovation.InnovationSection):
    """六、创新能力."""

    layout = innovation.InnovationSection.arrange(
        innovation.ip_list(lists.OwnRightRow, "Ⅰ类须由本企业申请取得（不含受让），并且本企业排在权利人前三名。"),
        Files("ip_files", "知识产权证书", "证书或登记簿副本。", has_ip, "填报了知识产权的必须上传"),
        counts=("ip_class1_effective_shown",),
    )


class ChainSection(sections.ChainSection):
    """主导产品 and the bonus of the evaluation."""

    layout = (Fields(("main_product",)), *CHAIN_BONUS)


class OtherSection(other.OtherSection):
    """九、其他; the lower title is 科技和创新型中小企业."""

    shown_when = other.title_conditions("base_title")
    layout = (
        *other.title_blocks("base_title", BASE_TITLE),
        *other.OtherSection.standards,
        *other.OtherSection.titles,
        *other.OtherSection.closing,
    )

    holds_base_title, base_title_number, base_title_until = other.title_fields(BASE_TITLE)
