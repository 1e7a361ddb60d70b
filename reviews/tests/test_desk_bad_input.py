"""Nothing that somebody types into an address or a form of the desk makes a page fall over.

Every page of the admin is asked with every parameter and every field of its forms set to something no honest browser
sends. An answer may be any page, a redirect or a refusal; it is never a failure of the server.
"""
import re

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.utils.http import urlencode

from reviews.queries.choices import SCOPES
from tests.access_world import make_world, routes

pytestmark = pytest.mark.django_db

#: Query parameters of the desk; every page is given all of them, known to it or not.
PARAMETERS = (
    "scope", "kind", "tier", "renewal", "window", "province", "city", "county", "industry", "verdict", "score_from",
    "score_to", "due", "warning", "waited", "handler", "desk", "returned_before", "q", "after", "before", "parent",
    "_changelist_filters", "page", "p", "o", "failed", "only", "fill", "what", "selected", "columns", "layout", "query",
    "snapshot", "source", "target", "year", "starts_on", "working_days", "period", "authority", "action", "first",
    "last", "offset", "box", "next", "key", "order", "levels", "entry", "slot", "section", "field", "name", "_popup",
    "enterprise", "since", "until", "actor", "subject", "from", "to", "state", "number", "id", "all", "e",
)  # fmt: skip
BAD = {
    "nul": "\x00",
    "nul within": "江苏\x00省",
    "beyond bigint": "99999999999999999999999999",
    "beyond integer": "3000000000",
    "negative": "-1",
    "full width": "１２",
    "digit that is no number": "²",
    "not a number": "NaN",
    "exponent": "1e999999",
    "last day there is": "9999-12-31",
    "first day there is": "0001-01-01",
    "lone surrogate": "\ud800",
    "query within": "q=%00&scope=%ff&window=99999999999999999999&after=1,2,3",
    "markup": "\"><script>alert(1)</script>",
    "long": "长" * 3000,
    "json": '{"a": [1, null]}',
}
#: Leave the session, so that all that follows would be asked by nobody.
ENDS_THE_SESSION = {"admin/logout/"}
#: Fields that decide which button was pressed are tried as they are; the rest is spoilt.
KEPT = ("csrfmiddlewaretoken",)
_FIELD = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"')


@pytest.fixture
def world(rf, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_world(rf)


@pytest.fixture
def desk(world):
    """Browsers of a manager of the city and of one of the province: each sees pages that the other does not."""
    made = []
    for role in ("manager", "province"):
        client = Client(raise_request_exception=False)
        client.force_login(world.people[role])
        made.append(client)
    return made


def desk_routes():
    """Return every route of the admin once."""
    return [route for route in dict.fromkeys(route for route, _ in routes()) if route.startswith("admin/")]


def asked(client, method, address, query):
    """Return the status of a request whose writes are taken back; a failure says what it was."""
    with transaction.atomic():
        content = {"content_type": "application/x-www-form-urlencoded"} if method == "post" else {}
        if method == "post":
            answer = client.post(address, query, **content)
        else:
            answer = client.get(f"{address}{'&' if '?' in address else '?'}{query}")
        transaction.set_rollback(True)
    return answer


def failures(client, method, tries):
    """Return (address, query, error) of each request that was answered by a failure."""
    found = []
    for address, query in tries:
        answer = asked(client, method, address, query)
        if answer.status_code >= 500:
            kind, error, _trace = answer.exc_info or (None, answer.status_code, None)
            found.append((address, query[:80], f"{kind.__name__ if kind else ''}: {str(error)[:200]}"))
    return found


def spoilt(names, value):
    """Return a query string or body in which every one of ``names`` has the value, and some have it twice."""
    return urlencode([(name, value.encode("utf-8", "surrogatepass")) for name in (*names, *names[:3])])


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
def test_a_bad_value_in_the_address_is_ignored_or_named_on_every_page(world, desk, value):
    tries = [
        (world.address_of(route), spoilt(PARAMETERS, value)) for route in desk_routes() if route not in ENDS_THE_SESSION
    ]
    assert [failure for client in desk for failure in failures(client, "get", tries)] == []


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
def test_a_bad_value_in_one_condition_of_the_work_list_is_ignored_or_named(world, desk, value):
    tries = [("/admin/reviews/filing/", spoilt([name], value)) for name in PARAMETERS]
    tries += [
        ("/admin/reviews/filing/", f"scope={scope}&{spoilt([name], value)}")
        for scope, _ in SCOPES
        for name in ("after", "before", "returned_before", "handler", "desk")
    ]
    assert failures(desk[1], "get", tries) == []


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
def test_bad_values_in_every_field_of_every_form_are_refused_with_a_sentence(world, desk, value):
    found = []
    for client in desk:
        tries = []
        for route in desk_routes():
            if route in ENDS_THE_SESSION:
                continue
            address = world.address_of(route)
            names = sorted({*_names(client, address), "query", "_changelist_filters", "selected", "version", "key"})
            tries.append((address, spoilt([name for name in names if name not in KEPT], value)))
        found += failures(client, "post", tries)
    assert found == []


def _names(client, address):
    """Return the names of the fields that the page of an address shows."""
    with transaction.atomic():
        answer = client.get(address)
        transaction.set_rollback(True)
    if answer.streaming or not answer.get("Content-Type", "").startswith("text/html"):
        return []
    return _FIELD.findall(answer.content.decode())
