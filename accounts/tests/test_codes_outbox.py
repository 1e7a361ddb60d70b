"""SMS to numbers beside the bound one, and to numbers that have no account."""
import datetime

import pytest
from django.utils import timezone

from accounts.models import Notice
from accounts.services.notices import notify, send_text
from accounts.tasks import send_notice
from accounts.tests.factories import make_legal_person, make_operator

pytestmark = pytest.mark.django_db
NEWS = {"title": "手机号修改申请已通过", "body": "绑定手机号已修改。"}


@pytest.fixture(autouse=True)
def sms_file(settings, tmp_path):
    """The file that the SMS of a test go to."""
    settings.SMS_PROVIDER = "accounts.sms.FileProvider"
    settings.SMS_FILE = tmp_path / "sms.log"
    return settings.SMS_FILE


def test_the_new_number_gets_the_sms_instead_of_the_bound_one():
    account = make_legal_person(mobile="13800000001")
    notify(recipient=account, key="k", sms=True, mobile="13800000002", **NEWS)
    assert [(row.channel, row.mobile, row.recipient) for row in Notice.objects.order_by("id")] == [
        ("message", "", account), ("sms", "13800000002", account),
    ]  # fmt: skip


def test_an_account_without_a_bound_number_gets_the_sms_at_the_given_one():
    notify(recipient=make_legal_person(mobile=""), key="k", sms=True, mobile="13800000002", **NEWS)
    assert Notice.objects.get(channel="sms").mobile == "13800000002"


def test_a_number_without_an_account_gets_its_text_once_and_no_message_is_written(sms_file):
    first = send_text(mobile="13800000002", key="k", **NEWS)
    assert send_text(mobile="13800000003", key="k", **NEWS).pk == first.pk
    assert (first.recipient, first.channel, Notice.objects.count()) == (None, "sms", 1)
    send_notice(first.pk)
    first.refresh_from_db()
    assert first.state == "sent"
    assert NEWS["body"] in sms_file.read_text()


def test_the_outbox_shows_a_text_without_an_account_and_not_its_secret(client):
    expires_at = timezone.now() + datetime.timedelta(minutes=5)
    text = send_text(
        mobile="13800000002", key="k", title="短信验证码", body="验证码 {secret}", secret="918273", expires_at=expires_at
    )
    client.force_login(make_operator())
    for address in ("/admin/accounts/notice/", f"/admin/accounts/notice/{text.pk}/change/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "918273" not in page.content.decode()
        assert "13800000002" not in page.content.decode()
