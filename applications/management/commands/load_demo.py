"""Load the demo: accounts and filings at every stage in 南京, 大连 and 重庆. Refused in production."""
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from applications.demo.cast import accounts_line
from portal.env import MODE
from portal.tools.errors import Invalid


class Command(BaseCommand):
    """See the module docstring."""

    help = "Load the demo (idempotent); --print-accounts only prints the line with the accounts."

    def add_arguments(self, parser):
        """Declare --print-accounts."""
        parser.add_argument("--print-accounts", action="store_true")

    def handle(self, *args, **options):
        """Load, or print."""
        if MODE == "production":
            raise CommandError("The demo is refused in production: its passwords are public.")
        if options["print_accounts"]:
            self.stdout.write(accounts_line())
            return
        from applications.demo.loading import load

        made = []
        try:
            with transaction.atomic():
                load(made.append)
        except Invalid as refused:
            broken = "；".join(f"{problem.label}：{problem.message}" for problem in refused.problems)
            raise CommandError(f"The demo no longer fits the form: {broken}") from refused
        self.stdout.write(f"demo: {len(made)} things made" if made else "demo: all there")
