"""For every test: the settings must be those of script/test."""
import os

import pytest
from django.db import connection
from django.test import Client

from portal.env import MODE

pytest_plugins = ["tests.workers"]


def pytest_configure():
    if MODE != "test":
        pytest.exit("Run the tests with script/test; it starts the database and Redis that they need.", returncode=4)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Copy the test database from a migrated one instead of running the migrations, where script/test names one."""
    template = os.environ.get("DATABASE_TEMPLATE")
    if template and connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = template


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


def pytest_make_parametrize_id(val, argname):
    """Name bytes after their argument: an archive carries the time it was made, and every process must agree on ids."""
    return argname if isinstance(val, bytes) else None
