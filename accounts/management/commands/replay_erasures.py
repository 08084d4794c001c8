from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import ledger
from accounts.models import Erasure
from accounts.services import erase_again


class Command(BaseCommand):
    help = "After a backup was restored: erase again whoever was erased since, by the ledgers. Or write the database's own ledger."

    def add_arguments(self, parser):
        parser.add_argument("--file", action="append", default=[], help="a ledger; may be given several times")
        parser.add_argument("--export", metavar="FILE", help="write the database's ledger there and erase nobody")

    def handle(self, *args, file, export, **options):
        done = Erasure.objects.filter(status__in=[Erasure.Status.BEGUN, Erasure.Status.DONE]).order_by("pk")
        known = [(row.person_public_id, row.erased_at or row.updated_at) for row in done]
        if export:
            ledger.write(export, known)
            self.stdout.write(f"{len(known)} written")
            return
        files = file or [path for path in [settings.AFTERWORD_ERASURE_LEDGER] if path]
        try:
            ledgers = [ledger.read(path) for path in files]
        except (OSError, ValueError) as error:
            raise CommandError(f"This ledger cannot be read: {error}") from None
        entries = known + [entry for found, _cut in ledgers for entry in found]
        if cut := sum(number for _found, number in ledgers):
            self.stderr.write(f"{cut} lines were cut off and left out")
        people = dict.fromkeys(public_id for public_id, _at in entries)
        again = sum(erase_again(public_id, now=timezone.now()) for public_id in people)
        self.stdout.write(f"{len(people)} in the ledgers, {again} erased again")
