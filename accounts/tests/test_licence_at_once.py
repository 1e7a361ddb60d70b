"""Two windows that go on in the same instant with one QR code, or with one identity of the unified login."""
import threading

import pytest
from django.db import connection

from accounts.models import LicenceScan, UnifiedIdentity, User
from accounts.services.licence import Licence, start_scan, take_licence
from accounts.services.unified import account_of
from accounts.tests.factories import make_legal_person
from accounts.tests.scans import confirm
from accounts.unified.client import Identity
from accounts.uscc import invented_uscc
from portal.tools.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act):
    """Run ``act`` in two threads that start together; return the results, or the exceptions raised."""
    barrier, results = threading.Barrier(2), []

    def run():
        barrier.wait()
        try:
            results.append(act())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_of_two_windows_with_one_code_one_gets_the_licence():
    scan, _ = start_scan(purpose="sign_in", nonce="nonce-of-the-browser")
    confirm(scan, make_legal_person())
    results = at_once(lambda: take_licence(scan=LicenceScan.objects.get(pk=scan.pk)))
    assert sorted(type(result).__name__ for result in results) == [Licence.__name__, Refused.__name__]
    assert next(result for result in results if isinstance(result, Refused)).code == "used"


@pytest.mark.parametrize("subjects", [("one", "one"), ("one", "two")])
def test_two_first_sign_ins_of_one_enterprise_make_one_account(subjects):
    claims = {"uscc": invented_uscc(710001), "name": "同时登录有限公司", "legal_representative": "张三"}
    left = list(subjects)
    results = at_once(lambda: account_of(identity=Identity("https://login.example", left.pop(), claims)))
    account = User.objects.get(uscc=claims["uscc"])
    assert UnifiedIdentity.objects.get().account == account
    signed_in = [result[0] for result in results if not isinstance(result, Exception)]
    refused = [result.code for result in results if isinstance(result, Refused)]
    assert signed_in == [account] * (2 if subjects[0] == subjects[1] else 1)
    assert refused == ([] if subjects[0] == subjects[1] else ["linked"])
