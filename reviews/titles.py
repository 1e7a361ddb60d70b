"""已认定 by tier: only a higher layer knows what a title is, so it registers the count (layers: design.md §3)."""
from dataclasses import dataclass


@dataclass(frozen=True)
class TitleCount:
    """How many titles of a tier hold today in an officer's jurisdiction, and the address of the list of them."""

    tier: str
    title: str
    count: int
    address: str


_counter = None


def register_title_counter(function):
    """Set the function that returns the list of TitleCount for an officer; one grouped query, it may be slow."""
    global _counter
    _counter = function


def title_counts(user):
    """Return the list of TitleCount of the officer's jurisdiction; empty where nothing is registered."""
    return _counter(user) if _counter else []
