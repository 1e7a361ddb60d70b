"""一、企业基本情况 (domain.md §5.1): prefilled from the enterprise's record, with the same rules as there."""
from accounts.fields import LineField
from accounts.forms.enterprise import EnterpriseFields
from accounts.size_class import size_class
from applications.forms.base import Section
from applications.forms.layout import Derived, Fields


def _size_class(form):
    """企业规模 by the figures of the last year in this form (domain.md §6)."""
    facts = form.facts
    industry = facts["industry"]
    if industry is None:
        return Derived(note="缺少：所属行业")
    result = size_class(industry.code, facts["employees_y1"], facts["revenue_y1"], facts["total_assets_y1"])
    if result.size_class is None:
        return Derived(note=result.explanation)
    return Derived(shown=result.size_class.label, note=result.explanation)


def _industry_class(form):
    """所属行业 as the 2-digit 大类 (domain.md §5.1)."""
    industry = form.facts["industry"]
    if industry is None:
        return Derived(note="缺少：所属行业")
    division = industry.parent.parent
    return Derived(shown=f"{division.code} {division.name}")


def _industry_segment(form):
    """具体细分领域名称: the 4-digit 小类."""
    industry = form.facts["industry"]
    if industry is None:
        return Derived(note="缺少：所属行业")
    return Derived(shown=f"{industry.code} {industry.name}")


_GROUPS = dict(EnterpriseFields.groups)


class BasicSection(Section, EnterpriseFields):
    """Name and 统一社会信用代码 come from the record; everything else may be corrected for this filing (Q14)."""

    key = "basic"
    title = "企业基本情况"
    intro = "已按【企业主页】的企业基本情况自动填入，请核对。企业注册地决定由哪里的主管部门审核，请与营业执照保持一致。"
    personal = frozenset({"legal_representative_mobile", "contact_mobile"})
    fixed = frozenset({"name", "uscc"})
    units = {"registered_capital": "万元"}
    derived = {
        "size_class": _size_class,
        "industry_class": _industry_class,
        "industry_segment": _industry_segment,
    }
    derived_labels = {
        "size_class": "企业规模",
        "industry_class": "所属行业大类",
        "industry_segment": "具体细分领域名称",
    }
    shown_when = {
        "little_giant_holding_name": ("has_little_giant_holding", "yes"),
        "group_similar_product_name": ("has_group_similar_product", "yes"),
        "stock_code": ("listing_status", "listed"),
        "listing_progress": ("listing_status", "planned"),
        "listing_place": ("listing_status", "planned"),
    }
    layout = (
        Fields(("name", "uscc"), "实名信息", "名称和统一社会信用代码来自实名认证，不能在此修改。"),
        Fields(_GROUPS["登记信息"], "登记信息"),
        Fields(_GROUPS["法定代表人与联系方式"], "法定代表人与联系方式"),
        Fields(_GROUPS["股权与控制"], "股权与控制"),
        Fields(("industry", "industry_class", "industry_segment", "product"), "行业与产品"),
        Fields(("size_class",), "企业规模", "按所属行业和本表填写的上年度数据自动判定。"),
        Fields(_GROUPS["上市情况"], "上市情况"),
    )

    name = LineField(label="企业名称", max_length=120)
    uscc = LineField(label="统一社会信用代码", max_length=18)
    # The figures stand in the section 经济效益和经营情况, for three years.
    employees = None
    revenue = None
    total_assets = None
