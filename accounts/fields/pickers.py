"""Form fields behind the pickers: 企业注册地, 所属行业 and 产品; see accounts.fields for how they speak."""
import re

from django import forms

from accounts.fields.basic import LineField, SpokenField
from accounts.queries import SUBCLASS_LEVEL, find_industry, find_region
from portal.tools.text import narrow


class RegionField(SpokenField):
    """企业注册地 as a code of GB/T 2260 or a full name; cleans to a leaf Region."""

    verb = "选择"
    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def to_python(self, value):
        """Return the Region, or None for a blank; refuses unknown codes and regions that have districts below."""
        if value in self.empty_values:
            return None
        text = narrow(getattr(value, "code", value)).replace(" ", "")
        region = find_region(text)
        if region is None:
            self.refuse(text, "不是现行行政区划的代码或全称，请从【企业注册地】重新选择。")
        if region.authority_id is None:
            self.refuse(region.full_name, "没有对应的中小企业主管部门，请核对营业执照后重新选择。")
        if not region.is_leaf:
            self.refuse(region.full_name, "不是最末一级，请选择到县（市、区）。")
        return region

    def prepare_value(self, value):
        """Show a Region as its code."""
        return getattr(value, "code", value)


class IndustryField(SpokenField):
    """所属行业 as a 4-digit code of GB/T 4754-2017 or the name of a 小类; cleans to an Industry of level 4."""

    verb = "选择"
    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def to_python(self, value):
        """Return the Industry, or None for a blank; refuses unknown codes and levels above 小类."""
        if value in self.empty_values:
            return None
        text = re.sub(r"^[A-T](?=\d{4}$)", "", narrow(getattr(value, "code", value)).upper())
        industry = find_industry(text) or find_industry(narrow(value) if isinstance(value, str) else text)
        if industry is None:
            self.refuse(text, "不是《国民经济行业分类》（GB/T 4754-2017）的行业，请从【所属行业】重新选择。")
        if industry.level != SUBCLASS_LEVEL:
            self.refuse(str(industry), "不是最末一级，请点击“+”展开，选择到 4 位小类或产品。")
        return industry

    def prepare_value(self, value):
        """Show an Industry as its code."""
        return getattr(value, "code", value)


class ProductField(LineField):
    """产品: follows from 所属行业; whether it belongs there is checked by the form that knows both."""

    verb = "选择"

    def __init__(self, **options):
        super().__init__(max_length=200, **options)
