"""A corrected verified name on its way: account, form of an application, record of the enterprise (manual Q5, Q9)."""
import pytest
from django.urls import reverse

from accounts.services.real_name import decide_real_name
from accounts.tests.factories import make_officer
from accounts.tests.request_facts import make_real_name_request
from applications.tests.filled import make_draft

pytestmark = pytest.mark.django_db
NAME = "示例更正名称有限公司"


def correct_the_name(account):
    row = make_real_name_request(account, enterprise_name=NAME)
    decide_real_name(officer=make_officer("320100"), request_id=row.pk, approve=True, comment="")


def test_the_form_of_an_application_takes_the_corrected_name_when_asked_to(client):
    filing = make_draft()
    account = filing.enterprise.account
    before = filing.enterprise.name
    correct_the_name(account)
    client.force_login(account)
    fill = reverse("applications:fill", args=[filing.pk])
    assert NAME not in client.get(fill).content.decode().split("<main")[1]
    page = client.post(fill, {"version": filing.version, "action": "sync"}, follow=True)
    filing.refresh_from_db()
    filing.enterprise.refresh_from_db()
    assert filing.enterprise.name == NAME != before
    assert filing.answers["basic"]["name"] == NAME
    assert NAME in page.content.decode().split("<main")[1]
