"""The filing page in a real browser: keys, the preview of evidence, what is folded, small screens and paper."""
import os

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect, sync_playwright

from portal.tests.files import pdf_bytes, picture_bytes, zip_bytes
from reviews.enums import State
from reviews.tests.factories import attach, make_filing, officer_of, submit

# playwright runs a loop in this thread; the ORM is used between its calls
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytestmark = pytest.mark.django_db(transaction=True)

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
DIALOG = ".preview-dialog"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def filing():
    """Return a filing on a desk with a PDF, a picture and an archive as evidence."""
    made = make_filing()
    attach(made, name="执照.pdf", content=pdf_bytes())
    attach(made, name="照片.png", content=picture_bytes(size=(60, 40)))
    attach(made, name="专利.zip", content=zip_bytes({"证书一.pdf": pdf_bytes("one"), "证书二.pdf": pdf_bytes("two")}))
    return submit(made)


@pytest.fixture
def desk(browser, client, live_server):
    """Return a function that opens the page of a filing as an officer; an error of a script fails the test."""
    contexts, faults = [], []

    def open_it(filing, user=None, query=""):
        client.force_login(user or officer_of(filing.desk))
        context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
        context.set_default_timeout(15_000)
        name = django_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        page.goto(f"{live_server.url}{address(filing)}{query}")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []


def address(filing, page="change/"):
    return f"/admin/reviews/filing/{filing.pk}/{page}"


def at(filing, page="change/"):
    """Return a pattern of the address, whatever its filters."""
    return lambda url: address(filing, page) in url


def test_keys_lead_to_the_decisions_the_next_filing_and_the_list(desk, filing):
    later = make_filing(state=State.IN_REVIEW)
    page = desk(filing)
    for key, target in (("a", at(filing, "decide/approve/")), ("r", at(filing, "decide/return/")), ("n", at(later))):
        page.keyboard.press(key)
        page.wait_for_url(target)
        page.go_back()
        page.wait_for_url(at(filing))
    for key in ("p", "b"):
        page.keyboard.press(key)
        page.wait_for_url(lambda url: url.partition("?")[0].endswith("/admin/reviews/filing/"))
        page.go_back()
        page.wait_for_url(at(filing))


def test_keys_do_nothing_while_a_comment_is_typed_or_with_a_modifier(desk, filing):
    page = desk(filing, query="?comment=basic.products#at-basic.products")
    box = page.locator(".desk-comment-form textarea")
    expect(box).to_be_focused()
    page.keyboard.type("approve nbpr?")
    expect(box).to_have_value("approve nbpr?")
    expect(page.locator("#desk-keys")).to_be_hidden()
    box.fill("")
    page.locator("h1").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+r")
    page.keyboard.press("Shift+N")
    assert at(filing)(page.url)


def test_the_question_mark_shows_the_keys_and_they_can_be_switched_off_for_good(desk, filing):
    page = desk(filing)
    page.keyboard.press("?")
    keys = page.locator("#desk-keys")
    expect(keys).to_be_visible()
    page.keyboard.press("a")  # not behind the open dialog
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    assert at(filing)(page.url)
    page.get_by_role("button", name="快捷键").click()
    keys.get_by_label("使用快捷键").uncheck()
    keys.get_by_role("button", name="关闭").click()
    page.reload()
    page.keyboard.press("a")
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    expect(keys.get_by_label("使用快捷键")).not_to_be_checked()
    assert at(filing)(page.url)


def test_the_key_of_a_decision_that_is_not_allowed_leads_to_the_reason(desk, filing):
    page = desk(filing, user=officer_of(filing.province))
    page.keyboard.press("a")
    reason = page.locator("#actions-reason")
    expect(reason).to_be_focused()
    expect(reason).to_contain_text("轮到时会出现在您的“待我审核”中")


def test_a_pdf_a_picture_and_an_archive_open_inline_by_the_keyboard(desk, filing):
    page = desk(filing)
    first = page.get_by_role("link", name="预览 执照.pdf")
    first.focus()
    page.keyboard.press("Enter")
    dialog = page.locator(DIALOG)
    expect(dialog.locator("iframe.preview__frame")).to_be_visible()
    expect(dialog).to_contain_text("第 1 个，共 3 个")
    page.keyboard.press("ArrowRight")
    picture = dialog.locator(".preview__picture img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 60
    page.keyboard.press("ArrowRight")
    expect(dialog).to_contain_text("压缩包内的文件（2 个）")
    dialog.get_by_role("link", name="预览 证书一.pdf").focus()
    page.keyboard.press("Enter")
    expect(dialog.locator("iframe.preview__frame")).to_be_visible()
    page.keyboard.press("n")  # keys of the page rest while a file is shown
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="预览 专利.zip")).to_be_focused()
    assert at(filing)(page.url)


def test_the_buttons_stay_in_sight_at_the_end_of_a_long_page_and_the_index_follows(desk, filing):
    page = desk(filing)
    page.locator("#versions").scroll_into_view_if_needed()
    page.keyboard.press("End")
    approve = page.get_by_role("link", name="通过", exact=True)
    expect(approve).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="返回列表")).to_be_in_viewport(ratio=1)
    page.locator(".desk-index a", has_text="历次版本").scroll_into_view_if_needed()
    expect(page.locator(".desk-index a", has_text="历次版本")).to_be_in_viewport()


def test_on_a_telephone_the_index_is_folded_and_nothing_is_wider_than_the_screen(desk, filing):
    page = desk(filing)
    page.set_viewport_size({"width": 360, "height": 740})
    page.reload()
    expect(page.locator(".desk-index ol")).to_be_hidden()
    page.locator(".desk-index summary").click()
    expect(page.locator(".desk-index ol")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_paper_there_are_no_buttons_and_every_part_is_open(desk, filing):
    page = desk(filing)
    page.emulate_media(media="print")
    for hidden in (".desk-actions", ".desk-index", ".desk-head__tools", ".desk-header"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("#versions")).to_be_visible()
    folded = "<details id=fold><p>x</p></details>"
    page.evaluate("html => document.querySelector('.desk-body').insertAdjacentHTML('beforeend', html)", folded)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() >= 1
