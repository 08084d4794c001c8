from django.core.management.base import BaseCommand, CommandError

from accounts.records import Conflict
from followups import outbox


class Command(BaseCommand):
    help = "Let no mail leave until `manage.py resume`, to whomever it goes. Mails are written and wait; pages work."

    def handle(self, *args, **options):
        try:
            outbox.pause_mail(by=None)
        except Conflict as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write("All mail is paused. `manage.py resume` lets it go again.")
