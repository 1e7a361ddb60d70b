"""What only the 2026 standard of 小巨人 asks: 附件2 of 工信部企业〔2026〕2号 (domain.md §2.3)."""
from accounts.fields import OptionField
from applications.forms.layout import Fields, Files
from applications.forms.little_giant import sections
from applications.forms.shared import innovation, lists, specialization
from applications.forms.shared.choices import FIELDS_2026, SIX_BASES
from applications.forms.shared.computed_values import computed_value
from applications.forms.shared.proof import has_other_class1


class SpecializationSection(specialization.SpecializationSection):
    """三、专业化 with the compound growth of the whole revenue."""

    derived = specialization.SpecializationSection.derived | {
        "revenue_compound_growth": computed_value("revenue_compound_growth")
    }
    derived_labels = specialization.SpecializationSection.derived_labels | {
        "revenue_compound_growth": "近两年营业收入复合增长率"
    }
    layout = (
        Fields(("segment_years", "main_ratio", "main_growth_average", "revenue_compound_growth")),
        *specialization.SpecializationSection.more,
    )


class DistinctionSection(sections.DistinctionSection):
    """五、特色化: share or rank, in the national or the international segment."""

    layout = (
        Fields(
            ("market_share_scope", "market_share", "market_rank", "market_standing", "market_note"),
            "主导产品市场占有率",
        ),
        sections.DistinctionSection.market_files,
        Fields(("own_brands", "own_brand_revenue"), "自有品牌"),
        sections.DistinctionSection.brand_files,
    )


class InnovationSection(innovation.InnovationSection):
    """六、创新能力; patents need no certificate."""

    layout = innovation.InnovationSection.arrange(
        innovation.ip_list(lists.OwnRightRow, "Ⅰ类须由本企业申请取得（不含受让），并且本企业排在权利人前三名。"),
        Files("ip_files", "知识产权证书", "国内专利不需要上传证书，其他Ⅰ类知识产权须上传。", has_other_class1, "填报了专利以外Ⅰ类的必须上传"),
        counts=("ip_class1_effective_shown",),
    )


class ProductSection(sections.ProductSection):
    """八、主导产品所属领域: 六基, or traditional, emerging, future industries."""

    strategic_field = OptionField(label="主导产品所属领域", choices=FIELDS_2026)
    six_bases = OptionField(label="所属“六基”类别", choices=SIX_BASES)
