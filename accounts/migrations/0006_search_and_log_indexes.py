"""PostgreSQL only: pairs of characters of enterprise names, and the days of the logs (design.md §11)."""
from django.db import migrations

from portal.tools.bigrams import drop_function, indexes, make_function


class Migration(migrations.Migration):
    """A GIN index serves a search for two characters, BRIN a range of days in a table that only grows."""

    dependencies = [("accounts", "0005_review_desk")]

    operations = [
        migrations.RunPython(make_function, drop_function),
        migrations.RunPython(
            *indexes(
                enterprise_name_pairs="accounts_enterprise USING gin (portal_bigrams(name::text))",
                access_log_by_day="accounts_accesslog USING brin (at)",
                sign_in_log_by_day="accounts_signinlog USING brin (at)",
            )
        ),
    ]
