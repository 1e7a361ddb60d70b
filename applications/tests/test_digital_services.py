"""数字化水平评测: a run survives anything, stage one never opens again, only the whole can be done anew."""
import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Notice
from accounts.tests.factories import make_enterprise, make_legal_person, make_natural_person, make_officer
from applications.enums import AssessmentStage
from applications.models import DigitalAssessment
from applications.services.digital_assessments import (
    complete_assessment,
    end_stage_one,
    restart_assessment,
    save_answers,
    start_assessment,
)
from applications.standing import newest_digital_assessment
from applications.tests import filled_specialized
from applications.tests.digital_answers import QUESTIONS, SCENES, answer, levels, make_run
from applications.tests.filled import type_in
from portal.tools.errors import Invalid, NotPermitted, Refused, StaleVersion, WrongState

pytestmark = pytest.mark.django_db
ONE, TWO, COMPLETE, ABANDONED = AssessmentStage


def owner(run):
    return run.enterprise.account


def end(run, **changes):
    return end_stage_one(**{"assessment_id": run.pk, "user": owner(run), "seen_version": run.version} | changes)


def complete(run, **changes):
    given = {"assessment_id": run.pk, "user": owner(run), "seen_version": run.version, "promised": True}
    return complete_assessment(**given | changes)


def test_starting_twice_gives_the_same_run_of_the_present_edition():
    user = make_enterprise().account
    run = start_assessment(user=user)
    assert start_assessment(user=user).pk == run.pk
    assert (run.edition, run.stage, run.version) == ("digital-2024-manufacturing", ONE, 1)


def test_only_a_legal_person_with_an_enterprise_can_start():
    for account in (make_natural_person(), make_officer()):
        with pytest.raises(NotPermitted):
            start_assessment(user=account)
    with pytest.raises(Refused) as refused:
        start_assessment(user=make_legal_person())
    assert refused.value.link == "/enterprise/edit/?next=/enterprise/digital-assessment/"
    assert refused.value.link_label == "确定"
    assert not DigitalAssessment.objects.exists()


def test_partial_blank_and_wrong_answers_are_kept_as_they_were_typed():
    run = answer(make_run(), {"q4": "energy,safety", "equipment": "一百台", "q5": "most", "unknown": "x"})
    run = answer(run, {"q5": "", "q8": "aware"})
    run.refresh_from_db()
    assert run.questions == {"q4": "energy,safety", "equipment": "一百台", "q8": "aware"}
    assert run.version == 3


def test_the_second_of_two_windows_is_told_and_overwrites_nothing():
    run = make_run()
    answer(run, {"q5": "most"})
    with pytest.raises(StaleVersion) as stale:
        save_answers(assessment_id=run.pk, user=owner(run), stage=ONE, seen_version=1, values={"q5": "one"})
    assert stale.value.current.questions == {"q5": "most"}
    run.refresh_from_db()
    assert run.questions == {"q5": "most"}


def test_an_endless_answer_is_refused():
    with pytest.raises(Invalid, match="填写了 201 个字，超过 200 个字的上限"):
        answer(make_run(), {"equipment": "1" * 201})


def test_another_enterprises_run_can_not_be_touched():
    run = make_run(questions=QUESTIONS)
    stranger = make_enterprise().account
    with pytest.raises(NotPermitted):
        save_answers(assessment_id=run.pk, user=stranger, stage=ONE, seen_version=run.version, values={})
    with pytest.raises(NotPermitted):
        end(run, user=stranger)
    with pytest.raises(NotPermitted):
        restart_assessment(assessment_id=run.pk, user=stranger, seen_version=run.version)
    run.refresh_from_db()
    assert (run.stage, run.questions) == (ONE, QUESTIONS)


def test_stage_one_does_not_end_while_a_question_is_open():
    run = make_run(questions=QUESTIONS | {"q8": "", "cost_last": "abc"})
    with pytest.raises(Invalid, match="第一阶段还有 2 处没有完成") as refused:
        end(run)
    assert [fault.name for fault in refused.value.problems] == ["q8", "cost_last"]
    run.refresh_from_db()
    assert (run.stage, run.score) == (ONE, None)


def test_stage_one_ends_once_with_its_score_and_never_opens_again():
    run = end(make_run(questions=QUESTIONS))
    assert (run.stage, run.score, run.level) == (TWO, Decimal("56.175"), None)
    ended_at = run.stage_one_ended_at
    assert end(run, seen_version=1).stage_one_ended_at == ended_at
    with pytest.raises(WrongState, match="第一阶段已经结束，不能返回修改"):
        save_answers(
            assessment_id=run.pk, user=owner(run), stage=ONE, seen_version=run.version, values={"q5": "all"}
        )
    run.refresh_from_db()
    assert (run.questions, run.version) == (QUESTIONS, 3)


def test_ending_with_an_old_page_is_told_and_leaves_the_stage_open():
    run = make_run(questions=QUESTIONS)
    with pytest.raises(StaleVersion):
        end(run, seen_version=run.version - 1)
    run.refresh_from_db()
    assert run.stage == ONE


