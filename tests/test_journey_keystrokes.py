"""Never lose a keystroke (design.md §6) when the portal itself goes away: the server is stopped and started again."""
import pytest
from playwright.sync_api import expect

from tests.browser import Person, chromium
from tests.conftest import copied, launch, wait_until_ready

pytestmark = pytest.mark.journey

PRODUCT = "[name='specialization-main_product']"
OVERVIEW = "[name='statement-overview']"


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


class Portal:
    """A portal with the demo that can be stopped and started again on the same address."""

    def __init__(self, var):
        self.var = var
        self.server = None
        self.start()

    def start(self):
        port = int(self.server.url.rpartition(":")[2]) if self.server else None
        self.server = wait_until_ready(launch(self.var, port))

    def stop(self):
        assert self.server.stop() == 0


@pytest.fixture(scope="module")
def portal(empty_portal, tmp_path_factory):
    running = Portal(copied(empty_portal, tmp_path_factory.mktemp("keystrokes") / "var"))
    yield running
    if running.server.process.poll() is None:
        running.stop()


@pytest.fixture
def person(browser, portal):
    """An enterprise on the fill-in page of its draft."""
    somebody = Person(browser, portal.server.url).sign_in("nj-draft")
    somebody.page.goto("/enterprise/filings/")
    somebody.follow("继续填写", exact=False)
    # Without its script, which the server that is stopped now would have to send, the page saves nothing by itself.
    expect(somebody.page.locator("#fill-form[data-ready]")).to_be_visible()
    yield somebody
    somebody.context.close()


def test_what_is_typed_while_the_server_is_away_is_saved_by_itself_when_it_is_back(person, portal):
    page, saved = person.page, person.page.locator("[data-save-state]")
    portal.stop()
    page.locator(PRODUCT).fill("服务器停止时填写的产品")
    expect(saved).to_contain_text("未保存：网络中断")
    expect(saved).to_contain_text("内容已保留在本机")
    page.locator(OVERVIEW).fill("服务器停止时填写的简介。")
    portal.start()
    expect(saved).to_contain_text("已暂存", timeout=40_000)
    page.reload()
    expect(page.locator(PRODUCT)).to_have_value("服务器停止时填写的产品")
    expect(page.locator(OVERVIEW)).to_have_value("服务器停止时填写的简介。")
    expect(page.locator("[data-restore]")).to_be_hidden()


def test_a_window_that_was_closed_while_the_server_was_away_offers_its_values_later(person, portal):
    address = person.page.url
    portal.stop()
    person.page.locator(PRODUCT).fill("关闭窗口前填写的产品")
    person.page.close(run_before_unload=False)
    portal.start()
    again = person.context.new_page()
    again.goto(address)
    expect(again.locator("[data-restore]")).to_contain_text("本机“关闭窗口前填写的产品”")
    again.get_by_role("button", name="恢复到表中").click()
    expect(again.locator("[data-save-state]")).to_contain_text("已暂存")
    again.reload()
    expect(again.locator(PRODUCT)).to_have_value("关闭窗口前填写的产品")
