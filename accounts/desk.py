"""The review desk is Django's admin with a site of our own (accounts.desk_site)."""
from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Stands for django.contrib.admin in INSTALLED_APPS."""

    default_site = "accounts.desk_site.DeskSite"
