"""App configuration of the public site."""
from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Public pages; no models."""

    name = "portal.site"
    label = "site"
    verbose_name = "门户"
