"""The year's score: computed at every submission, never above that of the first (manual §5)."""
import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.tests.factories import make_enterprise, make_officer
from applications.models import Evaluation, EvaluationWeights, EvaluationYear, IndustryMean
from applications.queries_evaluation import (
    cap_of,
    development_facts,
    estimate_for,
    evaluation_of,
    history,
    score_of_year,
    shown_evaluation,
    weights_on,
)
from applications.services.evaluations import add_weights, record_evaluation, save_mean
from applications.tests.evaluation_world import (
    EIGHTY,
    FACTS,
    SEVENTY,
    SIXTY,
    EvaluatedTestKind,
    OtherEvaluatedTestKind,
    ministry_manager,
    points_of,
    round_weights,
    tomorrow,
)
from portal.tools.errors import Invalid, NotPermitted, Refused
from reviews import kinds
from reviews.enums import Action, State
from reviews.tests.factories import decide, make_filing, submit

pytestmark = pytest.mark.django_db
KIND, OTHER = EvaluatedTestKind.code, OtherEvaluatedTestKind.code


@pytest.fixture(autouse=True)
def evaluated_kinds(monkeypatch):
    made = {kind.code: kind for kind in (EvaluatedTestKind(), OtherEvaluatedTestKind())}
    monkeypatch.setattr(kinds, "_kinds", kinds._kinds | made)


def drafted(facts, *, enterprise=None, kind=KIND):
    filing = make_filing(enterprise, kind=kind)
    return fill_in(filing, facts)


def fill_in(filing, facts):
    filing.answers["evaluation"] = facts
    filing.save(update_fields=["answers"])
    return filing


def scores(filing):
    """Return (computed, cap, score) of each submission, the first one first."""
    rows = filing.evaluations.order_by("id").values_list("computed", "cap", "score")
    return [tuple(f"{value}" for value in row) for row in rows]


def returned_and_submitted_again(filing, facts):
    decide(filing, Action.RETURN, comment="请核实数据。")
    return submit(fill_in(filing, facts))


def test_the_first_submission_caps_the_year_and_a_correction_follows_the_new_figures_below_it():
    round_weights()
    filing = submit(drafted(SEVENTY))
    returned_and_submitted_again(filing, EIGHTY)
    returned_and_submitted_again(filing, SIXTY)
    returned_and_submitted_again(filing, SEVENTY)
    assert scores(filing) == [
        ("70.00", "70.00", "70.00"),
        ("80.00", "70.00", "70.00"),
        ("60.00", "70.00", "60.00"),
        ("70.00", "70.00", "70.00"),
    ]
    assert (cap_of(filing.enterprise, filing.period), score_of_year(filing.enterprise, filing.period)) == (70, 70)


def test_the_first_submission_of_any_kind_caps_the_year_for_the_others():
    round_weights()
    first = submit(drafted(SIXTY))
    second = submit(drafted(EIGHTY, enterprise=first.enterprise, kind=OTHER))
    assert scores(second) == [("80.00", "60.00", "60.00")]
    assert EvaluationYear.objects.get().first == first


def test_another_year_and_another_enterprise_have_caps_of_their_own():
    round_weights()
    first = submit(drafted(SIXTY))
    next_year = drafted(EIGHTY, enterprise=first.enterprise, kind=OTHER)
    next_year.period += 1
    next_year.save(update_fields=["period"])
    assert scores(submit(next_year)) == [("80.00", "80.00", "80.00")]
    assert scores(submit(drafted(SEVENTY))) == [("70.00", "70.00", "70.00")]


def test_recording_the_same_submission_again_changes_nothing():
    round_weights()
    filing = submit(drafted(SEVENTY))
    again = record_evaluation(filing=filing, facts=EIGHTY)
    assert again == filing.evaluations.get()
    assert f"{again.score}" == "70.00"


def test_an_evaluation_keeps_how_it_came_about():
    filing = submit(drafted({"segment_years": 10}))
    evaluation = filing.evaluations.get()
    row = next(row for row in evaluation.payload["indicators"] if row["code"] == "segment_years")
    assert (row["raw_shown"], row["points"], row["full"]) == ("10 年", "5.88", "5.88")
    assert evaluation.payload["weights_title"] == "平台默认权重（第1版）"
    assert (evaluation.snapshot, evaluation.payload["year"]) == (filing.snapshot, filing.period)


def test_a_submission_that_fails_leaves_no_cap():
    filing = drafted(SEVENTY)
    filing.answers["basic"]["products"] = ""
    filing.save(update_fields=["answers"])
    with pytest.raises(Invalid):
        submit(filing)
    assert not EvaluationYear.objects.exists()


def test_the_standards_get_the_score_that_a_submission_now_would_give_and_last_years():
    round_weights()
    filing = submit(drafted(SEVENTY))
    assert development_facts(filing, EIGHTY) == {"development_score": 70, "development_score_last": None}
    assert development_facts(filing, SIXTY)["development_score"] == 60
    following = drafted(EIGHTY, enterprise=filing.enterprise, kind=OTHER)
    following.period += 1
    assert development_facts(following, EIGHTY) == {"development_score": 80, "development_score_last": 70}


