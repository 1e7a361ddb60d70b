"""The lists of 六、创新能力: intellectual property, research bodies, awards, equity (domain.md §5.2, §1.9.3-12, §2.3)."""
from django import forms

from accounts.fields import CountField, LineField, OptionField, PastDateField, YesNoField, YuanField
from applications.facts import ip_class
from applications.forms.fields import CodeField, ParagraphField
from applications.forms.rows import Row
from applications.forms.shared.choices import (
    AwardKind,
    AwardLevel,
    BodyKind,
    BodyLevel,
    BodyMode,
    IpKind,
)

BENEFIT_LIMIT = 500  # characters, domain.md §5.2
MAX_RANK = 99


KIND_CHOICES = [(kind.value, f"{kind.label}（{ip_class(kind).label}）") for kind in IpKind]


class RightRow(Row):
    """The columns that every edition asks of a valid 知识产权 of the main product; the others are those below."""

    wide = frozenset({"name", "benefit"})
    shown_when = {"benefit": ("applied", "yes")}

    kind = OptionField(label="种类", choices=KIND_CHOICES)
    name = LineField(label="名称", max_length=200)
    number = CodeField(label="授权号或登记号", max_length=60, help_text="专利号、登记号等证书上的编号。")
    granted_on = PastDateField(label="授权（登记）日期")
    transferred_on = PastDateField(
        label="受让取得日期", required=False, help_text="受让取得的填写；不满 1 年的不计入。非受让取得的不填。"
    )
    in_main_class = YesNoField(
        label="是否属于主导产品主要技术类别", help_text="按国际专利分类（IPC）等主分类号判断，用于计算发明专利集中度。"
    )


class SelfAppliedColumn(forms.Form):
    """自主申请 (2026) or 自主研发 (2022)."""

    self_applied = YesNoField(label="是否自主研发并由本企业申请取得", help_text="受让取得的选“否”。")


class HolderRankColumn(forms.Form):
    """The rank among the right-holders, which the 2026 standards ask (§2.3)."""

    holder_rank = CountField(label="本企业在权利人中的排名", max_value=MAX_RANK, help_text="单独所有的填 1；前三名计入。")


class HighValueColumn(forms.Form):
    """高价值, which only the 2022 standard of 专精特新 scores (§1.9.4)."""

    high_value = YesNoField(
        label="是否高价值",
        help_text="Ⅰ类知识产权符合任一条件：有海外同族专利授权，或在海外取得收入；维持年限超过 10 年；"
        "实现较高质押融资金额；获得国家科学技术奖或中国专利奖。Ⅱ类的选“否”。",
    )


class BenefitColumns(forms.Form):
    """实际应用 and its benefit in words."""

    applied = YesNoField(label="是否已实际应用并产生经济效益")
    benefit = ParagraphField(
        label="实际应用效益说明",
        max_length=BENEFIT_LIMIT,
        help_text=f"说明应用的产品、开始时间和产生的经济效益，不超过 {BENEFIT_LIMIT} 字。",
    )


# Django puts the columns of the last base first.
class UsedRightRow(BenefitColumns, RightRow):
    """小巨人 2022: Ⅰ类 in use."""


class OwnRightRow(BenefitColumns, HolderRankColumn, SelfAppliedColumn, RightRow):
    """2026: Ⅰ类 in use, of own application, among the first holders."""


class ValuedRightRow(BenefitColumns, HighValueColumn, SelfAppliedColumn, RightRow):
    """专精特新 2022: 自主研发 and 高价值 are scored."""


class BodyRow(Row):
    """One 研发机构: type, level, and whether it is the enterprise's own."""

    wide = frozenset({"name"})

    name = LineField(label="名称", max_length=120)
    kind = OptionField(label="类型", choices=BodyKind.choices)
    level = OptionField(label="级别", choices=BodyLevel.choices)
    mode = OptionField(label="建设方式", choices=BodyMode.choices)
    approved_on = PastDateField(label="认定（建立）日期")
    number = LineField(label="认定文号", max_length=60, required=False, help_text="未经认定的不填。")


class AwardRow(Row):
    """One 科技奖励 on whose certificate the enterprise is named."""

    wide = frozenset({"name"})

    name = LineField(label="奖项名称和等级", max_length=120, help_text="例如：某省科技进步奖二等奖。")
    level = OptionField(label="级别", choices=AwardLevel.choices)
    kind = OptionField(label="种类", choices=AwardKind.choices)
    awarded_on = PastDateField(label="证书日期")
    holder_rank = CountField(label="本企业在获奖单位中的排名", max_value=MAX_RANK, help_text="以证书所列获奖单位的顺序为准。")


class EquityRow(Row):
    """One payment of an investor that became a new holder (§1.9.8, §1.9.9)."""

    units = {"amount": "万元"}

    investor = LineField(label="投资者名称", max_length=120)
    received_on = PastDateField(label="实缴到账日期")
    amount = YuanField(label="实缴金额")
    qualified = YesNoField(
        label="是否合格机构投资者",
        help_text="按发展改革委等 10 部门令第 39 号或证监会令第 105 号备案、运作规范的创业投资、私募股权投资基金。",
    )
