"""The project: settings, URLs, the Celery application and the public site."""
from portal.celery import app as celery_app

__all__ = ["celery_app"]
