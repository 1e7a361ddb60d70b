"""PostgreSQL only: pairs of characters of the names on filings, and the days of the review events (design.md §11)."""
from django.db import migrations

from portal.tools.bigrams import indexes


class Migration(migrations.Migration):
    """A GIN index serves a search for two characters, BRIN a range of days in a table that only grows."""

    dependencies = [("reviews", "0004_review_desk"), ("accounts", "0006_search_and_log_indexes")]

    operations = [
        migrations.RunPython(
            *indexes(
                filing_name_pairs="reviews_filing USING gin (portal_bigrams(enterprise_name::text))",
                review_event_by_day="reviews_reviewevent USING brin (at)",
            )
        ),
    ]
