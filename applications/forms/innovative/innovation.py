"""三、创新能力: intellectual property by the definitions of domain.md §1.9.3-5, and 研发机构."""
from django.db import models

from accounts.fields import CountField, LineField, OptionField
from applications.forms.base import Section
from applications.forms.layout import Fields, Files


class RdBodyLevel(models.TextChoices):
    """建立研发机构级别 (domain.md §1.7)."""

    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省级"
    CITY = "city", "市级"
    BELOW = "below", "市级以下"
    NONE = "none", "未建立"


def _claims_ip(facts):
    return bool((facts["ip_class1"] or 0) + (facts["ip_class2"] or 0))


class InnovationSection(Section):
    """与企业主导产品相关的有效知识产权 and 研发机构."""

    key = "innovation"
    title = "创新能力"
    intro = "只统计与企业主导产品相关、目前有效的知识产权；受让取得不满 1 年的不计入。没有的填 0。"
    units = {"ip_class1": "项", "ip_class1_high_value": "项", "ip_class1_self": "项", "ip_class2": "项"}
    conditional = frozenset({"ip_class1_high_value", "ip_class1_self", "rd_body_name"})
    layout = (
        Fields(("ip_class1", "ip_class1_high_value", "ip_class1_self", "ip_class2"), "有效知识产权数量"),
        Files(
            "ip_files",
            "知识产权证书",
            "专利证书、软件著作权登记证书等；填报高价值的，一并上传海外授权、维持年限、质押或获奖的证明。",
            _claims_ip,
            "填报了知识产权的必须上传",
        ),
        Fields(("rd_body_level", "rd_body_name"), "研发机构"),
    )

    ip_class1 = CountField(
        label="Ⅰ类知识产权数量",
        unit="项",
        max_value=99_999,
        help_text="发明专利（含国防专利）、植物新品种、国家级农作物品种、国家新药、国家一级中药保护品种、集成电路布图设计专有权。",
    )
    ip_class1_high_value = CountField(
        label="其中：Ⅰ类高价值知识产权数量",
        unit="项",
        max_value=99_999,
        required=False,
        help_text="符合任一条件：有海外同族专利或在海外取得收入；维持年限超过 10 年；实现较高质押融资金额；"
        "获得国家科学技术奖或中国专利奖。",
    )
    ip_class1_self = CountField(
        label="其中：自主研发的Ⅰ类知识产权数量",
        unit="项",
        max_value=99_999,
        required=False,
        help_text="由本企业自主研发取得，不含受让取得的。",
    )
    ip_class2 = CountField(
        label="Ⅱ类知识产权数量",
        unit="项",
        max_value=99_999,
        help_text="与主导产品相关的软件著作权（不含商标）；授权后维持超过 2 年的实用新型专利和外观设计专利。",
    )
    rd_body_level = OptionField(label="建立研发机构级别", choices=RdBodyLevel.choices)
    rd_body_name = LineField(label="研发机构名称", max_length=120, required=False, help_text="已建立研发机构的填写。")
