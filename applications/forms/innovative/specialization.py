"""四、专业化: 主导产品 (domain.md §1.9.10), the segment and the field it belongs to (indicator 5 of §1.6)."""
from accounts.fields import CountField, LineField, OptionField
from applications.forms.base import Section
from applications.forms.fields import ParagraphField
from applications.forms.layout import Fields, Files

NOTE_LIMIT = 500  # characters, domain.md §5.6


class SpecializationSection(Section):
    """主导产品 and its field. Growth and shares are computed from the years table."""

    key = "specialization"
    title = "专业化"
    intro = "主导产品指核心技术在产品中发挥重要作用、且产品收入之和占企业营业收入 50% 以上的产品。"
    units = {"segment_years": "年"}
    shown_when = {"emerging_category": ("emerging_industry", "yes")}
    conditional = frozenset({"emerging_category", "domain_note"})
    layout = (
        Fields(("main_product", "segment_years")),
        Fields(("emerging_industry", "emerging_category", "domain_note"), "主导产品所属领域"),
        Files("domain_files", "主导产品所属领域说明材料", "文字说明之外的证明材料，例如产品目录、检测报告。"),
    )

    main_product = LineField(label="主导产品名称", max_length=100)
    segment_years = CountField(
        label="从事细分市场年限", unit="年", max_value=200, help_text="截至上年末从事该产品细分市场的完整年数。"
    )
    emerging_industry = OptionField(
        label="主导产品所属领域情况",
        choices=[("yes", "属于《战略性新兴产业分类》"), ("no", "属于其他领域")],
    )
    emerging_category = LineField(
        label="战略性新兴产业类别", max_length=120, required=False, help_text="属于《战略性新兴产业分类》的填写。"
    )
    domain_note = ParagraphField(
        label="主导产品所属领域说明",
        max_length=NOTE_LIMIT,
        required=False,
        help_text=f"说明主导产品与所选领域的对应关系，不超过 {NOTE_LIMIT} 字；属于战略性新兴产业的必须填写。",
    )
