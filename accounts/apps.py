"""App configuration of accounts."""
from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See the package docstring."""

    name = "accounts"
    verbose_name = "账户与主管部门"
