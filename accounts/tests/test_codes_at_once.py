"""Parallel requests, on a real database with real locks."""
import threading

import pytest
from django.db import connection

from accounts.enums import CodePurpose
from accounts.models import User, VerificationCode
from accounts.services.codes import TooManyCodes, WrongCode, check_code, send_code
from accounts.services.registration import Taken, register_legal_person
from accounts.tests.sms import newest_code
from accounts.uscc import invented_uscc

pytestmark = pytest.mark.django_db(transaction=True)
MOBILE = "13800001111"


def at_once(*works):
    """Run the functions in threads that start together; return the types of what they returned or raised."""
    barrier = threading.Barrier(len(works))
    results = []

    def run(work):
        barrier.wait()
        try:
            results.append(type(work()).__name__)
        except Exception as error:
            results.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(results)


def test_of_parallel_requests_for_one_number_one_gets_a_code(rf):
    def ask():
        return send_code(purpose=CodePurpose.REGISTER, mobile=MOBILE, request=rf.post("/"))

    assert at_once(ask, ask, ask) == [TooManyCodes.__name__] * 2 + ["int"]
    assert VerificationCode.objects.count() == 1


def test_parallel_requests_do_not_exceed_the_limit_of_an_address(rf, settings):
    settings.CODE_LIMITS = {"address": 2}

    def asking(n):
        return lambda: send_code(purpose=CodePurpose.REGISTER, mobile=f"1380000000{n}", request=rf.post("/"))

    assert at_once(*[asking(n) for n in range(4)]) == [TooManyCodes.__name__] * 2 + ["int"] * 2


def test_one_code_is_accepted_once_even_by_two_requests_in_the_same_instant(rf):
    send_code(purpose=CodePurpose.REGISTER, mobile=MOBILE, request=rf.post("/"))
    code = newest_code(MOBILE)

    def use():
        return check_code(purpose=CodePurpose.REGISTER, mobile=MOBILE, code=code)

    assert at_once(use, use) == ["NoneType", WrongCode.__name__]


@pytest.mark.parametrize("shared", ["uscc", "login_name"])
def test_of_two_registrations_with_one_uscc_or_one_login_name_one_is_told(shared):
    def registering(n):
        columns = {"uscc": invented_uscc(9000 + n), "login_name": f"new-company-{n}"}
        # The same login name in another case is the same name to people.
        columns[shared] = invented_uscc(9000) if shared == "uscc" else ("New-Company", "new-company")[n]
        return lambda: register_legal_person(
            declared_name="测试机械有限公司", legal_representative="张三", document_type="passport",
            document_number="E12345678", password="Juniper-Radio-4417", mobile=MOBILE, **columns,
        )

    assert at_once(registering(0), registering(1)) == [Taken.__name__, User.__name__]
    assert User.objects.count() == 1
