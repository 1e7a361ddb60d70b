"""Django settings, one module per concern. PORTAL_MODE chooses embedded, production or test."""
from portal.settings.base import *  # noqa: F401,F403 - settings modules are star-imported by design
from portal.settings.celery import *  # noqa: F401,F403
from portal.settings.database import *  # noqa: F401,F403
from portal.settings.files import *  # noqa: F401,F403
from portal.settings.logs import *  # noqa: F401,F403
from portal.settings.notices import *  # noqa: F401,F403
from portal.settings.security import *  # noqa: F401,F403
