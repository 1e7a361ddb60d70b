"""Computed fields (applications/computed.py) that a section shows outside a table of years."""
from applications.forms.layout import Derived


def computed_value(key):
    """Return the function of a FilledForm that shows one computed field, or says which input is missing."""

    def show(form):
        result = form.computed[key]
        return Derived(shown=result.shown, note=result.reason)

    return show


def fact_count(key, unit="项"):
    """Return the function of a FilledForm that shows a count derived from a list."""

    def show(form):
        return Derived(shown=f"{form.facts[key]} {unit}")

    return show
