"""现有称号: what a renewal (复核) shows of the title it renews; from the record of recognitions, never typed."""
from accounts.fields import LineField
from applications.forms.base import Section
from applications.forms.layout import Fields


class RenewalSection(Section):
    """The present title. Every field is fixed: the kind gives the values, as text (dates as 2026-03-31)."""

    key = "renewal"
    title = "现有称号"
    intro = "以下内容来自平台的认定记录，不能在此修改；有误的，请联系省级主管部门。"
    fixed = frozenset({"renewal_title", "renewal_number", "renewal_from", "renewal_until"})
    conditional = fixed
    layout = (Fields(("renewal_title", "renewal_number", "renewal_from", "renewal_until")),)

    renewal_title = LineField(label="称号", max_length=40, required=False)
    renewal_number = LineField(label="认定编号", max_length=60, required=False)
    renewal_from = LineField(label="有效期起", max_length=10, required=False)
    renewal_until = LineField(label="有效期止", max_length=10, required=False)
