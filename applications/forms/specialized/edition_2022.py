"""What only the 2022 standard of 专精特新 asks: 附件2 of 工信部企业〔2022〕63号 (domain.md §1.7)."""
from accounts.fields import LineField, OptionField, YesNoField
from applications.forms.base import Section
from applications.forms.fields import ParagraphField
from applications.forms.layout import Derived, Fields, Files
from applications.forms.shared import innovation, lists, market, other, quality
from applications.forms.shared.chain import CHAIN_BONUS
from applications.forms.shared.choices import CHAIN_POSITIONS
from applications.forms.shared.proof import claimed, has_ip
from applications.forms.specialized import sections
from applications.standards.regional import RegionalIndicator, regional_indicators

POSITION_NOTE_LIMIT = 300  # characters, as in the 申请书 of 小巨人, domain.md §5.2


class RefinementSection(Section, quality.ManagementFields, quality.ProductFields, quality.QualityFields):
    """四、精细化: indicator 6 (质量管理水平) and certificates; margins and the debt ratio are computed."""

    key = "refinement"
    title = "精细化"
    intro = "净利润率和资产负债率由系统按经济效益和经营情况的数据自动计算。"
    shown_when = quality.OTHER_NAMES | {"quality_award_name": ("quality_award", "yes")}
    layout = (
        Fields(("quality_award", "quality_award_name"), "质量管理水平"),
        Files("award_proof", "质量奖荣誉证明", "获奖文件或证书。", claimed("quality_award"), "选“是”的必须上传"),
        Fields(("management_certificates", "management_certificates_other"), "管理体系认证"),
        quality.MANAGEMENT_FILES,
        Fields(("own_brand",), "自主品牌"),
        Files("brand_files", "自主品牌证明", "商标注册证，或者品牌实现收入的证明。", claimed("own_brand"), "选“是”的必须上传"),
        Fields(("quality_level",), "质量水平"),
        quality.QUALITY_FILES,
        Fields(("product_certificates", "product_certificates_other"), "产品认证"),
        quality.PRODUCT_FILES,
    )

    quality_award = YesNoField(label="是否获得省级以上质量奖荣誉")
    quality_award_name = LineField(label="质量奖荣誉名称", max_length=120)
    own_brand = market.own_brand_field("是否拥有自主品牌")


class DistinctionSection(Section):
    """五、特色化: indicator 9, one to three questions that the province sets (domain.md §1.7)."""

    key = "distinction"
    title = "特色化"
    intro = "地方特色指标由省级主管部门确定，按填写的企业注册地列出；变更注册地后，本部分随之变化。"
    regional = ("regional_1", "regional_2", "regional_3")
    proof = Files("regional_files", "特色化指标证明材料", "按本省认定细则的要求上传。")
    layout = (Fields((*regional, "regional_none"), "地方特色指标"), proof)
    derived = {"regional_none": lambda form: Derived(note="本省特色化指标尚未录入，或者还没有填写企业注册地。")}
    derived_labels = {"regional_none": "地方特色指标"}

    regional_1 = OptionField(label="地方特色指标一", choices=[])
    regional_2 = OptionField(label="地方特色指标二", choices=[])
    regional_3 = OptionField(label="地方特色指标三", choices=[])

    def see(self, answers):
        """Ask what the province of 企业注册地 has set."""
        region = answers.get("basic", {}).get("registered_region", "")
        asked = {item.fact: item for item in regional_indicators(region) if isinstance(item, RegionalIndicator)}
        for name in self.regional:
            if name not in asked:
                del self.fields[name]
                continue
            field = self.fields[name]
            field.label = asked[name].label
            field.choices = [(band.option, band.label) for band in asked[name].bands]
            field.help_text = asked[name].remark
            field.error_messages["required"] = f"{field.label}：此项必填，请选择。"
        self.layout = (Fields(tuple(asked) or ("regional_none",), "地方特色指标"), self.proof)


class InnovationSection(innovation.InnovationSection):
    """六、创新能力 with 创客中国."""

    shown_when = {"maker_files": ("maker_china_500", "yes")}
    layout = innovation.InnovationSection.arrange(
        innovation.ip_list(lists.ValuedRightRow, "受让取得不满 1 年的不计入。"),
        Files("ip_files", "知识产权证书", "证书或登记簿副本；填报高价值的，一并上传证明。", has_ip, "填报了知识产权的必须上传"),
        counts=("ip_class2_shown",),
        questions=(
            Fields(("maker_china_500",), "创客中国"),
            Files("maker_files", "创客中国获奖证明", "", claimed("maker_china_500"), "选“是”的必须上传"),
        ),
    )

    maker_china_500 = YesNoField(
        label="近三年是否进入“创客中国”中小企业创新创业大赛全国 500 强企业组名单", help_text="名单自 2021 年起计。"
    )


class ChainSection(sections.ChainSection):
    """Indicator 4: 主导产品所属领域情况."""

    shown_when = dict.fromkeys(("chain_position_note", "position_files"), ("chain_position", ("A", "B")))
    layout = (
        Fields(("main_product", "chain_position", "chain_position_note")),
        Files(
            "position_files", "主导产品所属领域证明", "下游客户证明、查新报告、名录等。",
            lambda facts: facts["chain_position"] in ("A", "B"), "选前两项的必须上传",
        ),
        *CHAIN_BONUS,
    )  # fmt: skip

    chain_position = OptionField(label="主导产品所属领域情况", choices=CHAIN_POSITIONS)
    chain_position_note = ParagraphField(
        label="主导产品所属领域说明", max_length=POSITION_NOTE_LIMIT,
        help_text=f"说明主导产品与所选情况的对应关系和取得的成效，不超过 {POSITION_NOTE_LIMIT} 字。",
    )  # fmt: skip


class OtherSection(other.OtherSection):
    """九、其他; the lower title is 创新型中小企业 (domain.md §1.4)."""

    shown_when = other.title_conditions("base_title")
    layout = (
        *other.title_blocks("base_title", "创新型中小企业"),
        *other.OtherSection.standards,
        *other.OtherSection.titles,
        *other.OtherSection.closing,
    )

    holds_base_title, base_title_number, base_title_until = other.title_fields("创新型中小企业")
