"""What the enterprise sees of a filing, for the officers' 企业视图."""
from django import template

from applications.views.seen import what_is_seen

register = template.Library()


@register.inclusion_tag("applications/filing_body.html")
def seen_by_enterprise(filing):
    """Show the body of 详情 without anything that only the enterprise can follow or press."""
    return what_is_seen(filing) | {"read_only": True}
