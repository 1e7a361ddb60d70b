"""Reset the second factor of an account from the server's shell."""
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.services.second_factor import reset_from_shell
from portal.tools.errors import Refused


class Command(BaseCommand):
    """For the operator whom nobody else can help; officers are reset by their managers in the admin."""

    help = "Remove the second factor (动态口令) of an officer or operator, end the sessions, log it, tell the owner."

    def add_arguments(self, parser):
        """Take the login name."""
        parser.add_argument("login_name")

    def handle(self, *, login_name, **options):
        """Reset. Raises CommandError for an unknown name or an account without a binding."""
        account = User.objects.filter(login_name=login_name).first()
        if account is None:
            raise CommandError(f"There is no account with the login name {login_name}.")
        try:
            reset_from_shell(account=account)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"The second factor of {login_name} is reset; it is bound anew at the next sign-in.")
