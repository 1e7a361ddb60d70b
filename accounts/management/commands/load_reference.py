"""Load or refresh the reference data of ``accounts/data``."""
import time

from django.core.management.base import BaseCommand

from accounts.reference import load_all


class Command(BaseCommand):
    """``manage.py load_reference``: may be run again at any time; takes a few seconds."""

    help = "Load authorities, regions, industries, products and SME size standards from accounts/data."

    def handle(self, *args, **options):
        """Load everything in one transaction and print one line per kind of row."""
        started = time.monotonic()
        for label, number in load_all().items():
            self.stdout.write(f"{label}: {number}")
        self.stdout.write(f"用时 {time.monotonic() - started:.1f} 秒")
