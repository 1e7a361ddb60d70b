"""Lists in a real browser: rows come and go without a page load, and none is ever lost."""
import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect, sync_playwright

from accounts.tests.factories import PASSWORD
from applications.tests.filled import make_draft, type_in
from applications.tests.listed import FIRST, FULL, SECOND

# playwright runs a loop in this thread; the ORM is used between its calls only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytestmark = pytest.mark.django_db(transaction=True)

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def filing(live_server, listed):
    return make_draft(values=FULL)


@pytest.fixture
def opened(browser, live_server, filing):
    """Return a function that opens the form as the enterprise; script errors fail the test."""
    faults, contexts = [], []

    def open_form(**options):
        context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 900}, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{live_server.url}{reverse('accounts:login')}")
        page.fill("[name=username]", filing.enterprise.account.login_name)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.goto(f"{live_server.url}{reverse('applications:fill', args=[filing.pk])}")
        return page

    yield open_form
    for context in contexts:
        context.close()
    assert faults == []


def state(page):
    return page.locator("[data-save-state]")


def stored(filing):
    filing.refresh_from_db()
    return filing.answers["lists"]["ip"]


def rights(page):
    return page.locator("[data-rows=lists-ip]")


def titles(page):
    return rights(page).locator("[data-row-items] .row-card__title").all_inner_texts()


def add(page):
    """Press 添加知识产权 and return the id of the new row."""
    page.get_by_role("button", name="添加知识产权").click()
    return rights(page).locator("[data-row-items] > [data-row]").last.get_attribute("data-row")


def cell(page, row, column):
    return page.locator(f"[name=lists-ip-{row}-{column}]")


def saved(page):
    expect(state(page)).to_contain_text("已暂存")


def changed_elsewhere(filing, *rows):
    type_in(filing, {"lists": {"ip": list(rows)}})


def test_a_row_is_added_filled_in_and_saved_without_a_page_load(opened, filing):
    page = opened()
    row = add(page)
    expect(page.locator(f"#f-lists-ip-{row}-kind")).to_be_focused()
    expect(rights(page).locator("[data-row-said]")).to_have_text("已添加知识产权第 3 项")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("新软件")
    expect(state(page)).to_contain_text("有未保存的修改")
    saved(page)
    assert [each["name"] for each in stored(filing)] == ["一种控制方法", "控制软件", "新软件"]
    assert stored(filing)[2] | {"row": row, "kind": "software"} == stored(filing)[2]


def test_an_empty_row_stays_while_typing_and_goes_when_saved(opened, filing):
    page = opened()
    add(page)
    saved(page)
    assert len(stored(filing)) == 3
    assert len(titles(page)) == 3
    page.locator("[data-save]").click()
    expect(state(page)).to_contain_text("暂存成功")
    assert titles(page) == ["知识产权第 1 项", "知识产权第 2 项"]
    assert stored(filing) == [FIRST, SECOND]


def test_a_row_is_removed_by_keyboard_and_put_back_with_what_it_said(opened, filing):
    page = opened()
    page.get_by_role("button", name="移除 知识产权第 1 项").focus()
    page.keyboard.press("Enter")
    undo = page.get_by_role("button", name="撤销移除知识产权第 1 项")
    expect(undo).to_be_focused()
    assert titles(page) == ["知识产权第 1 项"]
    saved(page)
    assert stored(filing) == [SECOND]
    page.keyboard.press("Enter")
    expect(page.locator("#f-lists-ip-a1-kind")).to_be_focused()
    expect(rights(page).locator("[data-row-said]")).to_have_text("已恢复知识产权第 1 项")
    expect(cell(page, "a1", "name")).to_have_value("一种控制方法")
    page.wait_for_function("document.querySelector('[data-save-state]').textContent.startsWith('有未保存')")
    saved(page)
    assert stored(filing) == [FIRST, SECOND]


def test_a_full_list_says_so_instead_of_growing(opened):
    page = opened()
    add(page)
    page.get_by_role("button", name="添加知识产权").click()
    expect(rights(page).locator("[data-row-said]")).to_contain_text("已有 3 项，最多 3 项，没有添加")
    assert len(titles(page)) == 3


def test_a_wrong_cell_of_a_new_row_is_named_at_the_cell(opened):
    page = opened()
    row = add(page)
    cell(page, row, "number").fill("zl 202110123456.7")
    error = page.locator(f"#f-lists-ip-{row}-number_error")
    expect(error).to_contain_text("与知识产权第 1 项的授权号")
    cell(page, row, "number").fill("ZL9")
    expect(error).to_be_empty()


def test_columns_that_depend_on_an_answer_appear_in_their_own_row(opened):
    page = opened()
    row = add(page)
    expect(cell(page, row, "benefit")).to_be_hidden()
    page.locator(f"[name=lists-ip-{row}-applied][value=yes]").check()
    expect(cell(page, row, "benefit")).to_be_visible()
    expect(cell(page, "b2", "benefit")).to_be_hidden()


def test_a_text_says_how_much_of_its_limit_is_used(opened):
    page = opened()
    cell(page, "a1", "benefit").fill("效" * 501)
    count = page.locator("[data-field=f-lists-ip-a1-benefit] [data-count]")
    expect(count).to_have_text("已写 501 / 500 字，超过 1 字")
    expect(page.locator("#f-lists-ip-a1-benefit_error")).to_contain_text("共 501 个字，超过上限 500 个字")


