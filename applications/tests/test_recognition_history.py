"""变更记录 of a title in the admin."""
import pytest

from accounts.tests.factories import make_enterprise, make_officer
from applications.models import Recognition
from applications.tests.filled import make_submitted
from reviews.enums import State
from reviews.tests.factories import announce, decide, publicise

pytestmark = pytest.mark.django_db


def test_the_changes_of_a_title_are_told_in_words(client):
    filing = make_submitted(make_enterprise(name="甲有限公司"))
    while filing.state == State.IN_REVIEW:
        decide(filing)
    publicise(filing)
    announce(filing)
    recognition = Recognition.objects.get()
    client.force_login(make_officer("320100", "viewer"))
    page = client.get(f"/admin/applications/recognition/{recognition.pk}/history/")
    assert page.status_code == 200
    changes = {label: new for label, _, new in page.context["entries"][-1].changes}
    assert changes["企业"] == "甲有限公司"
    assert recognition.number in changes.values()
    client.force_login(make_officer("320500", "manager"))
    assert client.get(f"/admin/applications/recognition/{recognition.pk}/history/").status_code == 404
