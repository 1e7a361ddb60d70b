"""Nothing that somebody types into an address or a form of the desk makes a page fall over.

Every page of the admin is asked with every parameter and every field of its forms set to something no honest browser
sends. An answer may be any page, a redirect or a refusal; it is never a failure of the server.
"""
import re
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.utils.http import urlencode

from tests.access_world import make_world, routes

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/filing/"
#: Query parameters of the desk that no field of a page names; every page is given all of them.
PARAMETERS = (
    "_changelist_filters", "_popup", "_to_field", "_up", "action", "after", "area", "authority", "before", "box",
    "columns", "comment", "drop", "e", "failed", "fill", "id", "kind", "last", "layout", "levels", "next", "nonce",
    "number", "offset", "officer", "only", "order", "p", "page", "parent", "payload", "province", "query", "selected",
    "snapshot", "source", "starts_on", "target", "tier", "ticked", "version", "what", "working_days", "year",
)  # fmt: skip
BAD = (
    "\x00",
    "江苏\x00省",
    "9" * 26,
    "3000000000",
    "-1",
    "１２",
    "²",
    "NaN",
    "1e999999",
    "9999-12-31",
    "0001-01-01",
    "\udfff",
    "q=%00&scope=%ff&window=99999999999999999999&after=1,2,3",
    '"><script>alert(1)</script>',
    '{"a": [1, null]}',
    "9" * 4400,
)
#: Each page gets the values of one kind in turn in one request, and some fields twice.
KINDS = {"NUL": BAD[:2], "numbers": BAD[2:9], "days and no text": BAD[9:13], "markup and endless digits": BAD[13:]}
#: Stands in an address for the part that is spoilt.
MARK = "~spoilt~"
#: Leaves the session, so that all that follows would be asked by nobody.
ENDS_THE_SESSION = {"admin/logout/"}
#: The conditions of a work list that are more than a choice among what is offered.
OPEN_CONDITIONS = ("after", "before", "returned_before", "handler", "desk", "window", "score_from", "q")
_FIELD = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"')
_TEXT_OF_A_PATH = re.compile(r"<(?:path|str):(\w+)>")


@pytest.fixture
def world(rf, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_world(rf)


@pytest.fixture
def desk(world):
    """Browsers of a manager of the city, where the filing waits, and of one of the province, who sets what holds."""
    made = []
    for role in ("manager", "province"):
        client = Client(raise_request_exception=False)
        client.force_login(world.people[role])
        made.append(client)
    return made


def desk_routes():
    """Return every route of the admin once."""
    every = dict.fromkeys(route for route, _ in routes())
    return [route for route in every if route.startswith("admin/") and route not in ENDS_THE_SESSION]


def spoilt(names, values):
    """Return a query string or body in which the names have the values in turn, and some names come twice."""
    raw = [value.encode("utf-8", "surrogatepass") for value in values]
    pairs = [(name, raw[place % len(raw)]) for place, name in enumerate(names)]
    return urlencode(pairs + [(name, raw[-1]) for name in names[:3]])


def failures(client, tries):
    """Return (method, address, error) of each (method, address, content) that was answered by a failure.

    Writes are taken back; what a request does on commit is not done.
    """
    found = []
    for method, address, content in tries:
        with transaction.atomic():
            if method == "GET":
                answer = client.get(f"{address}{'&' if '?' in address else '?'}{content}" if content else address)
            else:
                answer = client.post(address, content, content_type="application/x-www-form-urlencoded")
            transaction.set_rollback(True)
        if answer.status_code >= 500 or answer.exc_info:
            kind, error, _ = answer.exc_info or (None, answer.status_code, None)
            found.append((method, address[:100], f"{kind.__name__ if kind else ''} {error}"[:160]))
    return found


def names_on(client, address):
    """Return the names of the fields that the page of an address shows."""
    with transaction.atomic():
        answer = client.get(address)
        transaction.set_rollback(True)
    if answer.streaming or not answer.get("Content-Type", "").startswith("text/html"):
        return set()
    return set(_FIELD.findall(answer.content.decode())) - {"csrfmiddlewaretoken"}


@pytest.mark.parametrize("values", KINDS.values(), ids=KINDS)
def test_bad_values_in_every_address_and_every_form_of_the_desk_are_ignored_or_refused(world, desk, values):
    found = []
    for client in desk:
        for route in desk_routes():
            address = world.address_of(route)
            names = sorted({*PARAMETERS, *names_on(client, address)})
            found += failures(client, [(method, address, spoilt(names, values)) for method in ("GET", "POST")])
    assert found == []


@pytest.mark.parametrize("scope", ["mine", "in_review", "returned"])
def test_a_bad_value_in_one_condition_of_the_work_list_is_ignored_or_named(desk, scope):
    tries = [
        ("GET", LIST, f"scope={scope}&{spoilt([name], [value])}") for name in OPEN_CONDITIONS for value in BAD
    ]
    assert failures(desk[1], tries) == []


def test_bad_values_in_the_path_of_a_page_find_nothing(world, desk):
    tries = []
    for route in desk_routes():
        for name in _TEXT_OF_A_PATH.findall(route):
            # The rest of the address is that of what there is; a mark stands for the part that is spoilt.
            address = world.address_of(re.sub(rf"<(path|str):{name}>", MARK, route))
            for value in BAD:
                text = quote(value.encode("utf-8", "surrogatepass"), safe="")
                tries += [("GET", address.replace(MARK, text), ""), ("POST", address.replace(MARK, text), "")]
    assert len(tries) > 100
    assert failures(desk[1], tries) == []
