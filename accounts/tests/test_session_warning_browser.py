"""The warning before a session ends, as somebody with two tabs meets it."""
import os

import pytest
from playwright.sync_api import expect

from accounts.models import Session
from accounts.tests.factories import PASSWORD, make_enterprise
from tests.browser import chromium

# playwright runs a loop in this thread; the ORM is used between its calls only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def context(browser, live_server, settings):
    """A browser in which a session lasts 12 seconds and the warning comes 9 seconds before its end."""
    settings.SESSION_COOKIE_AGE, settings.SESSION_WARNING = 12, 9
    opened = browser.new_context(base_url=live_server.url, viewport={"width": 1366, "height": 768})
    opened.set_default_timeout(15_000)
    make_enterprise(login_name="nanjing-01")
    sign_in(opened.new_page())
    yield opened
    opened.close()


def sign_in(page):
    page.goto("/accounts/login/")
    fill_in(page)


def fill_in(page):
    page.locator("[name=username]").fill("nanjing-01")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/enterprise/")


def box(page):
    return page.locator("[data-session-warning]")


def test_the_warning_counts_down_and_continuing_keeps_the_session(context):
    page = context.pages[0]
    expect(box(page)).to_be_hidden()
    expect(box(page)).to_contain_text("后结束", timeout=8_000)
    before = Session.objects.get(account__isnull=False).expire_date
    page.get_by_role("button", name="继续使用").click()
    expect(box(page)).to_be_hidden()
    assert Session.objects.get(account__isnull=False).expire_date > before


def test_work_in_another_tab_takes_the_warning_away(context):
    page = context.pages[0]
    expect(box(page)).to_contain_text("后结束", timeout=8_000)
    context.new_page().goto("/enterprise/messages/")
    expect(box(page)).to_be_hidden()


def test_after_the_end_the_page_stays_and_a_login_in_a_new_tab_makes_its_forms_work_again(context):
    page = context.pages[0]
    expect(box(page)).to_contain_text("登录已结束", timeout=20_000)
    assert page.url.endswith("/enterprise/")
    with context.expect_page() as opened:
        page.get_by_role("link", name="在新标签页登录").click()
    old = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    fill_in(opened.value)
    expect(box(page)).to_be_hidden()
    assert page.locator("input[name=csrfmiddlewaretoken]").first.input_value() != old
