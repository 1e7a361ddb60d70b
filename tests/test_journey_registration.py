"""A visitor registers an enterprise, is told when it exists already, forgets the password and sets a new one.

The codes come out of the outbox's file, as a telephone would show them.
"""
import json
import re
import time

import pytest
from playwright.sync_api import expect

from accounts.uscc import invented_uscc
from tests.browser import Person, chromium

pytestmark = pytest.mark.journey
USCC, MOBILE = invented_uscc(99013), "13800008801"
FIRST, SECOND = "Juniper-Radio-4417", "Tundra-Cello-9921"
#: Seconds until a worker has sent a text.
SMS_LIMIT = 20


def code_to(server, mobile, *, after=0):
    """Wait for the next code to this number, behind the first ``after`` ones; return it and how many there are."""
    deadline = time.monotonic() + SMS_LIMIT
    while time.monotonic() < deadline:
        path = server.var / "sms.log"
        lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        codes = [re.search(r"验证码 (\d{6})", line["text"]) for line in lines if line["mobile"] == mobile]
        codes = [found[1] for found in codes if found]
        if len(codes) > after:
            return codes[-1], len(codes)
        time.sleep(0.2)
    raise AssertionError(f"no code for {mobile} within {SMS_LIMIT} s")


def let_a_minute_pass(server):
    """Move what was sent back in time: a number gets a second code after a minute only."""
    server.manage(
        "shell", "-c",
        "from datetime import timedelta; from django.db.models import F; from accounts.models import VerificationCode; "
        "VerificationCode.objects.update(created_at=F('created_at') - timedelta(minutes=1))",
    )  # fmt: skip


def fill_in(visitor, **values):
    for label, value in values.items():
        visitor.page.get_by_label(label, exact=True).fill(value)


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(params=[1366, 360])
def visitor(browser, running_server, request):
    person = Person(browser, running_server.url, width=request.param)
    yield person
    assert person.complaints == []
    person.context.close()


def test_from_registration_to_a_new_password(browser, running_server):
    visitor = Person(browser, running_server.url)
    visitor.page.goto("/")
    visitor.follow("注册")
    visitor.sees("只有【法人账户】可以申报")
    visitor.follow("注册法人账户")
    fill_in(
        visitor, 统一社会信用代码=f"{USCC[:8]} {USCC[8:].lower()}", 企业名称="测试精密机械有限公司", 法定代表人="张三",
        法定代表人证件号码="110101199003070011", 登录名="journey-01", 密码=FIRST, 确认密码=FIRST, 手机号=MOBILE,
    )  # fmt: skip
    visitor.press("获取验证码")
    visitor.sees("验证码已发送到 138****8801")
    expect(visitor.page.get_by_role("button", name=re.compile("秒后重发"))).to_be_disabled()
    code, codes = code_to(running_server, MOBILE)
    fill_in(visitor, 短信验证码=code)
    visitor.page.get_by_role("button", name="注册", exact=True).last.click()
    visitor.reads("注册成功", "journey-01", "完成实名认证", "完善企业基本信息")
    visitor.press("退出")

    somebody = Person(browser, running_server.url)
    somebody.page.goto("/accounts/register/legal-person/")
    fill_in(somebody, 统一社会信用代码=USCC)
    somebody.page.get_by_label("统一社会信用代码", exact=True).press("Enter")
    somebody.sees("统一社会信用代码已存在")
    for way in ("登录", "忘记密码", "手机号修改", "电子营业执照扫码登录"):
        expect(somebody.page.get_by_role("alert").get_by_role("link", name=way, exact=True)).to_be_visible()
    somebody.page.get_by_role("alert").get_by_role("link", name="忘记密码", exact=True).click()

    let_a_minute_pass(running_server)
    fill_in(somebody, 登录名或统一社会信用代码=USCC, 绑定手机号=MOBILE)
    somebody.press("获取验证码")
    somebody.sees("第 2 步，共 2 步")
    code, _ = code_to(running_server, MOBILE, after=codes)
    fill_in(somebody, 短信验证码=code, 新密码="Journey-01-x", 确认新密码="Journey-01-x")
    somebody.page.get_by_role("button", name="确定", exact=True).last.click()
    somebody.sees("密码强度不够")
    fill_in(somebody, 新密码=SECOND, 确认新密码=SECOND)
    somebody.page.get_by_role("button", name="确定", exact=True).last.click()
    somebody.sees("密码已重新设置，请用新密码登录。您的登录名是 journey-01")
    fill_in(somebody, 登录名或统一社会信用代码="journey-01", 密码=SECOND)
    somebody.page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(somebody.page.get_by_role("button", name="退出")).to_be_visible()
    assert visitor.complaints + somebody.complaints == []


def test_without_a_number_the_script_says_what_to_do(visitor):
    visitor.page.goto("/accounts/register/natural-person/")
    visitor.press("获取验证码")
    visitor.sees("手机号：此项必填，请填写。")
    expect(visitor.page.get_by_role("button", name="获取验证码")).to_be_enabled()


@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/accounts/register/", "/accounts/register/legal-person/", "/accounts/recover/"]
)
def test_the_pages_fit_the_window(visitor, address):
    visitor.page.goto(address)
    too_wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide == 0


def test_without_script_a_code_is_asked_for_and_nothing_typed_is_lost(browser, running_server):
    context = browser.new_context(base_url=running_server.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/accounts/register/natural-person/")
    for label, value in {"姓名": "李四", "登录名": "journey-02", "手机号": "13800008802"}.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="获取验证码").click()
    expect(page.get_by_text("验证码已发送到 138****8802")).to_be_visible()
    expect(page.get_by_label("姓名", exact=True)).to_have_value("李四")
    code, _ = code_to(running_server, "13800008802")
    for label, value in {"短信验证码": code, "密码": FIRST, "确认密码": FIRST}.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="注册", exact=True).last.click()
    expect(page.get_by_role("heading", name="注册成功")).to_be_visible()
    expect(page.locator("main")).to_contain_text("不能申报")
    context.close()


def test_after_five_wrong_passwords_the_page_says_how_long(visitor):
    name = f"nobody-{visitor.page.viewport_size['width']}"
    visitor.page.goto("/accounts/login/")
    for _ in range(5):
        fill_in(visitor, 登录名或统一社会信用代码=name, 密码="wrong-password")
        visitor.page.get_by_role("main").get_by_role("button", name="登录").click()
    visitor.reads("暂停登录", "请 15 分钟后再试", "忘记密码")
