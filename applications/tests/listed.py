"""A form edition for tests with a list, a short list, choices and a percentage, on top of 创新型自评表."""
from accounts.fields import CountField, LineField, OptionField, PastDateField, YesNoField, YuanField
from applications.forms.base import Section
from applications.forms.document import FormEdition
from applications.forms.fields import ChoicesField, CodeField, ParagraphField, PercentField
from applications.forms.innovative import EDITION
from applications.forms.layout import Fields, RowList
from applications.forms.rows import Row, unique_in_list
from applications.tests.filled import TYPED


class RightRow(Row):
    """An intellectual property right, as the longest list of the forms has it."""

    wide = frozenset({"name", "benefit"})
    shown_when = {"benefit": ("applied", "yes")}
    conditional = frozenset({"benefit"})

    kind = OptionField(label="种类", choices=[("invention", "发明专利"), ("software", "软件著作权"), ("a", "甲"), ("b", "乙")])
    name = LineField(label="名称", max_length=30)
    number = CodeField(label="授权号", max_length=60)
    granted_on = PastDateField(label="授权日期")
    rank = CountField(label="权利人排名", max_value=99, required=False)
    applied = YesNoField(label="是否已应用")
    benefit = ParagraphField(label="应用效益说明", max_length=500, required=False, help_text="说明应用的产品和效益。")


class ProductRow(Row):
    """A product with what it earns."""

    units = {"revenue": "万元", "share": "%"}

    name = LineField(label="产品名称", max_length=60)
    revenue = YuanField(label="销售收入")
    share = PercentField(label="占比", required=False)
    uses = ChoicesField(label="用途", choices=[("home", "国内"), ("abroad", "出口")], required=False)


class ListsSection(Section):
    """Two lists, several boxes and a percentage."""

    key = "lists"
    title = "清单"
    units = {"held_share": "%"}
    shown_when = {"products": ("makes_products", "yes"), "system_note": ("systems", ("rd_design", "other"))}
    layout = (
        Fields(("systems", "system_note", "held_share", "makes_products")),
        RowList("ip", "知识产权", RightRow, "添加知识产权", "与主导产品相关的有效知识产权。", 3),
        RowList(
            "products", "主要产品", ProductRow, "添加产品", required=lambda facts: facts["makes_products"] is True,
            when="选“是”的至少填写一项",
        ),
    )  # fmt: skip

    systems = ChoicesField(
        label="核心系统",
        choices=[("rd_design", "研发设计"), ("manufacturing", "生产制造"), ("other", "其他"), ("none", "无")],
        exclusive=("none",),
    )
    system_note = LineField(label="系统说明", max_length=10, required=False)
    held_share = PercentField(label="市场占有率")
    makes_products = YesNoField(label="是否有产品")


LISTED = FormEdition(
    code="listed-1",
    sections=(*EDITION.sections, ListsSection),
    rules=(*EDITION.rules, unique_in_list("lists", "ip", "number")),
    warnings=EDITION.warnings,
)

FIRST = {
    "row": "a1", "kind": "invention", "name": "一种控制方法", "number": "ZL202110123456.7", "granted_on": "2024-05-08",
    "rank": "1", "applied": "yes", "benefit": "用于主导产品，年新增收入一百万元。",
}  # fmt: skip
SECOND = {
    "row": "b2", "kind": "software", "name": "控制软件", "number": "2021SR0123456", "granted_on": "2023-02-01",
    "rank": "", "applied": "no", "benefit": "",
}  # fmt: skip
LISTS = {"systems": "rd_design,manufacturing", "held_share": "12.5", "makes_products": "no", "ip": [FIRST, SECOND]}
#: Everything that the enterprise types into this edition.
FULL = TYPED | {"lists": LISTS}
