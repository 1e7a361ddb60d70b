"""The pages of the desk as everybody can use them: names, headings, contrast, room at 360 pixels, the menu's keys."""
import os

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect, sync_playwright

from accounts.tests.factories import make_enterprise, make_officer
from reviews.enums import State
from reviews.tests.desk import make_phrase
from reviews.tests.factories import decide, make_filing, publicise, submit
from reviews.tests.look import AUDIT

# playwright runs a loop in this thread; the ORM is used between its calls
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytestmark = pytest.mark.django_db(transaction=True)

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
REVIEWS, ACCOUNTS, TITLES = "/admin/reviews/", "/admin/accounts/", "/admin/applications/"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_desk(browser, client, live_server):
    """A function that signs an officer in and returns his page; complaints about rules for content fail the test."""
    contexts, faults = [], []

    def open_it(officer, width=1366):
        client.force_login(officer)
        context = browser.new_context(
            base_url=live_server.url, locale="zh-CN", viewport={"width": width, "height": 768}
        )
        context.set_default_timeout(15_000)
        name = django_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda said: said.type == "error" and faults.append(f"{page.url}: {said.text}"))
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []


def addresses(filing, listed, phrase):
    """Return the main pages of the desk for an officer of the province on whose desk the filing is."""
    one = f"{REVIEWS}filing/{filing.pk}/"
    return [
        "/admin/", "/admin/password_change/", "/admin/reviews/",
        *(f"{REVIEWS}filing/{query}" for query in (
            "", "?scope=all", "?scope=all&q=没有这家", "?scope=returned&tier=innovative",
        )),
        *(f"{one}{page}/" for page in (
            "change", "decide/approve", "decide/return", "decide/reject", "hand-over", "visits/add", "opinions/add",
            "history",
        )),
        f"{one}change/?comment=basic.name",
        *(f"{REVIEWS}filing/{page}/" for page in ("saved", "oversight", "oversight/reminders", "oversight/merge")),
        *(f"{REVIEWS}{name}/" for name in (
            "publicitylist", "window", "route", "phrase", "bulkdecision", "export", "reviewevent", "holidayoverride",
            "publicitylist/add", "window/add", "phrase/add", "reviewevent/verification",
        )),
        f"{REVIEWS}phrase/{phrase.pk}/change/", f"{REVIEWS}publicitylist/{listed.pk}/change/",
        f"{REVIEWS}publicitylist/{listed.pk}/objections/",
        *(f"{ACCOUNTS}{name}/" for name in (
            "user", "user/add", "signinlog", "accesslog", "mobilechangerequest", "realnamerequest", "authority",
            "region", "sizestandard",
        )),
        *(f"{TITLES}{name}/" for name in (
            "recognition", "renewaleligibility", "renewaleligibility/lists", "renewaleligibility/lists/upload",
        )),
    ]  # fmt: skip


@pytest.fixture
def pages():
    """Return the manager of a province with a filing on the desk, a list in its time, and the addresses."""
    province = make_officer("320000", "manager")
    ready = submit(make_filing(make_enterprise(name="公示中精密制造有限公司")))
    while ready.state == State.IN_REVIEW:
        decide(ready)
    listed = publicise(ready)
    filing = submit(make_filing(make_enterprise(name="待审传感技术有限公司")))
    decide(filing)
    return province, addresses(filing, listed, make_phrase(province.authority))


@pytest.mark.parametrize("width", [1366, 360])
def test_every_page_of_the_desk_can_be_read_and_used_by_everybody(open_desk, pages, width):
    province, visited = pages
    page = open_desk(province, width)
    findings = {}
    for address in visited:
        answer = page.goto(address)
        assert answer.status == 200, f"{answer.status} {address}"
        if found := page.evaluate(AUDIT):
            findings[address] = found
    assert findings == {}


def test_the_rest_of_the_menu_closes_when_one_leaves_it_or_presses_escape(open_desk):
    page = open_desk(make_officer("320000", "manager"))
    page.goto("/admin/")
    more = page.locator(".desk-menu__more")
    heading, first = more.locator("summary"), more.get_by_role("link").first
    heading.focus()
    page.keyboard.press("Enter")
    expect(first).to_be_visible()
    page.keyboard.press("Tab")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(first).to_be_hidden()
    expect(heading).to_be_focused()
    page.keyboard.press("Enter")
    expect(first).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(first).to_be_hidden()
    heading.click()
    expect(first).to_be_visible()
    page.locator(".desk-header__row").click(position={"x": 600, "y": 5})
    expect(first).to_be_hidden()
