"""App configuration of accounts."""
from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See the package docstring."""

    name = "accounts"
    verbose_name = "账户与主管部门"

    def ready(self):
        """Refuse the licence simulator in production; register checks, second factor, name search, word at 退出."""
        from django.contrib.auth.signals import user_logged_out
        from django.db.models import CharField

        from accounts import checks
        from accounts.second_factor import next_step
        from accounts.unified import sign_out
        from portal.tools.access import register_next_step
        from portal.tools.bigrams import ContainsPiece

        CharField.register_lookup(ContainsPiece)
        register_next_step(next_step)
        user_logged_out.connect(sign_out.tell, dispatch_uid="accounts.unified.sign_out")
        checks.refuse_simulator()
