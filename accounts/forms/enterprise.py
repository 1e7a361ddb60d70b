"""企业基本情况: the fields of domain.md §5.1 in groups, for 完善企业基本信息 and for the application forms.

``EnterpriseFields`` is a plain form over raw values (request.POST or a dict of stored answers); saving is the
business of ``accounts.services.enterprises``. An application form subclasses it and adds its own fields.
"""
from typing import NamedTuple

from django import forms

from accounts.enums import EnterpriseType, ListingPlace, ListingProgress, ListingStatus
from accounts.fields import (
    CountField,
    EmailLineField,
    LineField,
    MobileField,
    OptionField,
    PastDateField,
    PhoneField,
    PostcodeField,
    StockCodeField,
    YesNoField,
    YuanField,
)
from accounts.fields.pickers import IndustryField, ProductField, RegionField
from accounts.queries import products_of
from accounts.size_class import SizeResult, size_class

#: Fields that matter only when another has a certain value: field → (other field, value of it, complaint).
CONDITIONAL = {
    "little_giant_holding_name": (
        "has_little_giant_holding",
        True,
        "存在控股关系的“小巨人”企业名称：您选择了与现有“小巨人”企业存在控股关系，请填写该企业名称。",
    ),
    "group_similar_product_name": (
        "has_group_similar_product",
        True,
        "同集团相似主导产品企业名称：您选择了同集团内有相似主导产品的企业，请填写该企业名称。",
    ),
    "stock_code": ("listing_status", ListingStatus.LISTED, "股票代码：您选择了已上市，请填写股票代码。"),
    "listing_progress": ("listing_status", ListingStatus.PLANNED, "上市进程：您选择了有上市计划，请选择上市进程。"),
    "listing_place": ("listing_status", ListingStatus.PLANNED, "拟上市地：您选择了有上市计划，请选择拟上市地。"),
}


class Slot(NamedTuple):
    """A place of the page: the bound field, the partial that draws it, and when it is shown (other field = wanted).

    ``advice`` says the same in words, for a page without script.
    """

    field: forms.BoundField
    part: str
    other: str = ""
    wanted: str = ""
    advice: str = ""


