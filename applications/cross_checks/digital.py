"""Figures against those of the newest 数字化水平评测, and its age (domain.md §4.1-4.2)."""
import datetime

from django.utils import timezone

from applications.cross_checks.reading import decimal
from applications.cross_checks.words import difference, percent, quoted
from reviews.cross_checks import NOTICE, OURS, WARN, CrossCheck, Odd

#: The assessment asks for rounded figures; differences in % of its figure, 需要核实 beyond GREAT.
TOLERATED, GREAT = 5, 20
#: Row of the form → question 14 of the assessment: the year before the one it was made in, and the year before that.
QUESTIONS = {"employees": ("employees_last", "employees_before"), "revenue": ("revenue_last", "revenue_before")}
#: Days after which the result is called old: no official text has a limit.
VALID_DAYS = 365


def figures_of_the_assessment(case):
    """Yield an Odd for 全职员工数量 and 营业收入 that differ from those of the assessment, for the same years."""
    run = case.assessment
    if run is None:
        return
    made = timezone.localdate(run.stage_one_ended_at)
    for key, questions in QUESTIONS.items():
        row = case.reading.rows.get(key)
        told, great = [], False
        for year, question in zip((made.year - 1, made.year - 2), questions, strict=True):
            now, then = row.figures.get(year) if row else None, decimal(run.questions.get(question, ""))
            if now is None or then is None:
                continue
            by = difference(now, then)
            if now == then or (by is not None and by <= TOLERATED):
                continue
            great = great or by is None or by > GREAT
            share = "" if by is None else f"，相差 {percent(abs(now - then), then)}"
            told.append(f"{year}年本表为{quoted(now, row.unit)}，评测为{quoted(then, row.unit)}{share}")
        if told:
            yield Odd(
                f"{row.label}与 {made.isoformat()} 数字化水平评测中填写的不一致：{'；'.join(told)}。"
                "请对照审计报告和社保证明核实；评测数据有误的，请企业重新评测后再提交。",
                row.section, key, WARN if great else NOTICE,
            )  # fmt: skip


def old_assessment(case):
    """Yield an Odd for a result that is older than a year; exactly VALID_DAYS is not."""
    day = case.reading.day("digital", "digital_date")
    if day is None or day + datetime.timedelta(days=VALID_DAYS) >= case.today:
        return
    age = (case.today - day).days
    yield Odd(
        f"数字化水平评测完成于“{day.isoformat()}”，到提交日“{case.today.isoformat()}”已有 {age} 天，超过 {VALID_DAYS} 天。"
        "官方没有规定有效期；请核实企业数字化现状，必要时请企业重新评测。",
        "digital", "digital_date",
    )  # fmt: skip


CHECKS = (
    CrossCheck(
        "digital.figures",
        "与数字化水平评测中的数据不一致",
        "本表的全职员工数量、营业收入，与企业最新一次有效评测第 14 题填写的同一年度员工人数、营业收入比对；"
        f"相差不超过 {TOLERATED}% 的不提示，超过 {GREAT}% 的列为需要核实。只用于要求评测的申报。",
        OURS,
        figures_of_the_assessment,
    ),
    CrossCheck(
        "digital.old",
        "数字化水平评测时间较久",
        f"评测完成日期早于提交日 {VALID_DAYS} 天以上的提示，满 {VALID_DAYS} 天当日不提示。",
        OURS,
        old_assessment,
    ),
)
