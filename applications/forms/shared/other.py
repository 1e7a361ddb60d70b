"""九、其他 (domain.md §5.2 part 九, §3.2): titles, standards and 企业总体情况简介."""
from accounts.fields import CountField, LineField, OptionField, YesNoField
from applications.forms.base import Section
from applications.forms.fields import ChoicesField, DayField, ParagraphField
from applications.forms.layout import Fields, Files
from applications.forms.shared import choices
from applications.forms.shared.proof import claimed

OVERVIEW_LIMIT = 2000  # characters, domain.md §5.2


def _has_titles(facts):
    chosen = facts["smart_titles"] or facts["green_titles"]
    return bool(chosen) or facts["integration"] in ("standard", "level")


class OtherSection(Section):
    """What both tiers ask; the edition adds the lower title."""

    key = "other"
    title = "其他"
    intro = "标准和称号用于专精特新发展评价；没有的选“均没有”或填 0。"
    units = {"standards_lead_national": "项", "standards_lead_industry": "项", "standards_joined": "项"}
    standards = (
        Fields(("standards_lead_national", "standards_lead_industry", "standards_joined"), "标准"),
        Files(
            "standard_files", "标准文本", "标准封面、前言和起草单位页。",
            lambda facts: any(facts[name] for name in (
                "standards_lead_national", "standards_lead_industry", "standards_joined",
            )),
            "填报数量大于 0 的必须上传",
        ),
    )  # fmt: skip
    titles = (
        Fields(("smart_titles", "integration", "green_titles"), "称号"),
        Files("title_files", "称号证明", "认定文件、公布名单或证书。", _has_titles, "填报了称号的必须上传"),
    )
    closing = (Fields(("overview",)),)

    standards_lead_national = CountField(label="主持制修订国际、国家标准数", unit="项", max_value=9_999)
    standards_lead_industry = CountField(label="主持制修订行业标准数", unit="项", max_value=9_999)
    standards_joined = CountField(
        label="参与制修订国际、国家、行业标准数", unit="项", max_value=9_999, help_text="不含主持的。"
    )
    smart_titles = ChoicesField(
        label="智能工厂等智能制造称号", choices=[*choices.SMART_TITLES, choices.NONE], exclusive=("none",)
    )
    integration = OptionField(label="两化融合情况", choices=choices.INTEGRATION)
    green_titles = ChoicesField(
        label="绿色制造称号", choices=[*choices.GREEN_TITLES, choices.NONE], exclusive=("none",)
    )
    overview = ParagraphField(
        label="企业总体情况简介",
        max_length=OVERVIEW_LIMIT,
        rows=12,
        help_text=f"包括企业经营管理概况、主导产品及其在产业链中的作用、技术创新和发展规划等，不超过 {OVERVIEW_LIMIT} 字。",
    )


def title_blocks(name, tier_title):
    """Return the blocks of the question whether the lower title is held, with its number, its end and its proof.

    The portal does not judge the order of tiers (manual §1); the reviewer does.
    """
    return (
        Fields((f"holds_{name}", f"{name}_number", f"{name}_until"), "已获称号"),
        Files(f"{name}_files", f"{tier_title}认定文件", "公告或证书。", claimed(f"holds_{name}"), "选“是”的必须上传"),
    )


def title_conditions(name):
    """Return what of that question depends on the answer (shown_when)."""
    return dict.fromkeys((f"{name}_number", f"{name}_until", f"{name}_files"), (f"holds_{name}", "yes"))


def title_fields(tier_title):
    """Return the three fields of that question: the claim, the number, the end of validity."""
    return (
        YesNoField(label=f"是否已是{tier_title}（有效期内）"),
        LineField(label=f"{tier_title}编号或公告文号", max_length=60),
        DayField(label=f"{tier_title}有效期至"),
    )
