from django.core.management.base import BaseCommand, CommandError

from accounts.records import Conflict
from followups import outbox


class Command(BaseCommand):
    help = "Let mail leave again after `manage.py pause` or `manage.py restore`. What is due goes at once."

    def handle(self, *args, **options):
        try:
            outbox.resume_mail(by=None)
        except Conflict as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write("Mail leaves again.")
