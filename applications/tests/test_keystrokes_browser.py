"""Never lose a keystroke (design.md §6): what test_fill_browser.py leaves out, in a real browser on a real server.

Windows are closed and killed, two tabs write at once, a save is slow, the form is too large, the storage of the browser
is full, 【确认提交】 is pressed twice, the back button follows the submit. tests/test_journey_keystrokes.py stops the server.
"""
import os

import pytest
from django.urls import reverse
from playwright.sync_api import Error, expect

from accounts.tests.factories import PASSWORD
from applications.tests.filled import TYPED, make_complete_draft, make_draft
from reviews.enums import State
from reviews.models import ReviewEvent
from tests.browser import chromium, chromium_at

# playwright runs a loop in this thread; the ORM is used between its calls only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytestmark = pytest.mark.django_db(transaction=True)

MAIN_PRODUCT = "#f-specialization-main_product"
SEGMENT_YEARS = "#f-specialization-segment_years"
OVERVIEW = "#f-statement-overview"
AWAY = "未保存：网络中断"


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def context(browser):
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 900})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def filing(live_server):
    return make_draft(values=TYPED)


@pytest.fixture
def addresses(live_server):
    """Return the addresses of a filing's pages by name, and "login"."""

    def of(name, filing=None):
        path = reverse(f"applications:{name}", args=[filing.pk]) if filing else reverse("accounts:login")
        return live_server.url + path

    return of


