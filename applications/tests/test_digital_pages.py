"""The pages of 数字化水平评测, with and without scripts."""
import pytest
from django.urls import reverse

from accounts.tests.factories import make_enterprise, make_legal_person
from applications.enums import AssessmentStage
from applications.models import DigitalAssessment
from applications.services.digital_assessments import restart_assessment
from applications.tests.digital_answers import QUESTIONS, SCENES, answer, levels, make_run

pytestmark = pytest.mark.django_db
ONE, TWO, COMPLETE, _ = AssessmentStage
INDEX = "/enterprise/digital-assessment/"
XHR = {"headers": {"X-Requested-With": "XMLHttpRequest"}}


def page(run, name):
    return reverse(f"applications:digital_{name}", args=[run.pk])


def signed_in(client, run):
    client.force_login(run.enterprise.account)
    return client


def posted(answers, **more):
    """Return answers as a browser posts them: several ticked boxes as several values."""
    return {name: text.split(",") for name, text in answers.items()} | more


def test_the_introduction_says_who_needs_it_and_that_there_is_no_way_back(client):
    client.force_login(make_enterprise().account)
    text = client.get(INDEX).text
    assert "申报【专精特新中小企业】和【专精特新“小巨人”企业】前须完成评测" in text
    assert "第一阶段整体结束后不能返回修改，如需修改只能整体重新作答" in text
    assert "生产性服务业、其他行业的题目尚未公布，这些行业的企业暂时使用制造业题目" in text
    assert "开始评测" in text
    assert "还没有评测记录" in text


def test_without_basic_information_the_introduction_leads_there_and_back(client):
    client.force_login(make_legal_person())
    text = client.get(INDEX).text
    assert "请先填写企业基本信息" in text
    assert 'href="/enterprise/edit/?next=%2Fenterprise%2Fdigital-assessment%2F">确定</a>' in text
    answer_page = client.post(f"{INDEX}start/")
    assert answer_page.status_code == 409
    assert "/enterprise/edit/?next=/enterprise/digital-assessment/" in answer_page.text


