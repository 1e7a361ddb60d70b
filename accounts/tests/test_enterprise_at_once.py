"""Two windows saving in the same instant, on a real database with real row locks."""
import threading

import pytest
from django.db import connection

from accounts.forms.enterprise import EnterpriseForm
from accounts.models import Enterprise
from accounts.services.enterprises import save_enterprise
from accounts.tests.factories import make_authority_tree, make_enterprise, make_legal_person
from accounts.tests.test_enterprise_form import FILLED
from portal.tools.errors import StaleVersion

pytestmark = pytest.mark.django_db(transaction=True)


def save_at_once(user, seen_version):
    """Save from two threads that start together; return the results, or the exceptions raised."""
    form = EnterpriseForm(FILLED)
    assert form.is_valid()
    barrier = threading.Barrier(2)
    results = []

    def run():
        barrier.wait()
        try:
            results.append(save_enterprise(user=user, cleaned=form.cleaned_data, seen_version=seen_version))
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(type(result).__name__ for result in results)


def test_of_two_saves_from_the_same_version_one_is_told_of_the_other():
    enterprise = make_enterprise()
    assert save_at_once(enterprise.account, 1) == [Enterprise.__name__, StaleVersion.__name__]
    enterprise.refresh_from_db()
    assert enterprise.version == 2


def test_of_two_first_saves_one_creates_the_record_and_the_other_is_told():
    make_authority_tree()
    user = make_legal_person()
    assert save_at_once(user, 0) == [Enterprise.__name__, StaleVersion.__name__]
    assert Enterprise.objects.get(account=user).version == 1
