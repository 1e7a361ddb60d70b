"""What the part 核验提示 of the officers' page needs."""
from django import template

from reviews.cross_checks import all_checks

register = template.Library()


@register.simple_tag
def known_checks():
    """Return [(label, explanation)] of every cross-check, for telling what was looked at."""
    return [(label, explanation) for _, label, explanation in all_checks()]