def test_the_edition_that_has_begun_counts_and_a_later_one_waits():
    today = round_weights()
    user = ministry_manager()
    later = EvaluationWeights(title="明天", valid_from=tomorrow(), points=points_of(green=100))
    with pytest.raises(Invalid, match="没有一项可计算"):
        add_weights(user=user, weights=later)
    later = round_weights(user=user, valid_from=tomorrow(), segment_years=50, rd_staff=10)
    assert weights_on(today.valid_from).code == today.code
    assert weights_on(later.valid_from).code == later.code == f"weights-{tomorrow():%Y%m%d}"
    assert estimate_for(SIXTY, industry_code="", year=2026).total == 60
    assert estimate_for(SIXTY, industry_code="", year=2026, day=tomorrow()).total == 50


def test_without_an_edition_the_shipped_weights_count():
    assert weights_on(tomorrow()).code == "platform-default-1"


def test_an_edition_is_added_by_a_manager_of_the_ministry_only_and_never_changed():
    for user in (make_officer("000000", "reviewer"), make_officer("320000", "manager")):
        with pytest.raises(NotPermitted):
            round_weights(user=user)
    weights = round_weights()
    with pytest.raises(Refused, match="不能修改"):
        add_weights(user=ministry_manager(), weights=weights)


def test_an_edition_does_not_begin_in_the_past():
    yesterday = tomorrow().replace(year=tomorrow().year - 1)
    with pytest.raises(Invalid, match="早于今天"):
        round_weights(valid_from=yesterday)


def test_a_stored_mean_is_used_for_the_years_after_it():
    mean = IndustryMean(year=2025, division="35", figure="gross_margin", value=Decimal(5), source="统计")
    save_mean(user=ministry_manager(), mean=mean)
    plain = estimate_for(FACTS, industry_code="2610", year=2026).total
    assert estimate_for(FACTS, industry_code="3511", year=2026).total - plain == Decimal("2.40")
    assert estimate_for(FACTS, industry_code="3511", year=2025).total == plain


def test_a_mean_that_nothing_can_be_compared_with_is_refused():
    mean = IndustryMean(year=2025, figure="revenue_per_head", value=Decimal(0), source="统计")
    with pytest.raises(Invalid, match="须大于 0"):
        save_mean(user=ministry_manager(), mean=mean)
    with pytest.raises(NotPermitted):
        save_mean(user=make_officer("320000", "manager"), mean=mean)


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.RETURNED])
def test_the_enterprise_does_not_see_a_score_before_the_review_has_ended(state):
    filing = submit(drafted(SEVENTY))
    if state == State.RETURNED:
        decide(filing, Action.RETURN, comment="请改正。")
    assert shown_evaluation(filing) is None
    assert evaluation_of(filing) == filing.evaluations.get()
    past = history(filing.enterprise)
    assert (past.years, past.waiting) == ([], 1)


@pytest.mark.parametrize("action", [Action.APPROVE, Action.REJECT])
def test_the_enterprise_sees_the_score_after_the_review_has_ended(action):
    filing = submit(drafted(SEVENTY))
    decide(filing, action, comment="意见")
    if action == Action.APPROVE:
        decide(filing)
    assert shown_evaluation(filing) == filing.evaluations.get()
    assert history(filing.enterprise).year(None).newest == filing.evaluations.get()


def test_the_history_takes_one_query_however_long_it_is(django_assert_num_queries):
    filing = submit(drafted(SEVENTY))
    returned_and_submitted_again(filing, SIXTY)
    decide(filing, Action.REJECT, comment="不符合。")
    enterprise = filing.enterprise
    with django_assert_num_queries(1):
        past = history(enterprise)
        rows = [(row.filing.number, row.snapshot.round, row.score) for row in past.year(None).evaluations]
    assert [(number, turn) for number, turn, _ in rows] == [(filing.number, 2), (filing.number, 1)]


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"score": 71}, "evaluation_within_cap"),
        ({"computed": 69, "cap": 80}, "evaluation_within_computed"),
        ({"score": -1}, "evaluation_not_negative"),
    ],
)
def test_the_database_refuses_a_score_above_the_cap_or_the_figures(values, constraint):
    round_weights()
    filing = submit(drafted(SEVENTY))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Evaluation.objects.filter(filing=filing).update(**({"computed": 80} | values))


def test_the_database_refuses_a_second_cap_of_a_year_and_a_second_evaluation_of_a_submission():
    filing = submit(drafted(SEVENTY))
    year = EvaluationYear.objects.get()
    with pytest.raises(IntegrityError, match="evaluation_year_once"), transaction.atomic():
        EvaluationYear.objects.create(enterprise=filing.enterprise, year=filing.period, cap=99, first=filing)
    with pytest.raises(IntegrityError, match="snapshot"), transaction.atomic():
        Evaluation.objects.create(
            filing=filing, snapshot=filing.snapshot, year=year, computed=1, cap=1, score=1, payload={}
        )


@pytest.mark.django_db(transaction=True)
def test_two_first_submissions_in_the_same_instant_make_one_cap():
    enterprise = make_enterprise()
    filings = [drafted(facts, enterprise=enterprise, kind=kind) for facts, kind in ((SIXTY, KIND), (EIGHTY, OTHER))]
    barrier, failures = threading.Barrier(2), []

    def run(filing):
        try:
            barrier.wait()
            submit(filing)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[filing]) for filing in filings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []
    year = EvaluationYear.objects.get()
    rows = Evaluation.objects.filter(year=year)
    assert rows.count() == 2
    assert {row.cap for row in rows} == {year.cap} == {year.first.evaluations.get().computed}
    assert all(row.score == min(row.computed, year.cap) for row in rows)
