"""Every page says who may open it (portal.tools.access); the admin declares its own."""
from django.urls import URLPattern, URLResolver, get_resolver, path

from portal.tools.access import ENTERPRISE, OFFICER, PUBLIC, SIGNED_IN, STAFF, opens_to

ANSWERS = {PUBLIC, SIGNED_IN, ENTERPRISE, OFFICER, STAFF}


def undeclared(patterns, prefix=""):
    """Return the addresses below ``patterns`` whose view does not say who may open it."""
    found = []
    for entry in patterns:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            if entry.namespace != "admin":
                found += undeclared(entry.url_patterns, address)
        elif isinstance(entry, URLPattern) and getattr(entry.callback, "opens_to", None) not in ANSWERS:
            found.append(address)
    return found


def declared_addresses(patterns):
    """Return how many views outside the admin there are."""
    return sum(
        (declared_addresses(entry.url_patterns) if entry.namespace != "admin" else 0)
        if isinstance(entry, URLResolver)
        else 1
        for entry in patterns
    )


def test_every_page_declares_who_may_open_it():
    patterns = get_resolver().url_patterns
    assert declared_addresses(patterns) > 10
    assert undeclared(patterns) == []


def test_a_page_without_a_declaration_is_found():
    def open_to_whom(request):
        return None

    guarded = opens_to(ENTERPRISE)(open_to_whom)
    misspelt = opens_to("everyone")(open_to_whom)
    nested = URLResolver(path("b/", open_to_whom).pattern, [path("c/", open_to_whom)], namespace="b")
    admin = URLResolver(path("admin/", open_to_whom).pattern, [path("d/", open_to_whom)], namespace="admin")
    patterns = [path("a/", open_to_whom), path("e/", guarded), path("f/", misspelt), nested, admin]
    assert undeclared(patterns) == ["a/", "f/", "b/c/"]
