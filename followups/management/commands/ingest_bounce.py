import sys

from django.core.management.base import BaseCommand

from followups import bounce_report
from followups.outbox import bounces

TEMPFAIL = 75  # of sysexits.h: the mail server brings the mail again later


class Command(BaseCommand):
    help = "Read one mail that came back from standard input, as mail servers pipe it, and act on it."

    def add_arguments(self, parser):
        parser.add_argument("--recipient", default="", help="the address of the envelope, if the mail server tells it")

    def handle(self, *args, recipient, **options):
        content = sys.stdin.buffer.read(bounce_report.MAX_BYTES)
        answer = bounces.ingest(content, recipient=recipient)
        self.stdout.write(answer)
        # Nothing is ever refused: the mail server would write back to whom a forger has named.
        if answer == bounces.TOO_EARLY:
            raise SystemExit(TEMPFAIL)
