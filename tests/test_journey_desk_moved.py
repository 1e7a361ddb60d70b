"""What an officer meets when the ground moves under an open page: a colleague was faster, he was moved to another
authority, his authority went into another. He is told who did what, and his text is still there.

A real browser against script/server.
"""
import pytest
from playwright.sync_api import expect

from tests.browser import PASSWORD, Person, chromium

pytestmark = pytest.mark.journey

#: Officers and filings of cities that the demo does not use.
MAKE = f"""
from accounts.tests.factories import make_enterprise, make_officer, number_from
from applications.tests.filled import make_submitted
number_from(2001)
for code, login_name, person_name in (
    ("320500", "suzhou", "苏州示例甲"), ("320500", "suzhou2", "苏州示例乙"), ("320500", "suzhou3", "苏州示例丙"),
    ("320400", "changzhou", "常州示例甲"), ("321100", "zhenjiang", "镇江示例甲"),
):
    make_officer(code, login_name=login_name, password="{PASSWORD}", person_name=person_name)
for name, region in (("同时办理", "320508"), ("调动人员", "320508"), ("部门并入", "320402")):
    make_submitted(make_enterprise(name=f"{{name}}示例有限公司", region=region))
"""
MOVE = """
from accounts.models import Authority, User
from accounts.services.officers import update_officer
update_officer(
    actor=User.objects.get(login_name="jiangsu"), officer=User.objects.get(login_name="suzhou3"),
    authority=Authority.objects.get(code="320200"),
)
"""
REASON = "研发费用与审计报告不一致，请核对。"
NOTE = "已电话联系企业财务。"
SUZHOU, WUXI = "江苏省苏州市中小企业主管部门", "江苏省无锡市中小企业主管部门"
CHANGZHOU, ZHENJIANG = "江苏省常州市中小企业主管部门", "江苏省镇江市中小企业主管部门"


@pytest.fixture(scope="module")
def browser(running_server):
    running_server.manage("shell", "-v0", "-c", MAKE)
    with chromium() as running:
        yield running


@pytest.fixture
def sign_in(browser, running_server):
    """A function that gives an officer a browser of his own; what breaks a rule of the portal fails the test."""
    people = []

    def sign_in_as(login_name):
        people.append(Person(browser, running_server.url).sign_in(login_name, at="/admin/"))
        return people[-1]

    yield sign_in_as
    for person in people:
        assert person.complaints == []
        person.context.close()


def test_the_second_of_two_officers_reads_who_did_what_and_keeps_his_text(sign_in):
    first, second = sign_in("suzhou"), sign_in("suzhou2")
    _writes_a_return(second, "同时办理示例有限公司")
    _open(first, "同时办理示例有限公司")
    first.follow("通过")
    first.page.locator("[name=comment]").fill("材料齐全，同意推荐。")
    first.press("确认")
    first.reads("已对“同时办理示例有限公司”【通过】。")
    second.press("确认")
    second.reads("没有【退回】：这件申报已被处理", "苏州示例甲", "【通过】", "材料齐全，同意推荐。", "江苏省")
    _still_has_his_text(second)
    second.follow("查看申报件的最新内容")
    expect(second.page.get_by_role("button", name="退回", exact=True)).to_be_disabled()
    second.reads("这件申报目前由江苏省中小企业主管部门审核。")


def test_an_officer_who_was_moved_is_told_so_and_a_colleague_goes_on(sign_in, running_server):
    moved, colleague = sign_in("suzhou3"), sign_in("suzhou")
    _writes_a_return(moved, "调动人员示例有限公司")
    running_server.manage("shell", "-v0", "-c", MOVE)
    moved.press("确认")
    moved.reads(f"您打开本页之后，您的账户已从{SUZHOU}转到{WUXI}。", f"不在{WUXI}的管辖范围内", "请告知原部门的同事")
    _still_has_his_text(moved)
    moved.follow("返回列表")
    expect(moved.page.get_by_role("link", name="调动人员", exact=False)).to_have_count(0)
    moved.reads("没有待您审核的申报件")
    _writes_a_return(colleague, "调动人员示例有限公司")
    colleague.press("确认")
    colleague.reads("已对“调动人员示例有限公司”【退回】。")


def test_when_the_authority_went_into_another_the_officer_is_told_and_goes_on_there(sign_in):
    officer, province = sign_in("changzhou"), sign_in("jiangsu")
    _writes_a_return(officer, "部门并入示例有限公司")
    _the_province_merges(province)
    officer.press("确认")
    officer.reads(f"{CHANGZHOU}已并入{ZHENJIANG}，待审申报件和您的账户都已转入{ZHENJIANG}。", "请重新打开这件申报")
    _still_has_his_text(officer)
    officer.follow("返回申报件")
    officer.reads("改派", "演示文件〔2026〕3号", ZHENJIANG)
    officer.follow("退回")
    officer.page.locator("[name=comment]").fill(REASON)
    officer.press("确认")
    officer.reads("已对“部门并入示例有限公司”【退回】。")
    _the_new_colleague_sees_it(sign_in("zhenjiang"))


def _open(officer, name):
    officer.page.goto("/admin/reviews/filing/")
    officer.follow(name)


def _writes_a_return(officer, name):
    _open(officer, name)
    officer.follow("退回")
    officer.page.locator("[name=comment]").fill(REASON)
    officer.page.locator("[name=note]").fill(NOTE)


def _still_has_his_text(officer):
    expect(officer.page.get_by_label("您填写的意见")).to_have_value(REASON)
    expect(officer.page.get_by_label("您填写的内部备注")).to_have_value(NOTE)


def _the_province_merges(province):
    page = province.page
    province.follow("工作监督", exact=False)
    province.follow("主管部门并入")
    for name, authority in (("source", CHANGZHOU), ("target", ZHENJIANG)):
        value = page.locator(f"[name={name}] option").filter(has_text=authority).first.get_attribute("value")
        page.locator(f"[name={name}]").select_option(value)
    province.press("查看影响")
    province.reads(f"{CHANGZHOU}并入{ZHENJIANG}", "不能恢复")
    page.locator("[name=reason]").fill("演示文件〔2026〕3号")
    province.press("确认并入")
    province.reads(f"{CHANGZHOU}已并入{ZHENJIANG}，改派了 1 件待审核的申报。")


def _the_new_colleague_sees_it(colleague):
    colleague.page.goto("/admin/reviews/filing/?scope=returned")
    colleague.follow("部门并入示例有限公司")
    colleague.reads("常州示例甲", "演示文件〔2026〕3号")
