"""Snapshots and review events are written once; the database refuses anything else."""
from django.db import migrations

from portal.tools.append_only import forbid_changes


class Migration(migrations.Migration):
    """Triggers on both databases."""

    dependencies = [("reviews", "0001_initial")]

    operations = [migrations.RunPython(*forbid_changes("reviews_snapshot", "reviews_reviewevent"))]
