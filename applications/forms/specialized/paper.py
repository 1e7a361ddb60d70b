"""How 专精特新中小企业自评表 is printed: numbered parts in the order of the form, signed at the end (domain.md §5.3)."""
from reviews.documents.layout import PaperLayout, Part

PAPER = PaperLayout(
    parts=(
        Part("企业基本情况", ("basic", "renewal")),
        Part("经济效益和经营情况", ("economy",)),
        Part("专业化", ("specialization",)),
        Part("精细化", ("digital", "refinement")),
        Part("特色化", ("distinction",)),
        Part("创新能力", ("innovation",)),
        Part("产业链和主导产品所属领域", ("chain",)),
        Part("其他", ("other",)),
        Part("佐证材料", ("evidence",), lists_files=True),
        Part("真实性声明", ("statement",), signed=True),
    ),
)