def test_starting_leads_to_stage_one_and_keeps_the_way_back_to_the_application(client):
    user = make_enterprise().account
    client.force_login(user)
    went = client.post(f"{INDEX}start/", {"next": "/enterprise/filings/7/fill/"})
    run = DigitalAssessment.objects.get()
    back = "?next=%2Fenterprise%2Ffilings%2F7%2Ffill%2F"
    assert went["Location"] == page(run, "stage_one") + back
    text = client.get(went["Location"]).text
    assert f'data-end-url="{page(run, "end")}{back}"' in text
    assert "返回申报" in client.get(INDEX + back).text
    assert "example.com" not in client.get(f"{INDEX}?next=https://example.com/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_history_takes_ten_queries_however_many_runs(client, rows, django_assert_num_queries):
    enterprise = make_enterprise()
    for _ in range(rows):
        make_run(enterprise, stage=COMPLETE)
    client.force_login(enterprise.account)
    with django_assert_num_queries(10):
        text = client.get(INDEX).text
    assert text.count("查看结果") == rows
    assert text.count("有效，申报采用") == 1
    assert text.count("有效，已有更新的结果") == rows - 1
    assert "重新评测" in text


def test_the_history_tells_complete_runs_from_those_given_up_and_under_way(client):
    run = make_run(stage=TWO)
    restart_assessment(assessment_id=run.pk, user=run.enterprise.account, seen_version=run.version)
    text = signed_in(client, run).get(INDEX).text
    assert "无效，已作废" in text
    assert "尚未有效，第一阶段作答中" in text
    assert "作废并重新评测" in text


def test_stage_one_shows_what_was_answered_and_what_the_figures_say(client, django_assert_num_queries):
    run = make_run(questions=QUESTIONS | {"equipment_connected": "200"})
    signed_in(client, run)
    with django_assert_num_queries(7):
        text = client.get(page(run, "stage_one")).text
    assert '<output data-reading="q2">生产设备数字化率 45.00%</output>' in text
    assert 'data-band="q2-b60" class="digital-bands--chosen"' in text
    assert "联网的生产设备数量填写的“200”大于生产设备数量“100”（台）" in text
    assert '<output data-reading="q3">填写完整后自动计算</output>' in text
    assert 'name="q4" value="energy" data-choices="yes" aria-describedby' in text
    assert 'name="q4" value="planning" data-choices="yes" checked' in text
    assert 'name="q5" value="most" checked' in text
    assert "已答 <span data-answered>14</span> / 15" in text
    assert f"“上年”指 {run.started_at.year - 1} 年，“前年”指 {run.started_at.year - 2} 年" in text


def test_autosave_keeps_the_named_answers_and_says_what_follows(client):
    run = make_run(questions={"q5": "most"})
    body = {"version": run.version, "field": ["equipment", "equipment_digital", "q4"], "equipment": "200",
            "equipment_digital": "250", "q4": "none,energy"}  # fmt: skip
    data = signed_in(client, run).post(page(run, "save_one"), body, **XHR).json()
    run.refresh_from_db()
    assert run.questions == {"q5": "most", "equipment": "200", "equipment_digital": "250", "q4": "none,energy"}
    assert (data["version"], data["answered"]) == (run.version, 1)
    assert data["readings"]["q2"] is None
    assert data["errors"]["equipment_digital"].startswith("数字化生产设备数量填写的“250”大于生产设备数量“200”")
    assert data["errors"]["q4"].startswith("选择了“无”，就不能同时选择其他选项")
    body = {"version": run.version, "field": ["equipment_digital", "q4"], "equipment_digital": "120", "q4": ""}
    data = client.post(page(run, "save_one"), body, **XHR).json()
    assert data["readings"]["q2"] == {"option": "b60", "shown": "生产设备数字化率 60.00%"}
    run.refresh_from_db()
    assert "q4" not in run.questions


def test_autosave_of_the_second_window_gets_the_other_ones_answer(client):
    run = make_run()
    answer(run, {"q5": "all", "equipment": "80"})
    body = {"version": 1, "field": ["q5", "equipment"], "q5": "one", "equipment": "90"}
    told = signed_in(client, run).post(page(run, "save_one"), body, **XHR)
    assert told.status_code == 409
    assert told.json() == {
        "code": "stale", "message": "这次评测刚刚在另一个窗口保存过。您在本页的作答没有丢失，请比对后再保存。", "version": 2,
        "theirs": {"equipment": {"label": "生产设备数量", "value": "80"}, "q5": {"label": "信息系统", "value": "all"}},
    }  # fmt: skip


def test_autosave_after_the_end_of_stage_one_is_refused_in_words(client):
    run = make_run(stage=TWO)
    told = signed_in(client, run).post(
        page(run, "save_one"), {"version": run.version, "field": "q5", "q5": "all"}, **XHR
    )
    assert told.status_code == 409
    assert told.json()["code"] == "wrong_state"
    assert told.json()["message"].startswith("第一阶段已经结束，不能返回修改")


def test_without_scripts_the_stage_is_saved_as_a_whole_and_goes_on_to_its_end(client):
    run = make_run(questions={"q9": "data", "q5": "one"})
    went = signed_in(client, run).post(
        page(run, "stage_one"), posted(QUESTIONS | {"q9": ""}, version=run.version, action="end")
    )
    assert went["Location"] == page(run, "end")
    run.refresh_from_db()
    assert run.questions == {name: text for name, text in QUESTIONS.items() if name != "q9"}
    text = client.get(page(run, "end")).text
    assert "还有 1 处没有完成" in text
    assert f'<a href="{page(run, "stage_one")}#f-q9">第 9 题 管理机制：还没有作答' in text
    assert "确认结束第一阶段</button>" not in text


def test_without_scripts_a_conflict_shows_both_answers(client):
    run = make_run()
    answer(run, {"q5": "all", "equipment": "80"})
    told = signed_in(client, run).post(page(run, "stage_one"), posted({"q5": "one", "equipment": "90"}, version=1))
    assert told.status_code == 409
    assert "另一窗口的内容：<span>信息化服务覆盖了全部业务环节</span>" in told.text
    assert "另一窗口的内容：<span>80</span>" in told.text
    assert 'name="q5" value="one" id' not in told.text
    assert 'name="q5" value="one" checked' in told.text
    assert 'name="version" value="2"' in told.text
    run.refresh_from_db()
    assert run.questions == {"q5": "all", "equipment": "80"}


def test_the_end_of_stage_one_shows_the_answers_and_is_confirmed(client, django_assert_num_queries):
    run = make_run(questions=QUESTIONS)
    signed_in(client, run)
    with django_assert_num_queries(7):
        text = client.get(page(run, "end")).text
    assert "第一阶段结束后不能返回修改。" in text
    assert "生产设备数字化率 45.00%" in text
    went = client.post(page(run, "end"), {"version": run.version})
    assert went["Location"] == page(run, "stage_two")
    assert client.post(page(run, "end"), {"version": run.version})["Location"] == page(run, "stage_two")
    assert "第一阶段已结束，得分 56.175 分" in client.get(page(run, "stage_two")).text


def test_a_forged_end_with_open_questions_is_refused_with_links_to_them(client):
    run = make_run(questions=QUESTIONS | {"q5": ""})
    told = signed_in(client, run).post(page(run, "end"), {"version": run.version})
    assert told.status_code == 422
    assert "第 5 题 信息系统：还没有作答，请选择最符合的一项。" in told.text


def test_stage_one_leads_on_once_it_is_over(client):
    run = make_run(stage=TWO)
    signed_in(client, run)
    for name in ("stage_one", "end", "result"):
        assert client.get(page(run, name))["Location"] == page(run, "stage_two")
    went = client.get(page(run, "stage_one"), follow=True)
    assert "第一阶段已经结束，不能返回修改。如需修改，只能整体重新评测。" in went.text
    told = client.post(page(run, "stage_one"), posted(QUESTIONS, version=run.version))
    assert told.status_code == 409
    assert "您在本页的改动没有保存" in told.text


def test_stage_two_marks_the_binding_scenes_and_gives_every_level_its_text(client, django_assert_num_queries):
    run = make_run(stage=TWO, scenes=levels(quality=3))
    signed_in(client, run)
    with django_assert_num_queries(7):
        text = client.get(page(run, "stage_two")).text
    assert text.count("★ 约束性场景") == 10
    assert text.count('type="radio"') == 80
    assert "对关键工序的质量进行在线检测、自动判断和报警，或实现产品质量可追溯" in text
    assert 'name="quality" value="3" checked' in text


def test_completing_asks_for_the_promise_and_leads_to_the_result(client):
    run = make_run(stage=TWO, scenes=SCENES)
    back = {"next": "/enterprise/filings/7/fill/"}
    signed_in(client, run)
    told = client.post(page(run, "complete"), {"version": run.version} | back)
    assert told.status_code == 422
    assert "还没有勾选真实性承诺" in told.text
    went = client.post(page(run, "complete"), {"version": run.version, "promise": "yes"} | back)
    assert went["Location"] == f"{page(run, 'result')}?next=%2Fenterprise%2Ffilings%2F7%2Ffill%2F"
    text = client.get(went["Location"]).text
    assert '<a class="btn btn-primary" href="/enterprise/filings/7/fill/">返回申报</a>' in text


def test_the_result_says_how_the_level_came_about_and_what_is_missing(client, django_assert_num_queries):
    run = make_run(stage=COMPLETE)
    signed_in(client, run)
    with django_assert_num_queries(7):
        text = client.get(page(run, "result")).text
    assert "一级（初始级）" in text
    assert "<strong>56.175</strong> 分" in text
    assert "距离二级（规范级）还差什么" in text
    assert "达到二级及以上的场景 0 个，需要 6 个，还差 6 个" in text
    assert "使用信息化系统开展产品设计，并对设计过程和版本进行规范化管理" in text
    assert "7.5 / 10" in text
    assert '<rect class="digital-bar__part" width="62.1" height="8"/>' in text


def test_the_highest_level_has_no_next_one(client):
    best = QUESTIONS | {
        "q1": "plant,system,g5,full", "equipment_digital": "100", "equipment_connected": "100", "q5": "all",
        "q8": "visits", "q9": "process,systems,data,incentive", "q10": "people,posts,training,pay,ladder",
        "digital_spending": "3500", "energy_last": "800",
    }  # fmt: skip
    run = make_run(stage=COMPLETE, questions=best, scenes=dict.fromkeys(SCENES, "4"))
    text = signed_in(client, run).get(page(run, "result")).text
    assert "四级（协同级）" in text
    assert "已达到最高等级" in text


def test_giving_up_is_asked_first_and_starts_at_stage_one(client):
    run = make_run(stage=TWO)
    signed_in(client, run)
    assert "已有的作答不能恢复" in client.get(page(run, "restart")).text
    assert DigitalAssessment.objects.count() == 1
    stale = client.post(page(run, "restart"), {"version": 1})
    assert stale.status_code == 409
    client.post(page(run, "restart"), {"version": run.version})
    fresh = DigitalAssessment.objects.first()
    assert (fresh.stage, DigitalAssessment.objects.count()) == (ONE, 2)
    assert client.get(page(run, "stage_two"))["Location"] == INDEX


def test_another_enterprises_run_is_not_found(client):
    run = make_run(stage=COMPLETE)
    client.force_login(make_enterprise().account)
    for name in ("stage_one", "end", "stage_two", "complete", "restart", "result"):
        assert client.get(page(run, name)).status_code == 404
    assert client.post(page(run, "save_two"), {"version": run.version}).status_code == 404


def test_only_posts_change_something(client):
    run = make_run(questions=QUESTIONS)
    signed_in(client, run)
    for name in ("stage_one", "end", "restart"):
        client.get(page(run, name))
    assert client.get(f"{INDEX}start/").status_code == 405
    assert client.get(page(run, "save_one")).status_code == 405
    run.refresh_from_db()
    assert (run.stage, run.version, DigitalAssessment.objects.count()) == (ONE, 2, 1)
