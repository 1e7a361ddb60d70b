"""数字化水平评测: start, save answers, end stage one for good, complete, start anew as a whole (manual §2, domain.md §4.1).

Every function may be called twice (a double click, two tabs): the second call finds the work done. A row is locked
before it is looked at, and every write names the version that its page showed.
"""
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Enterprise
from accounts.services.notices import notify
from applications.digital_assessment import CURRENT, EDITIONS, QuestionSheet, SceneSheet, level_of, plain
from applications.digital_assessment.sheets import Fault
from applications.enums import AssessmentStage
from applications.models import DigitalAssessment
from applications.queries_digital import assessment_under_way
from portal.tools.errors import Invalid, NotPermitted, Refused, StaleVersion, WrongState

#: Characters of one typed answer that are kept; the longest code of an option has 12.
VALUE_LIMIT = 200
BASIC_INFO_MISSING = (
    "评测结果记在企业名下，请先填写企业基本信息。点击【确定】将跳转至【企业信息管理】-【企业主页】，"
    "完善企业基本信息并【保存】后，会自动回到这里。"
)
STALE = "这次评测刚刚在另一个窗口保存过。您在本页的作答没有丢失，请比对后再保存。"
STAGE_ONE_OVER = "第一阶段已经结束，不能返回修改，您在本页的改动没有保存。如需修改，只能整体重新评测。"
GIVEN_UP = "这次评测已作废，不能继续作答。请回到【数字化水平评测】，继续或开始新的评测。"
COMPLETE = "这次评测已经完成，结果不能修改。如情况有变化，请重新评测。"
PROMISE_MISSING = "还没有勾选真实性承诺。请确认全部作答真实、准确后勾选承诺，再点击【完成评测】。"


def edition_of(assessment):
    """Return the Edition that a run was started with."""
    return EDITIONS[assessment.edition]


@transaction.atomic
def start_assessment(*, user):
    """Return the run under way of the user's enterprise, or a new one.

    Raises NotPermitted for other accounts, Refused with a link while there is no 企业基本信息 to own the result.
    """
    if not user.is_legal_person:
        raise NotPermitted("只有企业的法人账户可以进行数字化水平评测。请用法人账户登录。")
    # The row of the enterprise is the queue in which two clicks stand.
    enterprise = Enterprise.objects.select_for_update().filter(account=user).first()
    if enterprise is None:
        link = f"{reverse('accounts:enterprise_edit')}?next={reverse('applications:digital')}"
        raise Refused(BASIC_INFO_MISSING, code="basic_info_missing", link=link, link_label="确定")
    return _under_way_or_new(enterprise)


@transaction.atomic
def save_answers(*, assessment_id, user, stage, seen_version, values):
    """Keep ``values`` ({name: typed text}) of a stage as they are; return the run.

    Blank, partial and wrong answers are kept; names that the stage does not have are ignored. Raises StaleVersion with
    ``current``, WrongState when the stage is over, Invalid for an endless value, NotPermitted for another enterprise.
    """
    assessment = _lock(assessment_id, user)
    if assessment.stage != stage:
        raise WrongState(_why_closed(assessment, stage))
    _check_version(assessment, seen_version)
    column, sheet = ("questions", QuestionSheet) if stage == AssessmentStage.ONE else ("scenes", SceneSheet)
    names = frozenset(sheet.names(edition_of(assessment)))
    known = {name: text for name, text in values.items() if name in names}
    for text in known.values():
        if len(text) > VALUE_LIMIT:
            raise Invalid(f"有一处填写了 {len(text)} 个字，超过 {VALUE_LIMIT} 个字的上限，没有保存。请只填写数字。")
    answers = getattr(assessment, column) | known
    setattr(assessment, column, {name: text for name, text in answers.items() if text})
    return _write(assessment, column)


