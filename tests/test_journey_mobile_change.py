"""手机号修改 by codes and by an officer, and a verified name that an officer corrects, in a real browser.

Each journey has an enterprise of the demo to itself. SMS are read from the file that the running portal writes.
"""
import json
import re
import time

import pytest
from playwright.sync_api import expect

from accounts.uscc import invented_uscc
from portal.tests.files import pdf_bytes
from tests.browser import PASSWORD, Person, chromium

pytestmark = pytest.mark.journey
PAPER = pdf_bytes()
#: An ID card number with the right check character, of a place that does not exist.
DOCUMENT = "999999199001011238"
SMS_LIMIT = 30  # seconds
BY_PHONE, BY_OFFICER, RENAMED = "nj-approved", "nj-city2", "nj-draft"


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def person(browser, running_server):
    """Return a maker of people; none of them may have seen a page that breaks a rule."""
    people = []

    def make(**options):
        people.append(Person(browser, running_server.url, **options))
        return people[-1]

    yield make
    assert [complaint for made in people for complaint in made.complaints] == []


def texts_to(server, mobile, words, count=1):
    """Wait until so many SMS with these words have been sent to a number; return their texts."""
    log, deadline = server.var / "sms.log", time.monotonic() + SMS_LIMIT
    while True:
        lines = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
        found = [line["text"] for line in lines if line["mobile"] == mobile and words in line["text"]]
        if len(found) >= count:
            return found
        assert time.monotonic() < deadline, f"no SMS with {words!r} to {mobile}: {lines}"
        time.sleep(0.2)


def code_for(server, mobile):
    """Return the code that was sent to a number last."""
    return re.search(r"验证码 (\d{6})", texts_to(server, mobile, "验证码")[-1])[1]


def bind(server, login_name, mobile):
    """Give an account of the demo a number of its own."""
    server.manage(
        "shell", "-v0", "-c",
        "from accounts.models import User;"
        f"user = User.objects.get(login_name={login_name!r}); user.mobile = {mobile!r}; user.save()",
    )  # fmt: skip


def enter_code(somebody, server, mobile, button="下一步"):
    somebody.page.locator("[name=code]").fill(code_for(server, mobile))
    somebody.press(button)


def choose_region(page, *names):
    for level, name in enumerate(names):
        page.locator("[data-region-picker] select").nth(level).select_option(label=name)


def state_the_enterprise(page, **values):
    for name, text in values.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=document_type]").select_option("id_card")
    page.locator("[name=document_number]").fill(DOCUMENT)
    choose_region(page, "江苏省", "南京市", "玄武区")
    page.locator("[name=evidence]").set_input_files(
        [{"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": PAPER} for name in ("营业执照", "申请")]
    )


def test_by_phone_the_number_changes_after_both_codes_only(person, running_server):
    old, new = "13811110001", "13811110002"
    bind(running_server, BY_PHONE, old)
    inside = person().sign_in(BY_PHONE)
    visitor = person(width=360)
    visitor.page.goto("/accounts/login/")
    visitor.follow("手机号修改")
    visitor.follow("手机核验")
    visitor.page.locator("[name=login]").fill(BY_PHONE)
    visitor.page.locator("[name=old_mobile]").fill(old)
    visitor.press("获取验证码")
    visitor.reads("138****0001")
    enter_code(visitor, running_server, old)
    visitor.page.locator("[name=new_mobile]").fill(new)
    visitor.press("获取验证码")
    visitor.reads("138****0002")
    visitor.page.locator("[name=code]").fill("000000")
    visitor.press("确认修改")
    visitor.reads("您填写的验证码不正确")
    inside.page.goto("/accounts/centre/")
    inside.reads("138****0001")  # nothing has changed yet
    enter_code(visitor, running_server, new, "确认修改")
    visitor.reads("手机号修改成功", "138****0002")
    assert "如非本人操作" in texts_to(running_server, old, "由本号码改为 138****0002")[0]
    inside.page.goto("/accounts/centre/")  # other devices were signed out
    expect(inside.page.locator("[name=password]")).to_be_visible()
    inside.sign_in(BY_PHONE)
    inside.follow("用户中心")
    inside.reads("138****0002", "本设备")


