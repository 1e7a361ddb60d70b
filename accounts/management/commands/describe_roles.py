"""Write docs/roles.md from what the pages declare."""
from django.core.management.base import BaseCommand

from accounts.role_table import render_role_table
from portal.env import BASE_DIR


class Command(BaseCommand):
    """See the module docstring."""

    help = "Write docs/roles.md from what the pages declare."

    def handle(self, *args, **options):
        """Write the file."""
        path = BASE_DIR / "docs" / "roles.md"
        path.write_text(render_role_table())
        self.stdout.write("docs/roles.md written")
