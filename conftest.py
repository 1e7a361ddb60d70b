"""For every test: the settings must be those of script/test."""
import pytest

from portal.env import MODE


def pytest_configure():
    if MODE != "test":
        pytest.exit("Run the tests with script/test; it starts the database and Redis that they need.", returncode=4)