def test_stage_two_can_not_be_answered_or_completed_before_stage_one_ends():
    run = make_run(questions=QUESTIONS)
    with pytest.raises(WrongState, match="第一阶段还没有结束"):
        save_answers(
            assessment_id=run.pk, user=owner(run), stage=TWO, seen_version=run.version, values={"quality": "4"}
        )
    with pytest.raises(WrongState, match="第一阶段还没有结束"):
        complete(run)


def test_completing_needs_every_scene_and_the_promise():
    run = make_run(scenes=SCENES | {"quality": ""}, stage=TWO)
    with pytest.raises(Invalid, match="第二阶段还有 1 个场景没有选择"):
        complete(run)
    run = answer(run, {"quality": "0"})
    with pytest.raises(Invalid, match="还没有勾选真实性承诺") as refused:
        complete(run, promised=False)
    assert [fault.name for fault in refused.value.problems] == ["promise"]
    run.refresh_from_db()
    assert (run.stage, run.level) == (TWO, None)


def test_completing_computes_the_level_and_tells_the_enterprise_once():
    # 56.175 points would do for 二级; six scenes at 二级, three of them 约束性.
    scenes = levels(product_design=2, marketing=2, production=3, process_design=2, service=2, planning=4)
    run = complete(make_run(scenes=scenes, stage=TWO))
    assert (run.stage, run.level, run.score) == (COMPLETE, 2, Decimal("56.175"))
    assert complete(run, seen_version=1).completed_at == run.completed_at
    notice = Notice.objects.get(recipient=owner(run))
    assert notice.title == "数字化水平评测已完成"
    assert "等级为二级（规范级），第一阶段得分 56.175 分" in notice.body
    assert notice.link == f"/enterprise/digital-assessment/{run.pk}/result/"


def test_a_complete_run_stays_as_it_is():
    run = make_run(stage=COMPLETE)
    for stage in (ONE, TWO):
        with pytest.raises(WrongState):
            save_answers(
                assessment_id=run.pk, user=owner(run), stage=stage, seen_version=run.version, values={"quality": "4"}
            )
    with pytest.raises(WrongState, match="已经完成，结果不能修改"):
        restart_assessment(assessment_id=run.pk, user=owner(run), seen_version=run.version)


def test_giving_up_loses_the_whole_run_and_a_second_click_finds_the_new_one():
    run = make_run(stage=TWO)
    fresh = restart_assessment(assessment_id=run.pk, user=owner(run), seen_version=run.version)
    assert restart_assessment(assessment_id=run.pk, user=owner(run), seen_version=run.version).pk == fresh.pk
    run.refresh_from_db()
    assert (run.stage, fresh.stage, fresh.questions) == (ABANDONED, ONE, {})
    for action in (end, complete):
        with pytest.raises(WrongState, match="已作废"):
            action(run)
    with pytest.raises(WrongState, match="已作废"):
        answer_as(run, TWO)


def answer_as(run, stage):
    return save_answers(
        assessment_id=run.pk, user=owner(run), stage=stage, seen_version=run.version, values={"quality": "1"}
    )


def test_giving_up_with_an_old_page_is_told():
    run = make_run(questions=QUESTIONS)
    with pytest.raises(StaleVersion):
        restart_assessment(assessment_id=run.pk, user=owner(run), seen_version=1)
    assert DigitalAssessment.objects.get().stage == ONE


def test_applications_take_the_newest_complete_run_until_another_is_complete():
    first = make_run(stage=COMPLETE)
    enterprise = first.enterprise
    second = make_run(enterprise, stage=TWO, scenes=SCENES)
    assert second.pk != first.pk
    assert newest_digital_assessment(enterprise) == first
    complete(second)
    assert newest_digital_assessment(enterprise) == second


def test_a_run_completed_while_an_application_is_open_is_in_the_form_at_its_next_save():
    filing = filled_specialized.make_draft()
    before = filing.answers["digital"]
    make_run(filing.enterprise, stage=COMPLETE)
    filing.refresh_from_db()
    assert filing.answers["digital"] == before
    type_in(filing, {"specialization": {"main_product": "矿山控制系统"}})
    day = timezone.localdate().isoformat()
    assert filing.answers["digital"] == {"digital_level": "1", "digital_score": "56.175", "digital_date": day}
    assert before["digital_level"] == "3"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("work", ["start", "end"])
def test_two_clicks_at_the_same_moment_do_it_once(work):
    enterprise = make_enterprise()
    run = make_run(enterprise, questions=QUESTIONS) if work == "end" else None
    gate, found, faults = threading.Barrier(2), [], []

    def click():
        gate.wait()
        try:
            done = start_assessment(user=enterprise.account) if work == "start" else end(run)
            found.append((done.pk, done.stage))
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(set(found)) == 1
    assert DigitalAssessment.objects.count() == 1
