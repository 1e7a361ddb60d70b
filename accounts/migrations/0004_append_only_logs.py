"""The sign-in log and the record of real-name verifications are written once."""
from django.db import migrations

from portal.tools.append_only import forbid_changes


class Migration(migrations.Migration):
    """Triggers on both databases."""

    dependencies = [("accounts", "0003_accounts_security")]

    operations = [migrations.RunPython(*forbid_changes("accounts_signinlog", "accounts_realnamerecord"))]
