"""The work list in a real browser: keys, ticks, areas that depend on each other, and all of it without scripts."""
import os

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect, sync_playwright

from accounts.tests.factories import make_enterprise, make_officer
from reviews.enums import State
from reviews.tests.factories import authority, make_filing

# playwright runs a loop in this thread; the ORM is used between its calls
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/reviews/filing/"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_list(browser, client, live_server):
    """A function that opens the list as an officer of an authority, with or without scripts; faults are collected."""
    contexts, faults = [], []

    def open_it(code, query="", java_script_enabled=True):
        client.force_login(make_officer(code))
        context = browser.new_context(
            locale="zh-CN", java_script_enabled=java_script_enabled, viewport={"width": 1366, "height": 768}
        )
        context.set_default_timeout(15_000)
        name = django_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        page.goto(f"{live_server.url}{LIST}{query}")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []


def three_filings():
    return [make_filing(make_enterprise(name=f"第{n}公司"), state=State.IN_REVIEW) for n in "一二三"]


def test_the_keys_walk_tick_and_open(open_list):
    filings = three_filings()
    page = open_list("320100")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="第一公司")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", name="选择 第二公司")).to_be_checked()
    expect(page.get_by_text("已选 1 件")).to_be_visible()
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="第一公司")).to_be_focused()
    expect(page.locator("#worklist-keys")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("#worklist-keys")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{LIST}{filings[2].pk}/change/**")


def test_the_keys_are_letters_while_somebody_types(open_list):
    three_filings()
    page = open_list("320100")
    page.get_by_role("searchbox", name="查找").press_sequentially("jxk?")
    expect(page.get_by_role("searchbox", name="查找")).to_have_value("jxk?")
    expect(page.locator("#worklist-keys")).to_be_hidden()
    expect(page.locator("input[name=selected]:checked")).to_have_count(0)
    page.get_by_role("checkbox", name="选择 第二公司").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{LIST}*/change/**")


def test_the_whole_page_is_ticked_at_once(open_list):
    three_filings()
    page = open_list("320100")
    whole = page.get_by_label("全选本页")
    whole.check()
    expect(page.locator("input[name=selected]:checked")).to_have_count(3)
    expect(page.get_by_text("已选 3 件")).to_be_visible()
    page.get_by_role("checkbox", name="选择 第二公司").uncheck()
    expect(whole).not_to_be_checked()
    expect(page.get_by_text("已选 2 件")).to_be_visible()


def test_a_lower_area_offers_only_what_lies_in_the_chosen_one(open_list):
    make_filing(state=State.IN_REVIEW)
    page = open_list("000000", "?scope=all")
    assert page.get_by_label("市", exact=True).locator("option").all_text_contents() == ["全部"]
    page.get_by_label("省", exact=True).select_option(label="江苏省")
    expect(page.get_by_label("市", exact=True).locator("option")).to_have_text(["全部", "南京市", "苏州市"])
    page.get_by_label("市", exact=True).select_option(label="南京市")
    expect(page.get_by_label("县（区）").locator("option")).to_have_text(["全部", "玄武区", "鼓楼区"])
    page.get_by_label("县（区）").select_option(label="鼓楼区")
    page.get_by_label("省", exact=True).select_option(label="重庆市")
    expect(page.get_by_label("市", exact=True).locator("option")).to_have_text(["全部", "渝中区"])
    expect(page.get_by_label("县（区）").locator("option")).to_have_text(["全部"])
    page.get_by_role("button", name="查询").first.click()
    page.wait_for_url(f"**province={authority('500000').pk}**")
    expect(page.get_by_text("没有符合条件的申报件")).to_be_visible()


def test_without_scripts_the_areas_come_with_the_next_page_and_rows_can_be_ticked(open_list):
    make_filing(make_enterprise(name="玄武公司"), state=State.IN_REVIEW)
    page = open_list("000000", "?scope=all", java_script_enabled=False)
    page.get_by_label("省", exact=True).select_option(label="江苏省")
    page.get_by_role("button", name="查询").first.click()
    page.get_by_label("市", exact=True).select_option(label="南京市")
    page.get_by_role("button", name="查询").first.click()
    expect(page.get_by_label("县（区）").locator("option")).to_have_text(["全部", "玄武区", "鼓楼区"])
    expect(page.get_by_role("link", name="玄武公司")).to_be_visible()
    page.get_by_role("checkbox", name="选择 玄武公司").check()
    expect(page.get_by_text("全选本页")).to_be_hidden()
