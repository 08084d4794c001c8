"""Move what is long over out of the outbox; the hourly task does the same by itself."""

from django.core.management.base import BaseCommand

from followups import outbox
from followups.outbox.clock import database_now


class Command(BaseCommand):
    help = "Moves mails that have been over for AFTERWORD_ARCHIVE_MAILS_DAYS into the archive. Prints how many."

    def handle(self, *args, **options):
        total = 0
        while moved := outbox.archive(database_now()):
            total += moved
        self.stdout.write(f"archived {total}")
