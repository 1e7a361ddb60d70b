"""Check the history of every filing: event chain and snapshot hashes."""
from django.core.management.base import BaseCommand, CommandError

from reviews.services.verification import verify_all


class Command(BaseCommand):
    """Exits non-zero and names each filing whose history does not fit."""

    help = "Verify the hash chain of review events and the hashes of snapshots."

    def handle(self, *args, **options):
        """Walk all submitted filings; the page 存证校验 shows the result."""
        result = verify_all(report=lambda number, fault: self.stderr.write(f"{number}: {fault}"))
        if result.broken:
            raise CommandError(f"{result.broken} faults in {result.checked} filings")
        self.stdout.write(f"{result.checked} filings checked, all intact")
