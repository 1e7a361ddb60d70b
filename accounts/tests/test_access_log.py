"""The access log tells who did what from where."""
import pytest

from accounts.services.access_log import address_of, log_access
from accounts.tests.factories import make_officer

pytestmark = pytest.mark.django_db


def test_a_row_tells_who_did_what_from_where(rf):
    officer = make_officer()
    row = log_access(actor=officer, action="下载申请书", subject="编号" * 200, request=rf.get("/", REMOTE_ADDR="192.0.2.7"))
    row.refresh_from_db()
    assert (row.actor, row.action, row.address) == (officer, "下载申请书", "192.0.2.7")
    assert len(row.subject) == 200
    assert log_access(actor=officer, action="导出", subject="名单").address is None


@pytest.mark.parametrize(
    ("proxy", "remote", "forwarded", "address"),
    [
        (None, "192.0.2.7", "203.0.113.9", "192.0.2.7"),  # nobody in front: the header is the visitor's own claim
        (("HTTP_X_FORWARDED_PROTO", "https"), "127.0.0.1", "203.0.113.9, 192.0.2.7", "192.0.2.7"),
        (("HTTP_X_FORWARDED_PROTO", "https"), "2001:db8::1", None, "2001:db8::1"),
        (None, "", None, None),  # a unix socket
        (None, "not an address", None, None),
    ],
)
def test_the_address_is_the_one_that_the_trusted_proxy_saw(rf, settings, proxy, remote, forwarded, address):
    settings.SECURE_PROXY_SSL_HEADER = proxy
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert address_of(rf.get("/", REMOTE_ADDR=remote, **headers)) == address
