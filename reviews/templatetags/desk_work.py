"""Tags of the filing page: internal records, and who handles the filing."""
from django import template

from reviews.queries.filing_page import may_comment
from reviews.queries.records import handovers_of, records_of

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_records(context, filing):
    """Return the records of a filing, and whether the officer who looks at it adds some."""
    visits, opinions = records_of(filing)
    return {"visits": visits, "opinions": opinions, "may_add": context["request"].user.may_decide}


@register.simple_tag(takes_context=True)
def desk_handling(context, filing):
    """Return what the panel of the 经办人 shows, or None when the filing is on no desk and was never handed over."""
    user = context["request"].user
    handovers = handovers_of(filing)
    if filing.state != "in_review" and not handovers:
        return None
    return {
        "handovers": handovers,
        "may": may_comment(filing, user),
        "is_mine": filing.handler_id == user.pk,
    }
