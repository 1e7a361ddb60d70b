"""Two at once, on a real database with real row locks."""
import threading

import pytest
from django.db import connection

from accounts.models import Notice
from accounts.tests.factories import make_enterprise, make_officer
from portal.tools.errors import Refused, StaleVersion
from reviews.enums import State
from reviews.models import Filing, ReviewEvent
from reviews.services import decisions, filings
from reviews.tests.factories import KIND, make_filing, open_window

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(*calls):
    """Run the calls in threads that start together; return each one's result or the exception it raised."""
    barrier = threading.Barrier(len(calls))
    results = [None] * len(calls)

    def run(index, call):
        barrier.wait()
        try:
            results[index] = call()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_two_officers_deciding_in_the_same_instant_make_one_decision():
    filing = make_filing(state=State.IN_REVIEW)
    seen = filing.version
    first, second = make_officer("320100"), make_officer("320100")
    results = _at_once(
        lambda: decisions.approve(filing_id=filing.pk, user=first, seen_version=seen),
        lambda: decisions.return_filing(filing_id=filing.pk, user=second, seen_version=seen, comment="请改正"),
    )
    assert sum(isinstance(result, Filing) for result in results) == 1
    assert sum(isinstance(result, StaleVersion) for result in results) == 1
    assert ReviewEvent.objects.filter(filing=filing, seen_version=seen).count() == 1


def test_a_double_click_on_submit_in_the_same_instant_submits_once():
    filing = make_filing()
    owner, seen = filing.enterprise.account, filing.version
    calls = [lambda: filings.submit(filing_id=filing.pk, user=owner, seen_version=seen)] * 2
    assert [result.state for result in _at_once(*calls)] == [State.IN_REVIEW, State.IN_REVIEW]
    filing.refresh_from_db()
    assert (filing.round, filing.steps.count(), Notice.objects.count()) == (1, 2, 1)


def test_opening_a_filing_from_two_tabs_in_the_same_instant_makes_one_draft():
    enterprise = make_enterprise()
    open_window()
    calls = [lambda: filings.open_filing(user=enterprise.account, kind_code=KIND)] * 2
    results = _at_once(*calls)
    assert not [result for result in results if isinstance(result, Exception)]
    assert Filing.objects.count() == 1


def test_saving_from_two_tabs_in_the_same_instant_keeps_one_and_tells_the_other():
    filing = make_filing()
    owner, seen = filing.enterprise.account, filing.version

    def save(text):
        return filings.write_answers(
            filing_id=filing.pk, user=owner, seen_version=seen,
            change=lambda row: row.answers["basic"].update(products=text),
        )

    results = _at_once(lambda: save("甲"), lambda: save("乙"))
    kept = [result for result in results if isinstance(result, Filing)]
    told = [result for result in results if isinstance(result, Refused)]
    assert (len(kept), len(told)) == (1, 1)
    filing.refresh_from_db()
    assert filing.answers["basic"]["products"] == kept[0].answers["basic"]["products"]
    assert filing.version == seen + 1
