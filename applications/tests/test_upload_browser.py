"""Uploads and previews in a real browser: the network cut, the server stopped, the page reloaded, the login lost."""
import io
import os
import re

import pytest
from django.conf import settings as portal_settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfWriter

from accounts.models import Session
from accounts.tests.factories import PASSWORD, make_officer
from applications.services.evidence import attach_evidence
from applications.tests.filled import make_complete_draft, make_draft, pdf, zip_upload
from applications.tests.stoppable import StoppableServer
from portal.tests.files import pdf_bytes, picture_bytes
from reviews.models import Upload
from reviews.services.filings import submit
from tests.browser import chromium

# playwright runs a loop in this thread; the ORM is used between its calls only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytestmark = pytest.mark.django_db(transaction=True)

BOX = '[data-slot="evidence.licence"]'
PART = 20_000
PARTS = re.compile(r"/uploads/[0-9a-f-]{36}/\?offset=(\d+)")


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def portal(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EVIDENCE_PART_BYTES = PART
    server = StoppableServer()
    yield server
    server.stop()


@pytest.fixture
def context(browser):
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 900})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def filing(portal):
    return make_draft()


@pytest.fixture
def visit(context, portal):
    """Return a function that opens an address as a person; script errors fail the test."""
    faults = []

    def visited(user, address):
        client = Client()
        client.force_login(user)
        name = portal_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": portal.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(portal.url + address)
        return page

    yield visited
    assert faults == []


@pytest.fixture
def form(visit, filing):
    return visit(filing.enterprise.account, reverse("applications:fill", args=[filing.pk]))


