from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from accounts.services import link_for_first_admin


def invitation_to_begin():
    """What is printed at the start of an installation that has no admin yet; empty afterwards."""
    link = link_for_first_admin()
    if link is None:
        return ""
    return f"\nThis installation has no admin yet. Whoever opens this link within a day becomes the first one:\n\n    {link}\n"


def begin_at_start():
    """The same for a server's start, which is no less a start where there is no database yet."""
    try:
        return invitation_to_begin()
    except DatabaseError:
        return ""


class Command(BaseCommand):
    help = "Print a one-time link with which the first admin of this installation makes an account, as each start does."

    def add_arguments(self, parser):
        parser.add_argument(
            "--at-start", action="store_true", help="say nothing where there is an admin, or no database yet"
        )

    def handle(self, *args, at_start, **options):
        if not at_start:
            link = link_for_first_admin()
            if link is None:
                raise CommandError("There is an admin already; admins invite others on the page People.")
            self.stdout.write(link)
            return
        self.stdout.write(begin_at_start())
