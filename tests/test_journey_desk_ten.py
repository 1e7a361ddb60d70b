"""A city officer handles ten filings in a row under a filter: what one filing costs in clicks, keys and requests.

A real browser against script/server. The measured figures are the limits: one click more is a fault.
"""
import pytest
from playwright.sync_api import expect

from tests.browser import Person, chromium

pytestmark = pytest.mark.journey

PHRASE = "请补充上一年度审计报告全文。"
#: Ten enterprises of 高淳区 for the mouse, four of 溧水区 for the keyboard; they wait at 南京市.
MAKE = f"""
from accounts.models import User
from accounts.tests.factories import make_enterprise, number_from
from applications.tests.filled import make_submitted
from reviews.services.phrases import add_phrase
number_from(1001)
for prefix, region, count in (("连续办理", "320118", 10), ("键盘办理", "320117", 4)):
    for number in range(1, count + 1):
        make_submitted(make_enterprise(name=f"{{prefix}}{{number:02}}有限公司", region=region))
add_phrase(user=User.objects.get(login_name="nanjing"), action="return", text="{PHRASE}")
"""
#: (clicks, requests) from the page of a filing to the page of the next one. A select box is two clicks.
AN_APPROVAL = (2, 3)
A_RETURN = (6, 6)
#: (key presses, requests). What is typed as text is not counted.
AN_APPROVAL_BY_KEYS = (2, 3)
A_RETURN_BY_KEYS = (2, 3)


class Meter:
    """Does what an officer does and counts it: clicks, key presses, and requests but for files that are cached."""

    def __init__(self, person):
        self.page = person.page
        self.actions = self.requests = 0
        self.page.on("request", self._asked)

    def _asked(self, request):
        if request.resource_type in {"document", "xhr", "fetch"}:
            self.requests += 1

    def click(self, name, *, role="link"):
        self.actions += 1
        self.page.get_by_role(role, name=name, exact=True).first.click()

    def choose(self, select, label):
        self.actions += 2
        self.page.locator(select).select_option(label=label)

    def press(self, *keys):
        for key in keys:
            self.actions += 1
            self.page.keyboard.press(key)

    def take(self):
        """Return (actions, requests) since the last time, when the page is there and has asked for all it needs."""
        self.page.wait_for_load_state("networkidle")
        taken = self.actions, self.requests
        self.actions = self.requests = 0
        return taken


@pytest.fixture(scope="module")
def officer(running_server):
    running_server.manage("shell", "-v0", "-c", MAKE)
    with chromium() as browser:
        person = Person(browser, running_server.url).sign_in("nanjing", at="/admin/")
        yield person
        assert person.complaints == []


def test_ten_filings_in_a_row_by_mouse(officer):
    meter = Meter(officer)
    _the_list_is_filtered(officer, "高淳区", "连续办理", 10)
    meter.take()
    meter.click("连续办理01有限公司")
    opening = meter.take()
    costs = {}
    for number in range(1, 11):
        name = f"连续办理{number:02}有限公司"
        _is_open(officer, name)
        (_returned_by_mouse if number in {4, 8} else _approved_by_mouse)(meter)
        expect(officer.page.get_by_text(f"已对“{name}”")).to_be_visible()
        costs[number] = meter.take()
    officer.reads("当前列表中已没有待您审核的申报件。")
    officer.reads("没有符合条件的申报件", "县（区）：高淳区")
    assert opening == (1, 1)
    assert {number: cost for number, cost in costs.items() if number in {4, 8}} == dict.fromkeys((4, 8), A_RETURN)
    assert {cost for number, cost in costs.items() if number not in {4, 8}} == {AN_APPROVAL}
    assert _total(opening, costs) == (29, 37)
    _each_is_where_it_belongs(officer)


def test_four_filings_in_a_row_by_keyboard(officer):
    meter = Meter(officer)
    _the_list_is_filtered(officer, "溧水区", "键盘办理", 4)
    meter.take()
    meter.press("j", "Enter")
    opening = meter.take()
    costs = {}
    for number in range(1, 5):
        name = f"键盘办理{number:02}有限公司"
        _is_open(officer, name)
        if number == 3:
            meter.press("r")
            officer.reads("确认后会发生什么")
            officer.page.keyboard.type("请补充审计报告。")
        else:
            meter.press("a")
            officer.reads("确认后会发生什么")
        meter.press("Control+Enter")
        expect(officer.page.get_by_text(f"已对“{name}”")).to_be_visible()
        costs[number] = meter.take()
    officer.reads("当前列表中已没有待您审核的申报件。")
    assert opening == (2, 1)
    assert costs == {1: AN_APPROVAL_BY_KEYS, 2: AN_APPROVAL_BY_KEYS, 3: A_RETURN_BY_KEYS, 4: AN_APPROVAL_BY_KEYS}
    assert _total(opening, costs) == (10, 13)


def _the_list_is_filtered(officer, county, prefix, count):
    page = officer.page
    page.goto("/admin/reviews/filing/")
    page.get_by_label("县（区）").select_option(label=county)
    officer.press("查询")
    expect(page.locator(".worklist tbody tr")).to_have_count(count)
    expect(page.locator(".worklist tbody th a")).to_have_text([f"{prefix}{n:02}有限公司" for n in range(1, count + 1)])


def _is_open(officer, name):
    expect(officer.page.get_by_role("heading", level=1)).to_contain_text(name)


def _approved_by_mouse(meter):
    meter.click("通过")
    meter.click("确认并处理下一条", role="button")


def _returned_by_mouse(meter):
    meter.click("批注“研发费用总额”")
    meter.page.locator("textarea[name=text]:focus").wait_for()
    meter.page.keyboard.type("与审计报告不一致。")
    meter.click("保存批注", role="button")
    meter.click("退回")
    meter.choose("[name=phrase]", PHRASE)
    meter.click("确认并处理下一条", role="button")


def _each_is_where_it_belongs(officer):
    page = officer.page
    for scope, numbers in (("returned", (4, 8)), ("in_review", (1, 2, 3, 5, 6, 7, 9, 10))):
        page.goto(f"/admin/reviews/filing/?scope={scope}&q=连续办理")
        names = page.locator(".worklist tbody th a").all_inner_texts()
        assert sorted(names) == [f"连续办理{number:02}有限公司" for number in numbers]
    page.goto("/admin/reviews/filing/?scope=returned&q=连续办理")
    officer.follow("连续办理04有限公司")
    officer.reads(PHRASE, "与审计报告不一致。")


def _total(opening, costs):
    """Return (actions, requests) of the whole row, opening the first one included."""
    return tuple(sum(column) for column in zip(opening, *costs.values(), strict=True))
