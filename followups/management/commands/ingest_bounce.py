import sys

from django.core.management.base import BaseCommand

from followups import bounce_report
from followups.outbox import bounces

# Exit codes of sysexits.h, which mail servers understand: 75 brings the mail again later.
EXIT = {bounces.TOO_EARLY: 75, bounces.FORGED: 65, bounces.NOT_OURS: 65, bounces.NO_REPORT: 65}


class Command(BaseCommand):
    help = "Read one mail that came back from standard input, as mail servers pipe it, and act on it."

    def add_arguments(self, parser):
        parser.add_argument("--recipient", default="", help="the address of the envelope, if the mail server tells it")

    def handle(self, *args, recipient, **options):
        content = sys.stdin.buffer.read(bounce_report.MAX_BYTES)
        answer = bounces.ingest(content, recipient=recipient)
        self.stdout.write(answer)
        if code := EXIT.get(answer, 0):
            raise SystemExit(code)