def test_none_of_them_empties_the_other_boxes(opened, filing):
    page = opened()
    page.get_by_label("无", exact=True).check()
    expect(page.get_by_label("研发设计")).not_to_be_checked()
    saved(page)
    stored(filing)
    assert filing.answers["lists"]["systems"] == "none"
    page.get_by_label("其他", exact=True).check()
    expect(page.get_by_label("无", exact=True)).not_to_be_checked()
    expect(page.get_by_label("系统说明")).to_be_visible()


def test_rows_that_could_not_be_saved_are_offered_when_the_page_is_opened_again(opened, filing):
    page = opened()
    page.route("**/save/", lambda route: route.fulfill(status=503, body="busy"))
    row = add(page)
    cell(page, row, "name").fill("没能保存的一项")
    page.get_by_label("其他", exact=True).check()
    expect(state(page)).to_contain_text("未保存：服务器暂时无法处理（503）")
    changed_elsewhere(filing, FIRST | {"name": "另一窗口改过"}, SECOND)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(page.url)
    page.unroute("**/save/")
    offer = page.locator("[data-restore]")
    expect(offer).to_contain_text("名称 没能保存的一项")
    expect(offer).to_contain_text("核心系统：本机“研发设计、生产制造、其他”，已保存“研发设计、生产制造”")
    page.click("[data-restore-yes]")
    saved(page)
    assert [each["name"] for each in stored(filing)] == ["另一窗口改过", "控制软件", "没能保存的一项"]
    assert filing.answers["lists"]["systems"] == "rd_design,manufacturing,other"


def test_rows_changed_while_the_server_is_away_are_saved_when_it_is_back(opened, filing):
    page = opened()
    page.context.set_offline(True)
    row = add(page)
    cell(page, row, "name").fill("断网时添加")
    page.get_by_role("button", name="移除 知识产权第 1 项").click()
    expect(state(page)).to_contain_text("未保存：网络中断")
    page.context.set_offline(False)
    expect(state(page)).to_contain_text("已暂存", timeout=20_000)
    assert [each["name"] for each in stored(filing)] == ["控制软件", "断网时添加"]


def test_a_row_added_here_and_one_changed_there_are_both_kept(opened, filing):
    page = opened()
    changed_elsewhere(filing, FIRST | {"name": "另一窗口改过"}, SECOND)
    row = add(page)
    cell(page, row, "name").fill("本页加的")
    box = page.locator("[data-stale]")
    expect(box).to_contain_text("第 1 项：种类 发明专利；名称 一种控制方法")
    expect(box).to_contain_text("名称 本页加的")
    expect(box).to_contain_text("第 1 项：种类 发明专利；名称 另一窗口改过")
    with page.expect_navigation():
        page.click("[data-stale-mine]")
    assert [each["name"] for each in stored(filing)] == ["另一窗口改过", "控制软件", "本页加的"]
    expect(cell(page, row, "name")).to_have_value("本页加的")
    expect(cell(page, "a1", "name")).to_have_value("另一窗口改过")


@pytest.mark.parametrize(
    ("choice", "names"),
    [("只用本页的各项", ["本页改过", "控制软件"]), ("只用另一窗口的各项", ["一种控制方法", "另一窗口加的"])],
)
def test_the_person_chooses_for_a_list_whose_rows_to_keep(opened, filing, choice, names):
    page = opened()
    changed_elsewhere(filing, FIRST, SECOND | {"row": "c3", "name": "另一窗口加的"})
    cell(page, "a1", "name").fill("本页改过")
    page.get_by_label(choice).check()
    with page.expect_navigation():
        page.click("[data-stale-mine]")
    assert [each["name"] for each in stored(filing)] == names


def test_a_cell_changed_here_and_another_there_in_one_row_are_both_kept(opened, filing):
    page = opened()
    changed_elsewhere(filing, FIRST | {"number": "ZL8"})  # and removed the second
    cell(page, "a1", "name").fill("本页改过")
    expect(page.locator("[data-stale]")).to_be_visible()
    with page.expect_navigation():
        page.click("[data-stale-mine]")
    assert stored(filing) == [FIRST | {"name": "本页改过", "number": "ZL8"}]


def test_without_script_rows_are_added_filled_in_and_removed(opened, filing):
    page = opened(java_script_enabled=False)
    page.get_by_role("button", name="添加知识产权").click()
    assert titles(page) == ["知识产权第 1 项", "知识产权第 2 项", "知识产权第 3 项"]
    row = stored(filing)[2]["row"]
    assert page.url.endswith(f"#f-lists-ip-{row}-kind")
    cell(page, row, "name").fill("没有脚本时添加")
    page.get_by_role("button", name="移除 知识产权第 1 项").click()
    assert titles(page) == ["知识产权第 1 项", "知识产权第 2 项"]
    assert [each["name"] for each in stored(filing)] == ["控制软件", "没有脚本时添加"]


def test_nothing_sticks_out_of_a_narrow_window(opened):
    page = opened()
    page.set_viewport_size({"width": 360, "height": 740})
    add(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    card = rights(page).locator("[data-row-items] > [data-row]").first
    widths = card.locator("input:not([type=hidden]), select, textarea").evaluate_all(
        "inputs => inputs.filter(i => i.type !== 'radio').map(i => i.getBoundingClientRect().right)"
    )
    assert max(widths) <= 360