@pytest.fixture
def open_form(addresses, filing):
    """Return a function that opens the fill-in page in a new tab, signing in where that is needed."""

    def opened(context, filing=filing):
        page = context.new_page()
        page.goto(addresses("fill", filing))
        if page.locator("[name=password]").first.is_visible():
            page.fill("main [name=username]", filing.enterprise.account.login_name)
            page.fill("main [name=password]", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url("**/fill/")
        return page

    return opened


def state(page):
    return page.locator("[data-save-state]")


def offer(page):
    return page.locator("[data-restore]")


def stored(filing, field, section="specialization"):
    filing.refresh_from_db()
    return filing.answers[section].get(field)


def test_what_was_typed_a_moment_before_the_browser_was_closed_is_offered_by_the_next_one(
    browser, open_form, filing, tmp_path
):
    with chromium_at(browser, tmp_path) as first:
        page = open_form(first)
        first.set_offline(True)  # or else the closing window would still save it
        page.fill(MAIN_PRODUCT, "关闭浏览器前一刻填写")
    assert stored(filing, "main_product") == TYPED["specialization"]["main_product"]
    with chromium_at(browser, tmp_path) as second:
        page = open_form(second)
        expect(offer(page)).to_contain_text("主导产品名称：本机“关闭浏览器前一刻填写”")
        page.click("[data-restore-yes]")
        expect(state(page)).to_contain_text("已暂存")
        assert stored(filing, "main_product") == "关闭浏览器前一刻填写"
        page.reload()
        expect(offer(page)).to_be_hidden()


def test_what_was_typed_in_a_tab_that_crashed_is_offered_by_the_next_one_and_can_be_thrown_away(
    open_form, context, filing
):
    page = open_form(context)
    page.route("**/save/", lambda route: None)  # the answer never comes
    page.fill(MAIN_PRODUCT, "标签页崩溃前填写")
    with page.expect_event("crash"), pytest.raises(Error):
        page.goto("chrome://crash", timeout=5_000)
    again = open_form(context)
    expect(offer(again)).to_contain_text("主导产品名称：本机“标签页崩溃前填写”")
    again.click("[data-restore-no]")
    expect(offer(again)).to_be_hidden()
    again.reload()
    expect(offer(again)).to_be_hidden()
    expect(again.locator(MAIN_PRODUCT)).to_have_value(TYPED["specialization"]["main_product"])


def test_what_is_typed_before_the_script_of_the_page_has_come_is_saved_all_the_same(
    open_form, context, addresses, filing
):
    open_form(context).close()
    held = []
    context.route("**/fill-answer*.js", lambda route: held.append(route))  # a module that the page's script waits for
    page = context.new_page()
    page.goto(addresses("fill", filing), wait_until="commit")
    page.locator(MAIN_PRODUCT).fill("脚本到达之前填写的产品")
    expect(page.locator("#fill-form[data-ready]")).to_have_count(0)
    held[0].continue_()
    expect(state(page)).to_contain_text("已暂存")
    assert stored(filing, "main_product") == "脚本到达之前填写的产品"


def test_a_save_in_one_tab_leaves_the_unsaved_values_of_the_other_alone(open_form, context, filing):
    mine, other = open_form(context), open_form(context)
    mine.route("**/save/", lambda route: route.abort())
    mine.fill(MAIN_PRODUCT, "第一个标签页的产品")
    expect(state(mine)).to_contain_text(AWAY)
    other.fill(SEGMENT_YEARS, "6")
    expect(state(other)).to_contain_text("已暂存")
    mine.close(run_before_unload=False)
    again = open_form(context)
    expect(offer(again)).to_contain_text("主导产品名称：本机“第一个标签页的产品”")
    expect(offer(again)).not_to_contain_text("从事")
    again.click("[data-restore-yes]")
    expect(state(again)).to_contain_text("已暂存")
    assert stored(filing, "main_product") == "第一个标签页的产品"
    assert stored(filing, "segment_years") == "6"


def test_the_second_of_two_tabs_is_told_sees_both_values_and_loses_neither(open_form, context, filing):
    first, second = open_form(context), open_form(context)
    first.fill(MAIN_PRODUCT, "第一个标签页的产品")
    expect(state(first)).to_contain_text("已暂存")
    second.fill(MAIN_PRODUCT, "第二个标签页的产品")
    second.fill(SEGMENT_YEARS, "9")
    box = second.locator("[data-stale]")
    expect(box).to_contain_text("主导产品名称：本页“第二个标签页的产品”，另一窗口“第一个标签页的产品”")
    assert stored(filing, "main_product") == "第一个标签页的产品"
    with second.expect_navigation():
        second.click("[data-stale-mine]")
    expect(second.locator(MAIN_PRODUCT)).to_have_value("第二个标签页的产品")
    assert stored(filing, "segment_years") == "9"
    first.fill(SEGMENT_YEARS, "10")
    expect(first.locator("[data-stale]")).to_contain_text("本页“10”，另一窗口“9”")


def test_what_is_typed_while_a_save_is_under_way_is_saved_as_well(open_form, context, filing):
    page = open_form(context)
    held = []
    page.route("**/save/", lambda route: held.append(route) if not held else route.continue_())
    page.fill(MAIN_PRODUCT, "第一次填写")
    expect(state(page)).to_have_text("保存中…")
    page.fill(MAIN_PRODUCT, "保存途中改写")
    page.fill(SEGMENT_YEARS, "11")
    held[0].continue_()
    expect(page.locator("#fill-form [name=version]")).to_have_value(str(filing.version + 2))
    assert (stored(filing, "main_product"), stored(filing, "segment_years")) == ("保存途中改写", "11")


def test_with_the_storage_of_the_browser_full_the_page_asks_to_stay_open_and_saves_later(open_form, context, filing):
    page = open_form(context)
    page.evaluate("""() => {
        for (let size = 2 ** 22; size >= 1; size = Math.floor(size / 2)) {
            try {
                for (let n = 0; ; n += 1) localStorage.setItem(`full-${size}-${n}`, "x".repeat(size));
            } catch { /* the rest goes in smaller pieces */ }
        }
    }""")
    context.set_offline(True)
    page.fill(MAIN_PRODUCT, "本机存储已满时填写")
    expect(state(page)).to_contain_text(AWAY)
    expect(state(page)).to_contain_text("请不要关闭本页")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    expect(page.locator(MAIN_PRODUCT)).to_have_value("本机存储已满时填写")
    assert asked == ["beforeunload"]
    context.set_offline(False)
    expect(state(page)).to_contain_text("已暂存", timeout=20_000)
    assert stored(filing, "main_product") == "本机存储已满时填写"


def test_a_form_too_large_for_the_server_is_told_and_saved_once_it_is_shorter(open_form, context, filing, settings):
    page = open_form(context)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3000  # bytes
    page.fill(OVERVIEW, "精密" * 400)
    expect(state(page)).to_contain_text("未保存：填写的内容太多，超过一次可以保存的数量")
    expect(state(page)).to_contain_text("内容已保留在本机")
    expect(page.locator(OVERVIEW)).to_have_value("精密" * 400)
    page.fill(OVERVIEW, "精密传动部件")
    expect(state(page)).to_contain_text("已暂存")
    assert stored(filing, "overview", "statement") == "精密传动部件"


@pytest.fixture
def checked(open_form, context, addresses, live_server):
    """A complete draft, and a tab that came from its form to 核对并提交."""
    complete = make_complete_draft()
    page = open_form(context, complete)
    page.click("[data-check]")
    page.wait_for_url("**/check/")
    return complete, page


def submissions(filing):
    filing.refresh_from_db()
    assert filing.state == State.IN_REVIEW
    return ReviewEvent.objects.filter(filing=filing).count()


def test_a_double_click_on_the_last_button_submits_once(checked):
    filing, page = checked
    page.get_by_role("button", name="确认提交").dblclick()
    expect(page.get_by_text("提交成功").first).to_be_visible()
    assert submissions(filing) == 1


def test_a_second_window_that_submits_as_well_ends_on_the_same_page_and_nothing_happens_twice(checked, context):
    filing, page = checked
    other = context.new_page()
    other.goto(page.url)
    for window in (page, other):
        window.get_by_role("button", name="确认提交").click()
        window.wait_for_url("**/filings/*/")
        expect(window.get_by_text("审核中").first).to_be_visible()
    assert submissions(filing) == 1


def test_the_back_button_after_the_submit_leads_to_no_page_that_could_still_be_filled_in(checked, addresses):
    filing, page = checked
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_text("提交成功").first).to_be_visible()
    for _ in range(2):  # over 核对 to the form
        page.go_back()
        page.wait_for_url(addresses("filing", filing))
        expect(page.locator("#fill-form")).to_have_count(0)
        expect(page.get_by_role("button", name="确认提交")).to_have_count(0)
    assert submissions(filing) == 1
