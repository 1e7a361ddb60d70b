"""Two people deciding or asking in the same instant, on a real database with real row locks."""
import threading

import pytest
from django.db import connection
from django.test import RequestFactory

from accounts.enums import RequestState
from accounts.models import MobileChangeRequest, Notice
from accounts.services.mobile_change import decide_mobile_change, submit_mobile_change
from accounts.tests.factories import make_authority_tree, make_legal_person, make_officer
from accounts.tests.request_facts import NEW, facts, make_mobile_request, paper
from portal.tools.errors import Refused, WrongState

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works):
    """Run functions in threads that start together; return the names of the types of what they returned or raised."""
    barrier, results = threading.Barrier(len(works)), []

    def run(work):
        barrier.wait()
        try:
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(type(result).__name__ for result in results)


def test_of_two_officers_one_decides_and_the_other_is_told():
    make_authority_tree()
    account = make_legal_person()
    row = make_mobile_request(account)
    officers = [make_officer("320100"), make_officer("320100")]

    def deciding(officer, approve):
        return lambda: decide_mobile_change(
            officer=officer, request_id=row.pk, approve=approve, comment="" if approve else "材料不符。"
        )

    outcome = at_once(deciding(officers[0], True), deciding(officers[1], False))
    assert outcome == [MobileChangeRequest.__name__, WrongState.__name__]
    row.refresh_from_db()
    account.refresh_from_db()
    assert (account.mobile == NEW) == (row.state == RequestState.APPROVED)
    answers = [notice for notice in Notice.objects.filter(channel="sms") if notice.mobile == NEW]
    assert len(answers) == 1


def test_of_two_requests_for_one_code_one_is_stored_and_its_file_only(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_authority_tree()
    account = make_legal_person()

    def asking():
        return submit_mobile_change(
            facts=facts(account.uscc), new_mobile=NEW, uploads=[paper()], request=RequestFactory().post("/")
        )

    assert at_once(asking, asking) == [MobileChangeRequest.__name__, Refused.__name__]
    assert MobileChangeRequest.objects.count() == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
