"""企业基本情况 for reading."""
from django import template

from accounts.queries import industry_chain
from portal.tools.crypto import mask

register = template.Library()
MASKED = {
    "legal_representative_phone", "legal_representative_mobile", "contact_phone", "contact_mobile", "contact_fax",
}  # fmt: skip
BEFORE_INDUSTRY = (
    "name", "uscc", "registered_region", "address", "postcode", "legal_representative", "legal_representative_phone",
    "legal_representative_mobile", "controlling_shareholder", "actual_controller", "actual_controller_nationality",
    "contact_name", "contact_phone", "contact_mobile", "contact_fax", "contact_email", "founded_on",
    "registered_capital", "employees", "revenue", "total_assets", "size_class",
)  # fmt: skip
AFTER_INDUSTRY = (
    "product", "enterprise_type", "has_little_giant_holding", "little_giant_holding_name",
    "has_group_similar_product", "group_similar_product_name", "listing_status", "stock_code", "listing_progress",
    "listing_place",
)  # fmt: skip
#: Rows that only say something when they are filled.
ONLY_FILLED = {
    "little_giant_holding_name", "group_similar_product_name", "stock_code", "listing_progress", "listing_place",
}  # fmt: skip
UNITS = {"registered_capital": "万元", "revenue": "万元", "total_assets": "万元", "employees": "人"}


@register.filter
def summary_rows(enterprise):
    """Return [(label, value as shown)] of 企业基本情况 in the order of domain.md §5.1; personal numbers masked."""
    chain = industry_chain(enterprise.industry)
    industry = [("所属行业", str(chain[1])), ("具体细分领域名称", str(enterprise.industry))]
    return _rows(enterprise, BEFORE_INDUSTRY) + industry + _rows(enterprise, AFTER_INDUSTRY)


def _rows(enterprise, names):
    rows = [(enterprise._meta.get_field(name).verbose_name, name, _shown(enterprise, name)) for name in names]
    return [(label, value) for label, name, value in rows if value or name not in ONLY_FILLED]


def _shown(enterprise, name):
    value = getattr(enterprise, name)
    if name in MASKED:
        return mask(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if name in UNITS and value is not None:
        return f"{value:,} {UNITS[name]}"
    if enterprise._meta.get_field(name).choices:
        return getattr(enterprise, f"get_{name}_display")()
    return "" if value is None else str(value)
