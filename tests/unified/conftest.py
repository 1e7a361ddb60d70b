"""A provider for the module, and the portal configured for it."""
import pytest

from accounts.unified import client as oidc
from tests.unified.provider import Provider, in_the_middle
from tests.unified.steps import USERS


@pytest.fixture(scope="module")
def provider():
    running = Provider(USERS).start()
    yield running
    running.stop()


@pytest.fixture
def issuer(provider, settings):
    """The provider, reached through somebody in the middle."""
    with in_the_middle(provider) as middle:
        settings.UNIFIED_LOGIN_ISSUER = middle.address
        settings.UNIFIED_LOGIN_CLIENT_ID = "portal"
        settings.UNIFIED_LOGIN_CLIENT_SECRET = "secret"
        settings.SITE_URL = "http://testserver"
        oidc.forget_provider()
        yield middle
        oidc.forget_provider()
