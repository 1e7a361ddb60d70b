"""A 小巨人 that has reached the ministry is returned by its province, and starts again at the city.

A real browser against script/server.
"""
import json
import time

import pytest
from playwright.sync_api import expect

from tests.browser import Person, chromium

pytestmark = pytest.mark.journey

NAME = "示例栖霞数控系统（南京）有限公司"
MAKE = f"""
from applications.demo import cast, loading
cast.ENTERPRISES = (
    cast.DemoEnterprise("nj-xjr-back", 90000091, "{NAME}", "320113", "city", kind="little_giant_application"),
)
loading.load(print)
"""
REASON = "主导产品销售收入与审计报告不一致，请核对后重新提交。"
AT_THE_FIELD = "与审计报告附注第12项不一致。"
FIELD = "innovation-rd_expense_y1"


@pytest.fixture(scope="module")
def browser(running_server):
    running_server.manage("shell", "-v0", "-c", MAKE)
    with chromium() as running:
        yield running


def test_a_province_returns_a_little_giant_from_the_ministrys_step(browser, running_server):
    names = ("nanjing", "jiangsu", "ministry")
    city, province, ministry = (Person(browser, running_server.url).sign_in(name, at="/admin/") for name in names)
    enterprise = Person(browser, running_server.url).sign_in("nj-xjr-back")
    _city_and_province_approve(city, province)
    _the_ministry_has_it(ministry)
    _the_province_returns_it(province)
    _the_ministry_has_it_no_more(ministry)
    _the_enterprise_is_told(enterprise, running_server)
    _it_corrects_and_submits_again(enterprise)
    _it_starts_again_at_the_city(city, province, ministry)
    for person in (city, province, ministry, enterprise):
        assert person.complaints == []


def _city_and_province_approve(city, province):
    for officer in (city, province):
        _open(officer)
        officer.follow("通过")
        officer.press("确认")
        officer.reads("已对", "通过")


def _open(officer, scope="mine"):
    officer.page.goto("/admin/reviews/filing/")
    if scope == "all":
        officer.follow("我辖区全部")
    officer.page.get_by_role("searchbox", name="查找").fill("栖霞数控")
    officer.press("查询")
    officer.follow(NAME)


def _the_ministry_has_it(ministry):
    _open(ministry)
    ministry.reads("江苏省", "审核中")


def _the_province_returns_it(province):
    page = province.page
    _open(province, "all")
    button = page.get_by_role("button", name="通过", exact=True)
    expect(button).to_be_disabled()
    page.get_by_role("link", name="批注“研发费用总额”").first.click()
    page.locator("textarea[name=text]").fill(AT_THE_FIELD)
    province.press("保存批注")
    province.follow("退回")
    province.reads("目前由", "在任一环节", AT_THE_FIELD)
    province.press("确认")
    province.reads("【退回】须填写意见")
    page.locator("[name=comment]").fill(REASON)
    province.press("确认")
    province.reads(f"已对“{NAME}”【退回】。", REASON)


def _the_ministry_has_it_no_more(ministry):
    page = ministry.page
    ministry.follow("通过")  # the page was open all the time
    ministry.reads("已退回企业，等待企业修改后重新提交")
    page.goto("/admin/reviews/filing/?q=栖霞数控")
    ministry.reads("没有找到“栖霞数控”")


def _the_enterprise_is_told(enterprise, running_server):
    page = enterprise.page
    page.goto("/enterprise/messages/")
    enterprise.reads("申报被退回，请修改", REASON)
    said = ""
    for _ in range(40):
        lines = (running_server.var / "sms.log").read_text().splitlines()
        said = "\n".join(json.loads(line)["text"] for line in lines if "小巨人" in line)
        if REASON in said:
            break
        time.sleep(0.5)
    assert REASON in said


def _it_corrects_and_submits_again(enterprise):
    page = enterprise.page
    page.goto("/enterprise/filings/")
    page.get_by_role("link", name="修改").first.click()
    enterprise.reads("被退回", REASON, AT_THE_FIELD)
    page.locator(f"[name='{FIELD}']").fill("640")
    expect(page.locator("[data-save-state]")).to_contain_text("已暂存")
    enterprise.press("提交")
    enterprise.press("确认提交")
    enterprise.reads("提交成功", "南京市中小企业主管部门")


def _it_starts_again_at_the_city(city, province, ministry):
    for officer in (province, ministry):
        officer.page.goto("/admin/reviews/filing/?q=栖霞数控")
        officer.reads("没有找到“栖霞数控”")
    city.page.goto("/admin/reviews/filing/?q=栖霞数控")
    city.reads("第2次提交")
    city.follow(NAME)
    city.reads("652", "640", AT_THE_FIELD)
    expect(city.page.get_by_role("link", name="通过", exact=True)).to_be_visible()
