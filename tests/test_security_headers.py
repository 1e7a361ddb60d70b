"""What browsers are told on a public page, a page of an enterprise and a page of the desk; in production by HTTPS."""
import pytest

from accounts.tests.factories import PASSWORD, make_enterprise, make_officer
from tests.checks.test_production_settings import in_production

pytestmark = pytest.mark.django_db
#: No inline script or style, nothing from other hosts, frames only of our own, forms only to ourselves.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-src": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PAGES = {"/": None, "/enterprise/": lambda: make_enterprise().account, "/admin/": make_officer}
#: Set as portal.settings.security sets them in production.
PRODUCTION = {
    "SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 365 * 24 * 3600, "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True, "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True,
}  # fmt: skip


def policy_of(page):
    return dict(part.strip().split(" ", 1) for part in page["Content-Security-Policy"].split(";"))


@pytest.mark.parametrize("address", PAGES)
def test_each_kind_of_page_carries_the_headers(client, address):
    if PAGES[address]:
        client.force_login(PAGES[address]())
    page = client.get(address)
    assert page.status_code == 200
    assert policy_of(page) == POLICY
    assert {name: page[name] for name in HEADERS} == HEADERS
    if PAGES[address]:
        assert {"private", "no-store"} & {part.strip() for part in page["Cache-Control"].split(",")}


@pytest.mark.parametrize("address", ["/accounts/login/", "/no-such-page/", "/accounts/second-factor/", "/admin/login/"])
def test_login_and_error_pages_carry_them_too(client, address):
    page = client.get(address, follow=True)
    assert policy_of(page) == POLICY
    assert {name: page[name] for name in HEADERS} == HEADERS


def test_the_cookies_are_out_of_the_reach_of_scripts_and_of_other_sites(client):
    page = client.post("/accounts/login/", {"username": make_enterprise().account.login_name, "password": PASSWORD})
    for name in ("sessionid", "csrftoken"):
        cookie = page.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert page.cookies["sessionid"]["max-age"] == 7200


def test_production_has_these_settings(tmp_path):
    code = f"import portal.settings as s\nprint(json.dumps([getattr(s, name) for name in {list(PRODUCTION)}]))"
    assert dict(zip(PRODUCTION, in_production(code, tmp_path), strict=True)) == {
        name: list(value) if isinstance(value, tuple) else value for name, value in PRODUCTION.items()
    }


@pytest.mark.parametrize("address", PAGES)
def test_production_speaks_https_only_and_says_so_for_a_year(client, settings, address):
    for name, value in PRODUCTION.items():
        setattr(settings, name, value)
    if PAGES[address]:
        client.force_login(PAGES[address]())
    plain = client.get(address)
    assert (plain.status_code, plain["Location"]) == (301, f"https://testserver{address}")
    page = client.get(address, headers={"X-Forwarded-Proto": "https"})
    assert page.status_code == 200
    assert page["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert policy_of(page) == POLICY
    if PAGES[address]:
        assert page.cookies["sessionid"]["secure"] is True
