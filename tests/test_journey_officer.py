"""An officer signs in with the second factor, loses the telephone, and is helped by the authority above.

A real browser against script/server.
"""
import json

import pytest
from playwright.sync_api import expect

from tests.browser import Person, chromium

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


def test_an_officer_binds_a_telephone_loses_it_and_is_reset_by_the_authority_above(browser, running_server):
    officer, superior = (Person(browser, running_server.url) for _ in range(2))
    codes = _the_first_sign_in_asks_to_bind(officer)
    _the_next_one_takes_a_recovery_code(officer, codes)
    _the_authority_above_resets(superior)
    _the_officer_is_signed_out_and_told(officer, running_server)
    _the_log_says_who_did_what(superior)
    assert officer.complaints == superior.complaints == []


def _the_first_sign_in_asks_to_bind(officer):
    page = officer.page
    officer.give_password("nanjing2", at="/admin/")
    officer.reads("绑定动态口令", "扫描二维码", "nanjing2")
    page.goto("/admin/reviews/filing/")
    officer.reads("绑定动态口令")  # no page of the desk before it
    page.locator("[name=code]").fill("12345")
    officer.press("确认绑定")
    officer.reads("“12345”应为 6 位数字")
    codes = officer.bind_telephone("nanjing2")
    officer.reads("恢复码只显示这一次")
    officer.follow("已保存，进入审核工作台")
    officer.sees("申报件")
    _sign_out(page)
    return codes


def _the_next_one_takes_a_recovery_code(officer, codes):
    page = officer.page
    officer.give_password("nanjing2", at="/admin/")
    officer.reads("输入动态口令")
    officer.follow("手机不在身边？使用恢复码")
    page.locator("[name=code]").fill(codes[0])
    officer.press("确认")
    officer.sees("还剩 9 个恢复码")
    _sign_out(page)
    officer.give_password("nanjing2", at="/admin/")
    officer.follow("手机不在身边？使用恢复码")
    page.locator("[name=code]").fill(codes[0])
    officer.press("确认")
    officer.reads(f"“{codes[0].replace('-', '')}”不正确，或已经使用过")
    page.wait_for_timeout(1500)  # a wrong code makes the next one wait a second
    page.locator("[name=code]").fill(codes[1])
    officer.press("确认")
    officer.sees("还剩 8 个恢复码")


def _the_authority_above_resets(superior):
    page = superior.page
    superior.sign_in("jiangsu", at="/admin/")
    page.goto("/admin/accounts/user/")
    page.get_by_role("link", name="nanjing2", exact=True).click()
    page.locator("[name=mobile]").fill("13800000009")
    superior.press("保存")
    page.get_by_role("link", name="nanjing2", exact=True).click()
    superior.follow("重设动态口令")
    superior.reads("在所有设备上退出登录")
    superior.press("确认重设")
    superior.sees("的动态口令，其已登录的设备均已退出")
    superior.sees("尚未绑定，下次登录时会要求绑定。")


def _the_officer_is_signed_out_and_told(officer, running_server):
    page = officer.page
    page.goto("/admin/reviews/filing/")
    expect(page.locator("[name=password]")).to_be_visible()
    officer.give_password("nanjing2", at="/admin/")
    officer.reads("绑定动态口令")
    officer.bind_telephone("nanjing2")
    officer.follow("已保存，进入审核工作台")
    officer.sees("申报件")
    texts = [json.loads(line)["text"] for line in (running_server.var / "sms.log").read_text().splitlines()]
    assert any("nanjing2 的动态口令已由江苏示例重设" in text for text in texts)


def _the_log_says_who_did_what(superior):
    page = superior.page
    page.goto("/admin/accounts/accesslog/?q=jiangsu")
    superior.reads("重设动态口令", "nanjing2")
    page.goto("/admin/accounts/signinlog/?q=nanjing2")
    superior.reads("动态口令", "用户名或密码错误", "成功")


def _sign_out(page):
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("link", name="登录").first).to_be_visible()
