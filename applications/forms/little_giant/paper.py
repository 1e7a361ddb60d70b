"""How 专精特新“小巨人”企业申请书 is printed: title page and the ten official parts (domain.md §5.2).

Parts 一 to 九 are the enterprise's; 十 is an empty box for the recommending unit. What the portal adds, evidence and the
self-assessment, follows after them.
"""
from reviews.documents.layout import PaperLayout, Part

PAPER = PaperLayout(
    cover=(("企业名称（盖章）", "name"), ("推荐时间", ""), ("推荐单位（盖章）", "")),
    issuer="工业和信息化部制",
    assessment_first=False,
    parts=(
        Part("企业基本情况", ("basic", "renewal")),
        Part("经济效益和经营情况", ("economy",)),
        Part("专业化", ("specialization",)),
        Part("精细化", ("digital", "refinement")),
        Part("特色化", ("distinction",)),
        Part("创新能力", ("innovation",)),
        Part("产业链配套", ("chain",)),
        Part("主导产品所属领域", ("product",)),
        Part("其他", ("other", "statement"), signed=True),
        Part("推荐意见", opinion="省级中小企业主管部门"),
    ),
)
