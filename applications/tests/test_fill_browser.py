"""The fill-in page in a real browser: what was typed is never lost."""
import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect, sync_playwright

from accounts.models import Session
from accounts.tests.factories import PASSWORD
from applications.tests.filled import TYPED, make_draft, type_in
from portal.tests.files import pdf_bytes

# playwright runs a loop in this thread; the ORM is used between its calls only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytestmark = pytest.mark.django_db(transaction=True)

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LICENCE = {"name": "执照.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes()}
MAIN_PRODUCT = "#f-specialization-main_product"
REVENUE = "#f-economy-revenue_y1"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


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
def form(context, live_server, filing):
    """Return the fill-in page, opened by the enterprise; script errors fail the test."""
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{live_server.url}{reverse('accounts:login')}")
    page.fill("[name=username]", filing.enterprise.account.login_name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"{live_server.url}{reverse('applications:fill', args=[filing.pk])}")
    yield page
    assert faults == []


def state(page):
    return page.locator("[data-save-state]")


def answer(filing, section, field):
    filing.refresh_from_db()
    return filing.answers[section][field]


def test_a_changed_field_saves_itself_and_the_score_follows(form, filing):
    form.fill("#f-economy-rd_expense_y1", "10")
    expect(state(form)).to_contain_text("已暂存")
    assert answer(filing, "economy", "rd_expense_y1") == "10"
    expect(form.locator("[data-computed=rd_ratio_y1]")).to_have_text("0.18")
    expect(form.locator("[data-score]")).to_contain_text("75")


def test_a_wrong_value_is_kept_and_named_at_its_field(form, filing):
    form.fill(REVENUE, "-5")
    expect(form.locator(f"{REVENUE}_error")).to_contain_text("您填写的“-5”小于 0")
    assert answer(filing, "economy", "revenue_y1") == "-5"
    form.fill(REVENUE, "5600")
    expect(form.locator(f"{REVENUE}_error")).to_be_empty()


def test_typing_while_the_network_is_away_is_saved_when_it_comes_back(form, filing, context):
    context.set_offline(True)
    form.fill(MAIN_PRODUCT, "离线时填写")
    expect(state(form)).to_contain_text("未保存：网络中断")
    context.set_offline(False)
    expect(state(form)).to_contain_text("已暂存", timeout=20_000)
    assert answer(filing, "specialization", "main_product") == "离线时填写"


def test_after_the_session_has_ended_a_login_in_place_saves_what_was_typed(form, filing):
    Session.objects.all().delete()
    form.fill(MAIN_PRODUCT, "会话过期后填写")
    expect(form.locator("[data-login]")).to_be_visible()
    form.fill("#again-password", "wrong")
    form.click("[data-login] button[type=submit]")
    expect(form.locator("[data-login-error]")).to_contain_text("不匹配")
    form.fill("#again-password", PASSWORD)
    form.click("[data-login] button[type=submit]")
    expect(form.locator("[data-login]")).to_be_hidden()
    expect(state(form)).to_contain_text("已暂存")
    assert answer(filing, "specialization", "main_product") == "会话过期后填写"


def test_a_login_in_a_second_tab_lets_the_first_go_on_saving(form, filing, context, live_server):
    Session.objects.all().delete()
    other = context.new_page()
    other.goto(f"{live_server.url}{reverse('accounts:login')}")
    other.fill("[name=username]", filing.enterprise.account.login_name)
    other.fill("[name=password]", PASSWORD)
    other.click("main button[type=submit]")
    other.wait_for_url("**/enterprise/")
    form.bring_to_front()
    form.fill(MAIN_PRODUCT, "第二个标签页登录后")
    expect(state(form)).to_contain_text("已暂存")
    assert answer(filing, "specialization", "main_product") == "第二个标签页登录后"


def test_unsaved_values_are_offered_when_the_page_is_opened_again(form, filing):
    form.route("**/save/", lambda route: route.fulfill(status=503, body="busy"))
    form.fill(MAIN_PRODUCT, "没能保存的产品")
    expect(state(form)).to_contain_text("未保存：服务器暂时无法处理（503）")
    form.on("dialog", lambda dialog: dialog.accept())
    form.goto(form.url)
    form.unroute("**/save/")
    offer = form.locator("[data-restore]")
    expect(offer).to_contain_text("主导产品名称：本机“没能保存的产品”")
    form.click("[data-restore-yes]")
    expect(state(form)).to_contain_text("已暂存")
    assert answer(filing, "specialization", "main_product") == "没能保存的产品"
    form.reload()
    expect(offer).to_be_hidden()


def test_two_windows_see_both_values_and_mine_can_be_kept_without_losing_the_others_fields(form, filing):
    type_in(filing, {"specialization": {"main_product": "另一窗口的产品", "segment_years": "5"}})
    form.fill(MAIN_PRODUCT, "我的产品")
    box = form.locator("[data-stale]")
    expect(box).to_contain_text("主导产品名称：本页“我的产品”，另一窗口“另一窗口的产品”")
    assert answer(filing, "specialization", "main_product") == "另一窗口的产品"
    with form.expect_navigation():
        form.click("[data-stale-mine]")
    assert answer(filing, "specialization", "main_product") == "我的产品"
    assert answer(filing, "specialization", "segment_years") == "5"
    expect(form.locator("#f-specialization-segment_years")).to_have_value("5")


def test_the_other_windows_values_can_be_taken_over(form, filing):
    type_in(filing, {"specialization": {"main_product": "另一窗口的产品"}})
    form.fill(MAIN_PRODUCT, "我的产品")
    with form.expect_navigation():
        form.click("[data-stale-theirs]")
    expect(form.locator(MAIN_PRODUCT)).to_have_value("另一窗口的产品")


def test_a_file_is_uploaded_removed_and_put_back(form, filing):
    slot = form.locator("[data-slot='evidence.licence']")
    slot.locator("input[type=file]").set_input_files(LICENCE)
    expect(slot.get_by_role("link", name="执照.pdf", exact=True)).to_be_visible()
    slot.get_by_role("button", name="移除 执照.pdf").click()
    expect(slot).to_contain_text("已移除 执照.pdf")
    assert not filing.attachments.filter(removed_at__isnull=True).exists()
    slot.get_by_role("button", name="撤销移除 执照.pdf").click()
    expect(slot.get_by_role("link", name="执照.pdf", exact=True)).to_be_visible()
    assert filing.attachments.filter(removed_at__isnull=True).count() == 1


def test_a_refused_file_says_why_at_its_place(form):
    slot = form.locator("[data-slot='evidence.licence']")
    slot.locator("input[type=file]").set_input_files({"name": "执照.exe", "mimeType": "application/pdf", "buffer": b"MZ"})
    expect(slot.locator("[data-upload-error]")).to_contain_text("“执照.exe”是 .exe 文件")


def test_an_upload_after_the_session_has_ended_goes_on_after_the_login(form):
    Session.objects.all().delete()
    slot = form.locator("[data-slot='evidence.licence']")
    slot.locator("input[type=file]").set_input_files(LICENCE)
    form.fill("#again-password", PASSWORD)
    form.click("[data-login] button[type=submit]")
    expect(slot.get_by_role("link", name="执照.pdf", exact=True)).to_be_visible()


def test_the_submit_button_saves_first_and_leads_to_the_check_page(form, filing):
    form.fill(MAIN_PRODUCT, "提交前最后修改")
    form.click("[data-check]")
    form.wait_for_url("**/check/")
    assert answer(filing, "specialization", "main_product") == "提交前最后修改"
    form.get_by_role("link", name="营业执照：缺少材料").click()
    form.wait_for_url("**/fill/#f-evidence-licence")


def test_fields_that_depend_on_an_answer_appear_with_it(form):
    details = form.locator("#f-direct-direct_award_name")
    expect(details).to_be_hidden()
    form.locator("input[name=direct-direct_award][value=yes]").check()
    expect(details).to_be_visible()
