from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.fields import validate_one_address
from accounts.services import link_for_first_admin


class Command(BaseCommand):
    help = "Print a one-time link with which the first admin of this installation makes an account."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email, **options):
        try:
            validate_one_address(email)
        except ValidationError as error:
            raise CommandError(error.messages[0]) from None
        link = link_for_first_admin(email)
        if link is None:
            raise CommandError("There is an admin already; admins invite others on the page People.")
        self.stdout.write(link)
