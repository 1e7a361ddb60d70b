"""七、企业总体情况简介 and 真实性声明 (domain.md §5.2 part 九, §5.3)."""
from applications.forms.base import Section
from applications.forms.fields import AgreementField, ParagraphField
from applications.forms.layout import Fields

OVERVIEW_LIMIT = 2000  # characters, domain.md §5.2


class StatementSection(Section):
    """The enterprise in its own words, and its declaration."""

    key = "statement"
    title = "企业总体情况简介和真实性声明"
    intro = "简介包括企业经营管理概况、主导产品、技术创新和发展规划等。"
    layout = (
        Fields(("overview",)),
        Fields(
            ("declared",),
            "真实性声明",
            "数据造假的，依据《优质中小企业梯度培育管理办法》取消认定，且至少三年内不得再次申报。",
        ),
    )

    overview = ParagraphField(
        label="企业总体情况简介", max_length=OVERVIEW_LIMIT, rows=10, help_text=f"不超过 {OVERVIEW_LIMIT} 字。"
    )
    declared = AgreementField(
        label="本企业声明：所填信息和上传的材料真实、准确、完整，近三年未发生重大安全（含网络安全、数据安全）、质量、环境污染等事故"
        "以及偷漏税等违法违规行为，并愿意承担由此产生的法律责任。"
    )
