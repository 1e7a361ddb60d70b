"""Filters for evidence files."""
from django import template

register = template.Library()


@register.filter
def of(facts, key):
    """Return what is known of one file: ``facts`` is reviews.queries.evidence.file_facts, ``key`` the file's id."""
    return (facts or {}).get(key, {})
