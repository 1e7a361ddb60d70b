"""SQLite rebuilds a table whose columns change, and its triggers go with it: 0004 changed the columns of the events."""
from django.db import migrations

from portal.tools.append_only import forbid_changes

TABLE = "reviews_reviewevent"


def put_back(apps, schema_editor):
    """Make the triggers again where they are gone; PostgreSQL has kept them."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        gone = cursor.fetchone()[0] == 0
    if gone:
        forward, _ = forbid_changes(TABLE)
        forward(apps, schema_editor)


class Migration(migrations.Migration):
    """Any later change of a column of an append-only table needs such a step as well."""

    dependencies = [("reviews", "0005_search_and_log_indexes")]

    operations = [migrations.RunPython(put_back, migrations.RunPython.noop)]
