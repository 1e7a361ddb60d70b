"""产业链加分 of the development evaluation (domain.md §3.2), for the section on the chain of each tier."""
from django import forms

from accounts.fields import YesNoField
from applications.forms.layout import Fields, Files


def _claims(facts):
    return any(facts[name] is True for name in ("chain_work", "chain_honours", "entity_list"))


class ChainBonusFields(forms.Form):
    """The three questions of the bonus."""

    chain_work = YesNoField(label="是否参与支撑重点产业链工作")
    chain_honours = YesNoField(label="是否获得产业链相关称号、荣誉")
    entity_list = YesNoField(label="是否被境外列入实体清单")


CHAIN_BONUS = (
    Fields(("chain_work", "chain_honours", "entity_list"), "产业链加分", "用于专精特新发展评价。"),
    Files("bonus_files", "产业链加分证明", "主管部门的文件、名单或证书。", _claims, "选“是”的必须上传"),
)
