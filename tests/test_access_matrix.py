"""Every role on every page of the portal: what it gets is what the literal table access_table.txt says."""
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from accounts.role_table import COLUMNS, pages, render_role_table
from portal.env import BASE_DIR
from tests.access_world import ROLES, make_world, routes

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("access_table.txt")
#: Sign out, whoever asks; nothing to protect, and a client that has done it is nobody any more.
ENDS_THE_SESSION = {"accounts/logout/", "admin/logout/"}
WORDS = {200: "ok", 403: "no", 404: "none", 405: "post"}


@pytest.fixture
def world(rf, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_world(rf)


def clients(world):
    """Return a browser for each role."""
    made = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, account in world.people.items():
        made[role].force_login(account)
    session = made["unverified"].session
    del session[DEVICE_ID_SESSION_KEY]
    session.save()
    return made


def outcome(answer):
    """Return what the role got, in a word of the table."""
    if answer.status_code in {301, 302}:
        if answer["Location"].startswith(("/accounts/login/", "/admin/login/")):
            return "login"
        return "code" if answer["Location"].startswith("/accounts/second-factor/") else "away"
    return WORDS.get(answer.status_code, str(answer.status_code))


def table(method):
    """Return {route: words in the order of ROLES} of one part of the table."""
    part = TABLE.read_text().split(f"== {method}\n")[1].split("\n== ")[0]
    rows, words = {}, None
    for line in part.splitlines():
        if line.startswith("    "):
            route = "" if line.strip() == "/" else line.strip()
            assert route not in rows, f"{route} stands twice in the table"
            rows[route] = words
        elif line and not line.startswith("#"):
            words = line.split()
            assert len(words) == len(ROLES), line
    return rows


def test_the_table_knows_every_page_and_no_other():
    assert set(table("GET")) == {route for route, _ in routes()}
    only_post = {route for route, words in table("GET").items() if "post" in words}
    assert set(table("POST")) == only_post - ENDS_THE_SESSION


def test_every_role_gets_on_every_page_what_the_table_says(world):
    browsers = clients(world)
    found = {
        route: [outcome(browsers[role].get(world.address_of(route))) for role in ROLES] for route in table("GET")
    }
    assert found == table("GET")


def test_pages_that_only_take_posts_let_the_same_roles_in_and_no_other(world):
    browsers = clients(world)
    found = {}
    for route in table("POST"):
        found[route] = []
        for role in ROLES:
            with transaction.atomic():
                word = outcome(browsers[role].post(world.address_of(route)))
                transaction.set_rollback(True)
            found[route].append(word if word in {"login", "code", "no", "none"} else "in")
    assert found == table("POST")


#: The column of docs/roles.md that each role of the matrix must agree with; the manager there is of a province.
SAME_ROLE = {
    "访客": "anonymous", "自然人": "person", "企业": "owner", "查阅": "viewer", "审核": "reviewer",
    "审核与发布": "province", "运维": "operator", "未输口令": "unverified",
}  # fmt: skip
#: What a role may get where the page says: opens, opens for what is its own, refused, sign in, second factor.
AGREES = {
    "●": {"ok", "away", "post"},
    "○": {"ok", "away", "post", "none", "409"},
    "—": {"no", "none", "away", "post"},
    "登录": {"login", "post"},
    "口令": {"code", "post"},
}
#: Where the two may differ: the unified login is off unless configured; whoever has bound an authenticator is asked
#: for its code before he may bind another; 满足复核条件 is set by reviewers of a province, and the matrix's is of a city.
APART = {
    "accounts/unified/", "accounts/unified/callback/", "accounts/second-factor/bind/",
    "admin/applications/renewaleligibility/<int:enterprise_id>/<str:tier>/set/",
    "admin/applications/renewaleligibility/<int:enterprise_id>/<str:tier>/withdraw/",
    "admin/applications/renewaleligibility/set-filtered/",
    "admin/applications/renewaleligibility/lists/upload/",
}  # fmt: skip


def test_the_page_on_roles_is_what_the_code_declares():
    assert (BASE_DIR / "docs" / "roles.md").read_text() == render_role_table(), "run manage.py describe_roles"


def test_the_page_on_roles_agrees_with_what_the_roles_get():
    measured = table("GET")
    disagreements = [
        (route, column, cell, word)
        for route, cells in pages()
        if route not in APART
        for column, cell in zip(COLUMNS, cells, strict=True)
        if (word := measured[route][ROLES.index(SAME_ROLE[column])]) not in AGREES[cell]
    ]
    assert disagreements == []
    assert {route for route, _ in pages()} == set(measured)
