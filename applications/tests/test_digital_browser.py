"""数字化水平评测 in a real browser: from the first question to the level, through whatever goes wrong on the way."""
import os
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Session
from accounts.tests.factories import PASSWORD, make_enterprise
from applications.enums import AssessmentStage
from applications.models import DigitalAssessment
from applications.services.digital_assessments import end_stage_one
from applications.tests.digital_answers import QUESTIONS, SCENES, answer, make_run
from applications.tests.stoppable import StoppableServer
from tests.browser import chromium

# playwright runs a loop in this thread; the ORM is used between its calls only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytestmark = pytest.mark.django_db(transaction=True)
TWO = AssessmentStage.TWO


@pytest.fixture
def portal(db, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    portal = StoppableServer()
    yield portal
    portal.stop()


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def context(browser):
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 900})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def visit(context, portal):
    """Return a function that signs an enterprise in and opens a path; script errors fail the test."""
    faults = []

    def visit(enterprise, path):
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(f"{portal.url}{reverse('accounts:login')}")
        page.fill("[name=username]", enterprise.account.login_name)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/enterprise/")
        page.goto(f"{portal.url}{path}")
        return page

    yield visit
    assert faults == []


def state(page):
    return page.locator("[data-save-state]")


def answers(run):
    run.refresh_from_db()
    return run.questions


def address(run, name):
    return reverse(f"applications:digital_{name}", args=[run.pk])


def choose(page, name, code):
    page.locator(f"[name={name}][value='{code}']").check()


def test_from_the_first_question_to_the_level(visit, portal):
    page = visit(make_enterprise(), "/enterprise/digital-assessment/")
    page.get_by_role("button", name="开始评测").click()
    page.wait_for_url("**/stage-one/")
    for name, text in QUESTIONS.items():
        if page.locator(f"#f-{name}").get_attribute("type") == "text":
            page.fill(f"#f-{name}", text)
        else:
            for code in text.split(","):
                choose(page, name, code)
    expect(page.locator("[data-answered]")).to_have_text("15")
    expect(page.locator("[data-reading=q2]")).to_have_text("生产设备数字化率 45.00%")
    expect(page.locator(".digital-bands--chosen")).to_have_count(7)
    page.get_by_role("button", name="结束第一阶段").click()
    page.wait_for_url("**/stage-one/end/")
    page.get_by_role("button", name="确认结束第一阶段").click()
    page.wait_for_url("**/stage-two/")
    run = DigitalAssessment.objects.get()
    assert (run.stage, run.questions) == (TWO, QUESTIONS)

    # Neither the back button nor the address opens stage one again.
    page.go_back()
    page.wait_for_url("**/stage-two/")
    page.goto(f"{portal.url}{address(run, 'stage_one')}")
    page.wait_for_url("**/stage-two/")
    expect(page.locator("main")).to_contain_text("第一阶段已经结束，不能返回修改")

    # The server goes away while scenes are chosen, and comes back.
    choose(page, "product_design", 2)
    expect(state(page)).to_contain_text("已暂存")
    portal.stop()
    choose(page, "process_design", 3)
    expect(state(page)).to_contain_text("未保存：网络中断")
    choose(page, "marketing", 2)
    portal.start()
    expect(state(page)).to_contain_text("已暂存", timeout=25_000)
    run.refresh_from_db()
    assert run.scenes == {"product_design": "2", "process_design": "3", "marketing": "2"}
    for name in list(SCENES)[3:]:
        choose(page, name, 2)
    page.get_by_role("button", name="核对并完成").click()
    page.wait_for_url("**/stage-two/complete/")
    page.get_by_label("真实性承诺").check()
    page.get_by_role("button", name="完成评测").click()
    page.wait_for_url("**/result/")
    expect(page.locator("#level")).to_have_text("二级（规范级）")
    expect(page.locator("main")).to_contain_text("第一阶段得分 56.175 分，需要 60 分，还差 3.825 分")


def test_a_click_on_none_empties_the_other_boxes_and_the_other_way_round(visit, portal):
    run = make_run(questions={"q6": "rules,risk"})
    page = visit(run.enterprise, address(run, "stage_one"))
    choose(page, "q6", "none")
    expect(state(page)).to_contain_text("已暂存")
    assert answers(run) == {"q6": "none"}
    choose(page, "q6", "border")
    expect(page.locator("[name=q6][value=none]")).not_to_be_checked()


def test_a_figure_that_can_not_be_is_named_at_its_field_and_kept(visit, portal):
    run = make_run(questions={"equipment": "100"})
    page = visit(run.enterprise, address(run, "stage_one"))
    page.fill("#f-equipment_digital", "130")
    expect(page.locator("#error-equipment_digital")).to_contain_text("大于生产设备数量“100”")
    assert answers(run)["equipment_digital"] == "130"
    page.fill("#f-equipment", "200")
    expect(page.locator("#error-equipment_digital")).to_be_empty()
    expect(page.locator("[data-reading=q2]")).to_have_text("生产设备数字化率 65.00%")


def test_after_the_session_has_ended_a_login_in_place_saves_what_was_answered(visit, portal):
    run = make_run()
    page = visit(run.enterprise, address(run, "stage_one"))
    Session.objects.all().delete()
    choose(page, "q5", "most")
    page.locator("#again-password").fill(PASSWORD)
    page.click("[data-login] button[type=submit]")
    expect(state(page)).to_contain_text("已暂存")
    assert answers(run) == {"q5": "most"}


def test_answers_that_could_not_be_saved_are_offered_when_the_browser_comes_back(visit, portal):
    run = make_run()
    page = visit(run.enterprise, address(run, "stage_one"))
    portal.stop()
    choose(page, "q4", "energy")
    choose(page, "q4", "safety")
    expect(state(page)).to_contain_text("作答已保留在本机")
    page.close()
    portal.start()
    page = page.context.new_page()
    page.goto(f"{portal.url}{address(run, 'stage_one')}")
    expect(page.locator("[data-restore]")).to_contain_text("数据采集：本机“安全生产、能耗管理”，已保存“空白”")
    page.click("[data-restore-yes]")
    expect(state(page)).to_contain_text("已暂存")
    assert answers(run) == {"q4": "safety,energy"}
    page.reload()
    expect(page.locator("[data-restore]")).to_be_hidden()
    expect(page.locator("[name=q4]:checked")).to_have_count(2)


def test_two_windows_see_both_answers_and_keep_the_other_ones(visit, portal):
    run = make_run()
    page = visit(run.enterprise, address(run, "stage_one"))
    answer(run, {"q5": "all", "q8": "aware"})
    choose(page, "q5", "one")
    box = page.locator("[data-stale]")
    expect(box).to_contain_text("本页“单个业务环节使用了信息化服务”，另一窗口“信息化服务覆盖了全部业务环节”")
    with page.expect_navigation():
        page.click("[data-stale-mine]")
    assert answers(run) == {"q5": "one", "q8": "aware"}
    expect(page.locator("[name=q8][value=aware]")).to_be_checked()


def test_a_window_left_open_in_stage_one_is_told_that_the_stage_is_over(visit, portal):
    run = make_run(questions=QUESTIONS)
    page = visit(run.enterprise, address(run, "stage_one"))
    end_stage_one(assessment_id=run.pk, user=run.enterprise.account, seen_version=run.version)
    choose(page, "q5", "all")
    expect(page.locator("[data-closed]")).to_contain_text("第一阶段已经结束，不能返回修改")
    page.get_by_role("link", name="返回数字化水平评测").click()
    page.wait_for_url(re.compile("/enterprise/digital-assessment/$"))
    assert answers(run) == QUESTIONS
