"""A city officer approves five filings at once from the work list; two of them fail and say why. A real browser."""
import pytest
from playwright.sync_api import expect

from tests.browser import PASSWORD, Person, chromium

pytestmark = pytest.mark.journey

#: Five enterprises of 南京市 whose filings wait at the city.
MAKE = """
from accounts.models import Region
from accounts.tests.factories import make_enterprise
from applications.tests.filled import make_submitted
for letter in "甲乙丙丁戊":
    make_submitted(make_enterprise(name=f"批量办理{letter}有限公司", region="320102"))
"""
#: What a colleague does while the page with the five is open.
COLLEAGUE = """
from accounts.models import User
from reviews.models import Filing
from reviews.services.decisions import return_filing
for letter in "乙丁":
    filing = Filing.objects.get(enterprise_name=f"批量办理{letter}有限公司")
    officer = User.objects.get(login_name="nanjing2")
    return_filing(filing_id=filing.pk, user=officer, seen_version=filing.version, comment="请补充审计报告。")
"""


@pytest.fixture(scope="module")
def officer(running_server):
    running_server.manage("shell", "-v0", "-c", MAKE)
    with chromium() as browser:
        person = Person(browser, running_server.url).sign_in("nanjing", at="/admin/")
        yield person
        assert person.complaints == []


def test_a_bulk_approval_in_which_two_rows_fail_says_which_and_why(officer, running_server):
    page = officer.page
    page.goto("/admin/reviews/filing/")
    for letter in "甲乙丙丁戊":
        page.get_by_label(f"选择 批量办理{letter}有限公司").check()
    officer.press("批量通过")
    officer.reads("批量通过：5 件", "批量办理甲有限公司", "再次验证身份")
    page.locator("[name=password]").fill("falsch")
    page.locator("[name=code]").fill("123456")  # not looked at, and so not counted, before the password is right
    page.locator("[name=note]").fill("集中核对，材料齐全。")
    officer.press("确认批量通过")
    officer.reads("登录密码不正确")
    expect(page.locator("[name=note]")).to_have_value("集中核对，材料齐全。")
    running_server.manage("shell", "-v0", "-c", COLLEAGUE)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=code]").fill(officer.code("nanjing"))
    page.get_by_role("button", name="确认批量通过").dblclick()
    officer.reads("已完成", "3 件成功，2 件未成功，原因见下表。")
    officer.follow("只看未成功的")
    officer.reads("批量办理乙有限公司", "批量办理丁有限公司", "【退回】", "南京示例乙")
    expect(page.locator("tbody tr")).to_have_count(2)
    officer.follow("返回列表")
    expect(page.get_by_role("link", name="批量办理", exact=False)).to_have_count(0)