def test_by_officer_the_number_changes_after_approval_only(person, running_server):
    old, new = "13811110003", "13811110004"
    bind(running_server, BY_OFFICER, old)
    visitor = person()
    receipt = _ask_an_officer(visitor, running_server, new)
    warning = texts_to(running_server, old, "有人为账户")[0]
    assert receipt in warning
    assert "审核通过前不会修改" in warning
    _look_up(visitor, receipt, "等待江苏省南京市中小企业主管部门办理")
    stranger = person().sign_in("jiangsu", at="/admin/")
    stranger.page.goto("/admin/accounts/mobilechangerequest/")
    expect(stranger.page.get_by_text(receipt)).to_have_count(0)
    _officer_approves(person().sign_in("nanjing", at="/admin/"), receipt)
    assert receipt in texts_to(running_server, new, "绑定手机号已于")[0]
    assert receipt in texts_to(running_server, old, "由本号码改为 138****0004")[0]
    _look_up(visitor, receipt, "审核通过")
    owner = person().sign_in(BY_OFFICER)
    owner.follow("用户中心")
    owner.reads("138****0004")


def _ask_an_officer(visitor, server, new):
    page = visitor.page
    page.goto("/accounts/mobile/")
    visitor.follow("人工核验")
    page.locator("[name=new_mobile]").fill(new)
    visitor.press("获取验证码")
    enter_code(visitor, server, new)
    state_the_enterprise(
        page, uscc=invented_uscc(90000004), enterprise_name="示例明溪半导体装备（南京）有限公司", legal_representative="示例人"
    )
    visitor.press("提交申请")
    visitor.reads("手机号修改申请已提交", "江苏省南京市中小企业主管部门")
    return page.locator(".plain-page__lead strong").inner_text()


def _look_up(visitor, receipt, expected):
    visitor.page.goto("/accounts/requests/")
    visitor.page.locator("[name=receipt]").fill(receipt)
    visitor.page.locator("[name=proof]").fill("0004")
    visitor.press("查询")
    visitor.reads(expected)


def _officer_approves(officer, receipt):
    page = officer.page
    page.goto("/admin/")
    officer.reads("手机号修改申请：1 件")
    officer.follow("手机号修改申请")
    page.get_by_role("link", name=receipt).click()
    officer.reads("示例明溪半导体装备（南京）有限公司", "138****0004", "138****0003", "999***********1238")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载", exact=False).first.click()
    assert download.value.path().read_bytes().startswith(b"PK")
    officer.follow("通过")
    officer.reads("该账户在所有设备上退出登录")
    officer.press("确认通过")
    officer.reads(f"受理编号 {receipt}：已通过")


def test_a_corrected_name_goes_from_the_officer_to_the_enterprise_and_its_form(person, running_server):
    old_name, new_name = "示例云岭传感技术（南京）有限公司", "示例云岭传感科技（南京）有限公司"
    enterprise = person().sign_in(RENAMED)
    page = enterprise.page
    enterprise.follow("用户中心")
    enterprise.follow("实名认证")
    enterprise.follow("人工实名认证")
    state_the_enterprise(page, enterprise_name=new_name, legal_representative="示例人", mobile="13811110005")
    enterprise.press("提交申请")
    enterprise.reads("提交成功，受理编号", "待办理")
    enterprise.page.goto("/enterprise/")
    enterprise.reads(old_name)
    _officer_approves_the_name(person().sign_in("nanjing", at="/admin/"), new_name)
    page.goto("/accounts/centre/real-name/")
    enterprise.reads(new_name, "已通过")
    page.goto("/enterprise/edit/")
    expect(page.locator(".verified__name")).to_have_text(new_name)
    expect(page.locator(".verified .fact-list dd").first).to_have_text(old_name)
    enterprise.press("实名信息同步")
    enterprise.reads(f"实名信息同步成功，企业名称为“{new_name}”")
    expect(page.locator(".verified .fact-list dd").first).to_have_text(new_name)
    page.goto("/enterprise/messages/")
    enterprise.reads("实名认证已通过", f"由“{old_name}”更正为“{new_name}”")
    _change_the_password(enterprise)


def _officer_approves_the_name(officer, name):
    page = officer.page
    page.goto("/admin/accounts/realnamerequest/")
    page.get_by_role("link", name=name).click()
    officer.reads("不一致", "示例云岭传感技术（南京）有限公司")
    officer.follow("不予通过")
    officer.press("确认不予通过")
    officer.reads("办理意见：不予通过必须写明原因")
    officer.follow("返回申请")
    officer.follow("通过")
    officer.press("确认通过")
    officer.reads("已通过")


def _change_the_password(enterprise):
    page = enterprise.page
    enterprise.follow("用户中心")
    enterprise.follow("修改密码")
    for name, text in {"old": PASSWORD, "new": "Juniper-Radio-4417", "again": "Juniper-Radio-4417"}.items():
        page.locator(f"[name={name}]").fill(text)
    page.get_by_role("main").get_by_role("button", name="修改密码").click()
    enterprise.reads("密码修改成功", "本设备")
