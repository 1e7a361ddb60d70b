"""What only the 2022 standard of 小巨人 asks: 附件3 of 工信部企业〔2022〕63号 (domain.md §1.8)."""
from accounts.fields import OptionField, YesNoField
from applications.forms.fields import ParagraphField
from applications.forms.layout import Fields, Files
from applications.forms.little_giant import sections
from applications.forms.shared import innovation, lists, market
from applications.forms.shared.choices import FIELDS_2022, SIX_BASES
from applications.forms.shared.proof import claimed, has_other_class1

GOVERNANCE_LIMIT = 500  # characters


class RefinementSection(sections.RefinementSection):
    """四、精细化 with strategy and governance."""

    layout = (
        Fields(("governance", "governance_note"), "长期发展战略和公司治理"),
        *sections.RefinementSection.blocks,
    )

    governance = YesNoField(
        label="是否重视并实施长期发展战略，公司治理规范、信誉良好、社会责任感强，生产技术、工艺及产品质量性能国内领先"
    )
    governance_note = ParagraphField(
        label="发展战略和公司治理说明", max_length=GOVERNANCE_LIMIT, help_text=f"不超过 {GOVERNANCE_LIMIT} 字。"
    )


class DistinctionSection(sections.DistinctionSection):
    """五、特色化: share of the national segment, own brand."""

    market_share_scope = None
    market_rank = None
    shown_when = dict.fromkeys(("own_brands", "own_brand_revenue", "brand_files"), ("own_brand", "yes"))
    layout = (
        Fields(("market_share", "market_standing", "market_note"), "主导产品全国细分市场占有率"),
        sections.DistinctionSection.market_files,
        Fields(("own_brand", "own_brands", "own_brand_revenue"), "自主品牌"),
        sections.DistinctionSection.brand_files,
    )

    own_brand = market.own_brand_field("是否拥有直接面向市场并具有竞争优势的自主品牌")


class InnovationSection(innovation.InnovationSection):
    """六、创新能力 with 创客中国; patents need no certificate."""

    shown_when = {"maker_files": ("maker_china_50", "yes")}
    layout = innovation.InnovationSection.arrange(
        innovation.ip_list(lists.UsedRightRow, "受让取得不满 1 年的不计入。"),
        Files("ip_files", "知识产权证书", "国内专利不需要上传证书，其他Ⅰ类知识产权须上传。", has_other_class1, "填报了专利以外Ⅰ类的必须上传"),
        counts=("ip_class1_effective_2022_shown",),
        questions=(
            Fields(("maker_china_50",), "创客中国"),
            Files("maker_files", "创客中国获奖证明", "", claimed("maker_china_50"), "选“是”的必须上传"),
        ),
    )

    maker_china_50 = YesNoField(
        label="近三年是否进入“创客中国”中小企业创新创业大赛全国 50 强企业组名单", help_text="名单自 2021 年起计。"
    )


class ProductSection(sections.ProductSection):
    """八、主导产品所属领域: 六基, ten key industries or network power."""

    strategic_field = OptionField(label="主导产品所属领域", choices=FIELDS_2022)
    six_bases = OptionField(label="所属工业“六基”类别", choices=SIX_BASES)
