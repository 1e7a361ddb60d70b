"""For every test: the settings must be those of script/test."""
import pytest
from django.test import Client

from portal.env import MODE


def pytest_configure():
    if MODE != "test":
        pytest.exit("Run the tests with script/test; it starts the database and Redis that they need.", returncode=4)


@pytest.fixture(autouse=True)
def second_factor_by_force(request, monkeypatch):
    """Let ``client.force_login`` sign officers and operators in with their second factor too, by a real binding.

    With the mark ``unverified`` it leaves them where the password alone leads.
    """
    plain = Client.force_login

    def with_second_factor(client, user, backend=None):
        plain(client, user, backend)
        if user.is_staff:
            from django_otp import DEVICE_ID_SESSION_KEY
            from django_otp.plugins.otp_totp.models import TOTPDevice

            session = client.session
            session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.get_or_create(user=user)[0].persistent_id
            session.save()

    if "unverified" not in request.keywords:
        monkeypatch.setattr(Client, "force_login", with_second_factor)
