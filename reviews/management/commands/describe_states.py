"""Write docs/states.md from the transition table."""
from django.core.management.base import BaseCommand

from portal.env import BASE_DIR
from reviews.state_table import render_state_table


class Command(BaseCommand):
    """See the module docstring."""

    help = "Write docs/states.md from the transition table."

    def handle(self, *args, **options):
        """Write the file."""
        path = BASE_DIR / "docs" / "states.md"
        path.write_text(render_state_table())
        self.stdout.write("docs/states.md written")
