"""The state page of a paper in a real browser: it follows the work by itself, and says so when it cannot."""
import os

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from playwright.sync_api import expect, sync_playwright

from reviews.enums import State
from reviews.models import Document
from reviews.services.documents import claim_document, record_failure
from reviews.tasks import render_document
from reviews.tests.factories import make_filing
from reviews.tests.papers import order

# playwright runs a loop in this thread; the ORM is used between its calls
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytestmark = pytest.mark.django_db(transaction=True)

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


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
def document():
    return order(make_filing(state=State.IN_REVIEW))


@pytest.fixture
def open_page(browser, client, live_server, document):
    """A function that opens the state page as the owner, with or without scripts."""
    contexts = []

    def open_it(java_script_enabled=True):
        client.force_login(document.snapshot.filing.enterprise.account)
        context = browser.new_context(locale="zh-CN", java_script_enabled=java_script_enabled)
        context.set_default_timeout(15_000)
        name = django_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.goto(live_server.url + reverse("reviews:document", args=[document.pk]))
        return page

    yield open_it
    for context in contexts:
        context.close()


def test_the_page_follows_the_work_and_offers_the_file_when_it_is_there(open_page, document):
    page = open_page()
    heading = page.get_by_role("heading", level=2).first
    expect(heading).to_have_text("排队中")
    claimed = claim_document(document_id=document.pk)
    expect(heading).to_have_text("生成中")
    Document.objects.filter(pk=claimed.pk).update(state="queued", started_at=None)
    render_document(document.pk)
    link = page.get_by_role("link", name="下载 PDF")
    expect(link).to_be_visible(timeout=20_000)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.startswith("测试自评表_")


def test_a_failure_shows_by_itself_and_the_button_starts_again(open_page, document):
    page = open_page()
    record_failure(document=claim_document(document_id=document.pk), reason="服务器存储空间不足，文件没有保存。")
    expect(page.get_by_text("服务器存储空间不足")).to_be_visible()
    page.get_by_role("button", name="重新生成").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("排队中")


def test_with_the_network_away_the_page_says_that_nothing_is_lost_and_goes_on_afterwards(open_page, document):
    page = open_page()
    page.context.set_offline(True)
    expect(page.get_by_text("暂时连接不上服务器，正在自动重试")).to_be_visible()
    page.context.set_offline(False)
    render_document(document.pk)
    expect(page.get_by_role("link", name="下载 PDF")).to_be_visible(timeout=20_000)


def test_after_the_login_has_expired_the_page_says_how_to_go_on(open_page, client):
    page = open_page()
    client.logout()
    expect(page.get_by_text("登录已失效，文件仍在后台生成")).to_be_visible()


def test_without_scripts_the_link_shows_the_present_state(open_page, document):
    page = open_page(java_script_enabled=False)
    render_document(document.pk)
    page.get_by_role("link", name="刷新").click()
    expect(page.get_by_role("link", name="下载 PDF")).to_be_visible()