@pytest.fixture
def big():
    """Return a PDF of six parts."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_attachment("noise", os.urandom(PART * 5 + PART // 2))
    buffer = io.BytesIO()
    writer.write(buffer)
    return {"name": "审计报告.pdf", "mimeType": "application/pdf", "buffer": buffer.getvalue()}


class Line:
    """The way of the parts to the server: ``sent`` lists their offsets; from ``cut_at`` on none gets through."""

    def __init__(self, page):
        self.sent, self.cut_at, self.held, self.hold_at = [], None, [], None
        page.route(PARTS, self.handle)

    def handle(self, route):
        offset = int(PARTS.search(route.request.url)[1])
        if self.hold_at is not None and offset >= self.hold_at:
            self.held.append(route)
        elif self.cut_at is not None and offset >= self.cut_at:
            route.abort("connectionreset")
        else:
            self.sent.append(offset)
            route.continue_()


def choose(page, *files):
    page.set_input_files(f"{BOX} input[type=file]", list(files))


def line_of(page, name):
    return page.locator(f"{BOX} .upload__file", has_text=name)


def stored(page, name):
    """Wait until a file stands there as stored."""
    expect(page.locator(f"{BOX} [data-file]", has_text=name)).to_be_visible(timeout=20_000)
    expect(page.locator(f"{BOX} progress")).to_have_count(0)


def only(filing):
    return filing.attachments.get(removed_at__isnull=True)


def test_a_file_goes_up_in_parts_and_the_section_follows(form, filing, big):
    way = Line(form)
    choose(form, big)
    stored(form, "审计报告.pdf")
    assert way.sent == [n * PART for n in range(6)]
    assert only(filing).file.open().read() == big["buffer"]
    expect(form.locator('[data-state-of="evidence"]').first).to_have_text("填写中")


def test_a_network_cut_in_the_middle_goes_on_by_itself_where_it_stopped(form, filing, big, context):
    way = Line(form)
    way.cut_at = 3 * PART
    choose(form, big)
    line = line_of(form, "审计报告.pdf")
    expect(line).to_contain_text("网络中断，已传 54%，恢复后自动继续")
    expect(line.get_by_role("button", name="继续上传 审计报告.pdf")).to_be_visible()
    assert Upload.objects.get().received == 3 * PART
    way.cut_at = None
    stored(form, "审计报告.pdf")
    assert way.sent == [n * PART for n in range(6)], "no part went twice"
    assert only(filing).file.open().read() == big["buffer"]


def test_a_browser_that_is_offline_waits_and_starts_at_once_when_it_is_back(form, filing, big, context):
    way = Line(form)
    way.hold_at = 2 * PART
    choose(form, big)
    form.wait_for_timeout(500)
    context.set_offline(True)
    way.hold_at = None
    for route in way.held:
        route.abort("internetdisconnected")
    expect(line_of(form, "审计报告.pdf")).to_contain_text("网络中断")
    context.set_offline(False)
    stored(form, "审计报告.pdf")
    assert only(filing).sha256


def test_a_server_that_is_restarted_in_the_middle_continues_the_file(form, filing, big, portal):
    way = Line(form)
    way.hold_at = 3 * PART
    choose(form, big)
    while not way.held:
        form.wait_for_timeout(50)
    portal.stop()
    way.hold_at = None
    way.held[0].continue_()
    expect(line_of(form, "审计报告.pdf")).to_contain_text("恢复后自动继续")
    portal.start()
    stored(form, "审计报告.pdf")
    assert way.sent[:3] == [0, PART, 2 * PART]
    assert way.sent.count(0) == 1
    assert only(filing).file.open().read() == big["buffer"]


def test_after_a_reload_choosing_the_same_file_again_goes_on_where_it_stopped(form, filing, big):
    way = Line(form)
    way.cut_at = 4 * PART
    choose(form, big)
    expect(line_of(form, "审计报告.pdf")).to_contain_text("网络中断")
    form.reload()
    expect(line_of(form, "审计报告.pdf")).to_contain_text("未传完，已传 72%")
    way.cut_at = None
    choose(form, big | {"name": "审计报告（盖章）.pdf"})
    stored(form, "审计报告（盖章）.pdf")
    assert way.sent == [n * PART for n in range(6)]
    expect(form.locator(f"{BOX} [data-unfinished]")).to_have_count(0)


def test_a_paused_file_lets_the_next_one_pass_and_goes_on_when_asked(form, filing, big):
    way = Line(form)
    way.hold_at = 2 * PART
    choose(form, big, {"name": "执照.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes()})
    while not way.held:
        form.wait_for_timeout(50)
    form.get_by_role("button", name="暂停上传 审计报告.pdf").click()
    way.hold_at = None
    expect(line_of(form, "审计报告.pdf")).to_contain_text("已暂停，已传 36%")
    expect(form.locator(f"{BOX} [data-file]", has_text="执照.pdf")).to_be_visible()
    form.get_by_role("button", name="继续上传 审计报告.pdf").click()
    stored(form, "审计报告.pdf")
    assert filing.attachments.count() == 2


def test_a_cancelled_file_leaves_the_list_and_the_form_can_go_on(form, filing, big):
    way = Line(form)
    way.hold_at = 2 * PART
    choose(form, big)
    while not way.held:
        form.wait_for_timeout(50)
    form.get_by_role("button", name="取消上传 审计报告.pdf").click()
    expect(form.locator(f"{BOX} progress")).to_have_count(0)
    assert not filing.attachments.exists()


def test_a_login_lost_in_the_middle_is_asked_for_in_place_and_the_file_goes_on(form, filing, big):
    way = Line(form)
    way.hold_at = 2 * PART
    choose(form, big)
    while not way.held:
        form.wait_for_timeout(50)
    Session.objects.all().delete()
    way.hold_at = None
    way.sent.append(2 * PART)
    way.held[0].continue_()
    expect(form.locator("[data-login]")).to_be_visible()
    form.fill("#again-password", PASSWORD)
    form.click("[data-login] button[type=submit]")
    stored(form, "审计报告.pdf")
    assert way.sent.count(0) == 1
    assert only(filing).file.open().read() == big["buffer"]


def test_two_tabs_that_send_the_same_file_both_end_with_it(form, filing, big, visit):
    other = visit(filing.enterprise.account, reverse("applications:fill", args=[filing.pk]))
    choose(form, big)
    choose(other, big)
    for page in (form, other):
        stored(page, "审计报告.pdf")
    assert filing.attachments.count() == 1


def test_what_is_wrong_with_each_file_stands_at_its_place_and_the_others_are_stored(form, filing):
    archive = zip_upload({"一.pdf": pdf_bytes(), "二.exe": b"MZ"}).read()
    choose(
        form,
        {"name": "改名.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + b"0" * 200},
        {"name": "材料.zip", "mimeType": "application/zip", "buffer": archive},
        {"name": "空.pdf", "mimeType": "application/pdf", "buffer": b""},
        {"name": "好.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes()},
    )
    stored(form, "好.pdf")
    problems = form.locator(f"{BOX} [data-upload-error]")
    for text in ("“改名.pdf”的内容不是 pdf 格式（实际是程序文件）", "“二.exe”是不支持的 .exe 文件", "“空.pdf”是空文件"):
        expect(problems).to_contain_text(text)
    assert only(filing).name == "好.pdf"


def with_files(filing):
    """Attach a PDF, a picture and an archive to the slot."""
    for upload in (
        pdf("执照.pdf"),
        zip_upload({"照片.png": picture_bytes(size=(300, 200)), "说明/一.pdf": pdf_bytes("inside")}, "材料.zip"),
    ):
        attach_evidence(filing_id=filing.pk, user=filing.enterprise.account, slot="evidence.licence", upload=upload)
    return filing


def test_the_preview_opens_turns_and_closes_by_keyboard(visit, filing):
    with_files(filing)
    page = visit(filing.enterprise.account, reverse("applications:fill", args=[filing.pk]))
    page.get_by_role("link", name="预览 执照.pdf").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="预览佐证材料")
    expect(dialog.get_by_role("heading", name="执照.pdf")).to_be_focused()
    expect(dialog.locator("iframe")).to_be_visible()
    expect(dialog).to_contain_text("第 1 个，共 2 个")
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("heading", name="材料.zip")).to_be_focused()
    expect(dialog.get_by_role("button", name="下一个")).to_be_disabled()
    dialog.get_by_role("link", name="预览 照片.png").press("Enter")
    picture = dialog.locator("img")
    expect(picture).to_be_visible()
    page.wait_for_function("document.querySelector('dialog img').naturalWidth === 300")
    dialog.get_by_role("link", name="返回压缩包目录").press("Enter")
    expect(dialog).to_contain_text("压缩包内的文件（2 个）")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name="预览 材料.zip")).to_be_focused()


def test_the_desk_previews_in_the_same_way(visit, portal):
    filing = with_files(make_complete_draft())
    submit(filing_id=filing.pk, user=filing.enterprise.account, seen_version=filing.version)
    page = visit(make_officer("320100", "reviewer"), reverse("admin:reviews_filing_change", args=[filing.pk]))
    page.get_by_role("link", name="预览 执照.pdf").press("Enter")
    dialog = page.get_by_role("dialog", name="预览佐证材料")
    expect(dialog.get_by_role("heading", name="执照.pdf")).to_be_visible()
    expect(dialog.get_by_role("link", name="下载")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_preview_after_the_login_was_lost_says_so_and_keeps_the_page(visit, filing):
    with_files(filing)
    page = visit(filing.enterprise.account, reverse("applications:fill", args=[filing.pk]))
    Session.objects.all().delete()
    page.get_by_role("link", name="预览 执照.pdf").click()
    expect(page.get_by_role("dialog", name="预览佐证材料")).to_contain_text("登录已失效，请重新登录")