class EnterpriseFields(forms.Form):
    """The fields, their groups and the rules between them. ``cleaned_data`` has model values, ready to store."""

    #: (title, names of the fields) in the order of the page.
    groups = (
        ("登记信息", ("registered_region", "address", "postcode", "founded_on", "registered_capital", "enterprise_type")),
        (
            "法定代表人与联系方式",
            (
                "legal_representative", "legal_representative_phone", "legal_representative_mobile",
                "contact_name", "contact_phone", "contact_mobile", "contact_fax", "contact_email",
            ),
        ),
        (
            "股权与控制",
            (
                "controlling_shareholder", "actual_controller", "actual_controller_nationality",
                "has_little_giant_holding", "little_giant_holding_name",
                "has_group_similar_product", "group_similar_product_name",
            ),
        ),
        ("行业与产品", ("industry", "product")),
        ("企业规模", ("employees", "revenue", "total_assets")),
        ("上市情况", ("listing_status", "stock_code", "listing_progress", "listing_place")),
    )  # fmt: skip

    registered_region = RegionField(
        label="企业注册地", help_text="与营业执照登记的住所一致，选择到最末一级。该项决定由哪里的主管部门审核。"
    )
    address = LineField(label="通讯地址", max_length=200)
    postcode = PostcodeField(label="邮编")
    founded_on = PastDateField(label="注册时间")
    registered_capital = YuanField(label="注册资本")
    enterprise_type = OptionField(label="企业类型", choices=EnterpriseType.choices)
    legal_representative = LineField(label="法定代表人", max_length=40)
    legal_representative_phone = PhoneField(label="法定代表人电话", required=False)
    legal_representative_mobile = MobileField(label="法定代表人手机")
    contact_name = LineField(label="联系人", max_length=40)
    contact_phone = PhoneField(label="联系人电话", required=False)
    contact_mobile = MobileField(label="联系人手机", help_text="审核结果以短信发送到该号码。")
    contact_fax = PhoneField(label="传真", required=False)
    contact_email = EmailLineField(label="E-mail")
    controlling_shareholder = LineField(label="控股股东", max_length=120)
    actual_controller = LineField(label="实际控制人", max_length=120)
    actual_controller_nationality = LineField(label="实际控制人国籍", max_length=40, initial="中国")
    has_little_giant_holding = YesNoField(label="是否与现有“小巨人”企业存在控股关系")
    little_giant_holding_name = LineField(label="存在控股关系的“小巨人”企业名称", max_length=120, required=False)
    has_group_similar_product = YesNoField(label="同集团内是否有其他生产相似主导产品的企业获得认定或申报")
    group_similar_product_name = LineField(label="同集团相似主导产品企业名称", max_length=120, required=False)
    industry = IndustryField(
        label="所属行业", help_text="点击“+”展开到最后一级并选择，系统自动获取【具体细分领域名称】与【产品】。"
    )
    product = ProductField(label="产品", required=False, help_text="仅作采集项，不影响申报。")
    employees = CountField(label="上年末从业人员", unit="人")
    revenue = YuanField(label="上年度营业收入")
    total_assets = YuanField(label="上年末资产总额")
    listing_status = OptionField(label="上市情况", choices=ListingStatus.choices)
    stock_code = StockCodeField(label="股票代码", required=False)
    listing_progress = OptionField(label="上市进程", choices=ListingProgress.choices, required=False)
    listing_place = OptionField(label="拟上市地", choices=ListingPlace.choices, required=False)

    def clean(self):
        """Apply the rules between fields."""
        cleaned = super().clean()
        self._clean_conditional(cleaned)
        self._clean_product(cleaned)
        return cleaned

    def _clean_conditional(self, cleaned):
        """Ask for a field when its condition holds, and empty it when the condition does not."""
        for name, (other, wanted, complaint) in CONDITIONAL.items():
            if other not in cleaned or name not in cleaned:
                continue
            if cleaned[other] != wanted:
                cleaned[name] = ""
            elif not cleaned[name]:
                self.add_error(name, forms.ValidationError(complaint, code="required"))

    def _clean_product(self, cleaned):
        """Fill a blank 产品 with the 小类's own name; refuse one of another 小类 (manual, 图12 and Q10)."""
        industry, product = cleaned.get("industry"), cleaned.get("product")
        if industry is None or product is None:
            return
        known = [row.name for row in products_of(industry.code)]
        if not product:
            cleaned["product"] = industry.name if industry.name in known or not known else known[0]
        elif product not in known:
            self.add_error(
                "product",
                f"产品：您选择的“{product}”不属于行业“{industry}”，请从【所属行业】菜单中重新选择到最后一级。",
            )

    def size_result(self):
        """Return the SizeResult of what the form shows, typed or stored; the first wrong figure is named instead."""
        values = {}
        for name in ("industry", "employees", "revenue", "total_assets"):
            shown = self[name].value()
            try:
                values[name] = self.fields[name].clean(shown)
            except forms.ValidationError as error:
                if shown not in (None, ""):
                    return SizeResult(None, "", error.messages[0])
                values[name] = None
        code = values["industry"].code if values["industry"] else ""
        return size_class(code, values["employees"], values["revenue"], values["total_assets"])

    def grouped(self):
        """Yield (title, [Slot]) in the order of the page; 产品 is drawn together with 所属行业."""
        for title, names in self.groups:
            yield title, [self._slot(name) for name in names if name != "product"]

    def _slot(self, name):
        part = {"registered_region": "region", "industry": "industry"}.get(name, "field")
        if name not in CONDITIONAL:
            return Slot(self[name], part)
        other, wanted, _ = CONDITIONAL[name]
        choice = "yes" if wanted is True else str(wanted)
        advice = f"“{self[other].label}”选择“{dict(self.fields[other].choices)[choice]}”时填写。"
        return Slot(self[name], part, self[other].html_name, choice, advice)

    def problems(self):
        """Return [(anchor of the field, sentence)] in the order of the page, for the error summary."""
        return [
            (self[name].id_for_label or f"{self[name].auto_id}_0", sentence)
            for _, names in self.groups
            for name in names
            for sentence in self[name].errors
        ]


class EnterpriseForm(EnterpriseFields):
    """【完善企业基本信息】. Name and 统一社会信用代码 are not fields: they come from 实名认证."""

    @classmethod
    def of(cls, enterprise, data=None):
        """Return the form for an enterprise (None before the first save), bound when ``data`` is given."""
        stored = enterprise is not None and (enterprise.is_complete or enterprise.registered_region_id)
        initial = {name: getattr(enterprise, name) for name in cls.base_fields} if stored else {}
        return cls(data, initial=initial)

    def as_shown(self, name, value):
        """Return a model value as a reader sees it, for the comparison of two windows."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(field.prepare_value(value), ""))
        if isinstance(field, YuanField):
            value = field.prepare_value(value)
        return "" if value is None else str(value)

    def differences(self, current):
        """Return [(label, as saved by the other window, as filled in here)] of a valid form against ``current``."""
        pairs = [
            (self.fields[name].label, self.as_shown(name, getattr(current, name)), self.as_shown(name, value))
            for name, value in self.cleaned_data.items()
        ]
        return [pair for pair in pairs if pair[1] != pair[2]]
