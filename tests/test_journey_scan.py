"""电子营业执照扫码 in a real browser: the window that shows the code, and the telephone (the simulator's page)."""
import pytest
from playwright.sync_api import expect

from tests.browser import Person, chromium

pytestmark = pytest.mark.journey

LABEL = "模拟器：仅供试用，不是真实的电子营业执照服务"
LOGIN = "nj-new"


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def person(browser, running_server):
    someone = Person(browser, running_server.url)
    yield someone
    assert someone.complaints == []
    someone.context.close()


@pytest.fixture
def telephone(browser, running_server):
    holder = Person(browser, running_server.url, width=360)
    yield holder
    assert holder.complaints == []
    holder.context.close()


def code_on(person):
    """Return the address that the QR code on the page stands for: the simulator's page."""
    expect(person.page.get_by_role("img", name="电子营业执照扫码用的二维码")).to_be_visible()
    return person.page.get_by_role("link", name="打开模拟器扫码（新窗口）").get_attribute("href")


def scan(telephone, address, *, name=LOGIN, answer="确认"):
    telephone.page.goto(address)
    telephone.reads(LABEL)
    if answer == "确认":
        options = telephone.page.get_by_label("选择本平台的法人账户").locator("option")
        value = options.filter(has_text=name).first.get_attribute("value")
        telephone.page.get_by_label("选择本平台的法人账户").select_option(value)
    telephone.press(answer)
    telephone.reads("请回到显示二维码的窗口")


def open_the_code(person):
    person.page.goto("/accounts/login/?next=/enterprise/messages/")
    person.follow("电子营业执照扫码登录")
    return code_on(person)


def test_the_window_signs_in_by_itself_once_the_telephone_has_confirmed(person, telephone):
    address = open_the_code(person)
    person.reads(LABEL, "等待扫码…", "我已扫码确认", "重新获取二维码")
    scan(telephone, address, name="示例启航精密机械（南京）有限公司")
    expect(person.page).to_have_url(f"{person.url}/enterprise/messages/")
    expect(person.page.get_by_text("示例启航精密机械（南京）有限公司").first).to_be_visible()
    telephone.page.goto(address)
    telephone.reads("没有找到该页面")


def test_going_back_from_the_code_leads_to_the_login_page(person):
    open_the_code(person)
    person.page.go_back()
    expect(person.page).to_have_url(f"{person.url}/accounts/login/?next=/enterprise/messages/")


def test_a_refusal_on_the_telephone_is_told_and_a_new_code_is_one_press_away(person, telephone):
    first = open_the_code(person)
    scan(telephone, first, answer="拒绝")
    person.reads("您在电子营业执照应用中选择了【拒绝】", "二维码已失效")
    again = person.page.get_by_role("button", name="重新获取二维码")
    expect(again).to_be_focused()
    expect(person.page.get_by_role("button", name="我已扫码确认")).to_be_hidden()
    again.press("Enter")
    expect(person.page.get_by_text("等待扫码…")).to_be_visible()
    assert code_on(person) != first


def test_the_seconds_run_down(person):
    open_the_code(person)
    seconds = person.page.locator("[data-scan-seconds]")
    before = int(seconds.inner_text())
    expect(seconds).not_to_have_text(str(before))
    assert int(seconds.inner_text()) < before <= 120


def test_without_scripts_the_buttons_do_the_same(browser, running_server, telephone):
    context = browser.new_context(base_url=running_server.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/accounts/licence/sign_in/")
    page.get_by_role("button", name="显示二维码").click()
    page.get_by_role("button", name="我已扫码确认").click()
    expect(page.get_by_role("alert")).to_contain_text("还没有收到扫码确认")
    address = page.get_by_role("link", name="打开模拟器扫码（新窗口）").get_attribute("href")
    scan(telephone, address, name="示例启航精密机械（南京）有限公司")
    page.get_by_role("button", name="我已扫码确认").click()
    expect(page).to_have_url(f"{running_server.url}/enterprise/")
    context.close()


def test_an_enterprise_verifies_itself_with_its_licence(person, telephone):
    person.sign_in(LOGIN)
    person.page.goto("/accounts/centre/real-name/")
    person.page.get_by_role("main").get_by_role("link", name="电子营业执照扫码认证").click()
    scan(telephone, code_on(person), name="示例启航精密机械（南京）有限公司")
    expect(person.page).to_have_url(f"{person.url}/accounts/centre/real-name/")
    person.reads("实名认证通过：“示例启航精密机械（南京）有限公司”")
