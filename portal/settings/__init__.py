"""Django settings, one module per concern. PORTAL_MODE chooses embedded, production or test."""
from portal.settings.base import *
from portal.settings.celery import *
from portal.settings.database import *
from portal.settings.files import *
from portal.settings.logs import *
from portal.settings.notices import *
from portal.settings.security import *
from portal.settings.sign_in import *