@transaction.atomic
def end_stage_one(*, assessment_id, user, seen_version):
    """Close stage one for good and open stage two; return the run. A run that is further on is returned as it is.

    Raises Invalid with every Fault while a question is open, StaleVersion, WrongState for a run that was given up.
    """
    assessment = _lock(assessment_id, user)
    if assessment.stage in {AssessmentStage.TWO, AssessmentStage.COMPLETE}:
        return assessment
    if assessment.stage == AssessmentStage.ABANDONED:
        raise WrongState(GIVEN_UP)
    _check_version(assessment, seen_version)
    sheet = QuestionSheet(edition_of(assessment), assessment.questions)
    _refuse(sheet.faults(), "第一阶段还有 {} 处没有完成，补充后才能结束。")
    assessment.stage = AssessmentStage.TWO
    assessment.score = sheet.score
    assessment.stage_one_ended_at = timezone.now()
    return _write(assessment, "stage", "score", "stage_one_ended_at")


@transaction.atomic
def complete_assessment(*, assessment_id, user, seen_version, promised):
    """Complete stage two: the level is computed and the enterprise gets a message. A complete run is returned as it is.

    ``promised``: the 真实性承诺 was ticked. Raises Invalid with every Fault while a scene is open or without the
    promise, StaleVersion, WrongState.
    """
    assessment = _lock(assessment_id, user)
    if assessment.stage == AssessmentStage.COMPLETE:
        return assessment
    if assessment.stage != AssessmentStage.TWO:
        raise WrongState(_why_closed(assessment, AssessmentStage.TWO))
    _check_version(assessment, seen_version)
    edition = edition_of(assessment)
    sheet = SceneSheet(edition, assessment.scenes)
    _refuse(sheet.faults(), "第二阶段还有 {} 个场景没有选择，选择后才能完成。")
    if not promised:
        raise Invalid(PROMISE_MISSING, [Fault("promise", "真实性承诺", PROMISE_MISSING)])
    assessment.stage = AssessmentStage.COMPLETE
    assessment.level = level_of(edition, assessment.score, sheet)
    assessment.completed_at = timezone.now()
    _write(assessment, "stage", "level", "completed_at")
    notify(
        recipient=user,
        key=f"digital:{assessment.pk}:complete",
        title="数字化水平评测已完成",
        body=(
            f"贵企业的数字化水平等级为{edition.level_title(assessment.level)}，第一阶段得分 {plain(assessment.score)} 分。"
            "申报专精特新中小企业和专精特新“小巨人”企业时，会自动获取这次结果。"
        ),
        link=reverse("applications:digital_result", args=[assessment.pk]),
    )
    return assessment


@transaction.atomic
def restart_assessment(*, assessment_id, user, seen_version):
    """Give a run that is under way up as a whole and return the new one.

    A run that was given up already leads to the one that followed. Raises WrongState for a complete run, which stays
    and is followed by a new one (start_assessment), StaleVersion when answers were saved since the page was shown.
    """
    enterprise = Enterprise.objects.select_for_update().get(account=user)
    assessment = _lock(assessment_id, user)
    if assessment.stage == AssessmentStage.COMPLETE:
        raise WrongState(COMPLETE)
    if assessment.stage != AssessmentStage.ABANDONED:
        _check_version(assessment, seen_version)
        assessment.stage = AssessmentStage.ABANDONED
        _write(assessment, "stage")
    return _under_way_or_new(enterprise)


def _under_way_or_new(enterprise):
    return assessment_under_way(enterprise) or DigitalAssessment.objects.create(
        enterprise=enterprise, edition=CURRENT.code
    )


def _lock(assessment_id, user):
    assessment = DigitalAssessment.objects.select_for_update().get(pk=assessment_id)
    if not Enterprise.objects.filter(pk=assessment.enterprise_id, account=user).exists():
        raise NotPermitted("这次评测不属于您的企业，不能作答。")
    return assessment


def _check_version(assessment, seen_version):
    if assessment.version != seen_version:
        raise StaleVersion(STALE, current=assessment)


def _why_closed(assessment, stage):
    if assessment.stage == AssessmentStage.ABANDONED:
        return GIVEN_UP
    if stage == AssessmentStage.ONE:
        return STAGE_ONE_OVER
    return COMPLETE if assessment.stage == AssessmentStage.COMPLETE else "第一阶段还没有结束，请先完成第一阶段。"


def _refuse(faults, sentence):
    if faults:
        raise Invalid(sentence.format(len(faults)), faults)


def _write(assessment, *columns):
    assessment.version += 1
    assessment.save(update_fields=["version", *columns])
    return assessment
