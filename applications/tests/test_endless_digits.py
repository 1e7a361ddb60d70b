"""A number of thousands of digits in a form of the enterprise: Python will not read it, the page does not fall over."""
import pytest

from accounts.tests.factories import make_enterprise
from applications.tests.filled import make_draft

pytestmark = pytest.mark.django_db

ENDLESS = "9" * 5000


@pytest.fixture
def enterprise(client):
    enterprise = make_enterprise()
    client.force_login(enterprise.account)
    return enterprise


def test_the_form_is_saved_and_no_file_is_removed(client, enterprise):
    filing = make_draft(enterprise)
    files = filing.attachments.filter(removed_at__isnull=True).count()
    values = {"version": str(filing.version), "remove": ENDLESS}
    assert client.post(f"/enterprise/filings/{filing.pk}/fill/", values).status_code == 302
    assert filing.attachments.filter(removed_at__isnull=True).count() == files


def test_a_file_that_nobody_has_is_not_found(client, enterprise):
    filing = make_draft(enterprise)
    answer = client.post(f"/enterprise/filings/{filing.pk}/detach/", {"attachment": ENDLESS})
    assert answer.status_code == 404


def test_a_version_that_never_was_is_told_as_a_stale_page(client, enterprise):
    answer = client.post("/enterprise/edit/", {"seen_version": ENDLESS, "contact_name": "张三"})
    assert answer.status_code in {409, 422}
    assert "张三" in answer.content.decode()
