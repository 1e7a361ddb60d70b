"""Parts of 四、精细化 that several editions ask: certificates and quality (domain.md §5.2 part 四, §3.2, §1.7)."""
from django import forms

from accounts.fields import LineField, OptionField
from applications.forms.fields import ChoicesField
from applications.forms.layout import Files
from applications.forms.shared import choices
from applications.forms.shared.proof import has_quality_level, ticked

NAME_LIMIT = 200  # characters


def named_other(label, other):
    """Return the field that names what 其他 of a question stands for."""
    return LineField(label=label, max_length=NAME_LIMIT, help_text=f"{other}选了“其他”的填写。")


class ManagementFields(forms.Form):
    """管理体系认证."""

    management_certificates = ChoicesField(
        label="获得的管理体系认证", choices=[*choices.MANAGEMENT_CERTIFICATES, choices.NONE], exclusive=("none",),
        help_text="可多选，只选有效期内的。",
    )  # fmt: skip
    management_certificates_other = named_other("其他管理体系认证名称", "管理体系认证")


class ProductFields(forms.Form):
    """产品通过发达国家和地区产品认证."""

    product_certificates = ChoicesField(
        label="产品通过的发达国家和地区产品认证", choices=[*choices.PRODUCT_CERTIFICATES, choices.NONE], exclusive=("none",),
        help_text="发达国家和地区权威机构的产品认证，可多选，只选有效期内的。",
    )  # fmt: skip
    product_certificates_other = named_other("其他产品认证名称", "产品认证")


class QualityFields(forms.Form):
    """质量管理水平 as the development evaluation counts it."""

    quality_level = OptionField(
        label="质量管理达到的最高水平", choices=choices.QUALITY_LEVELS,
        help_text="质量管理能力按制造业企业质量管理能力评估结果填写。用于专精特新发展评价。",
    )  # fmt: skip


MANAGEMENT_FILES = Files(
    "management_files", "管理体系认证证书", "有效期内的证书。", ticked("management_certificates"), "选了认证的必须上传"
)
PRODUCT_FILES = Files(
    "product_files", "产品认证证书", "有效期内的证书，外文证书附中文译文。", ticked("product_certificates"), "选了认证的必须上传"
)
QUALITY_FILES = Files(
    "quality_files", "质量水平证明", "质量奖文件、质量管理能力评估结果或认证证书。", has_quality_level, "没有选“均没有”的必须上传"
)
OTHER_NAMES = {
    "management_certificates_other": ("management_certificates", "other"),
    "product_certificates_other": ("product_certificates", "other"),
}
