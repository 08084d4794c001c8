from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import ledger
from accounts.models import Erasure
from accounts.services import erase_again


class UnreadableLedger(Exception):
    """It is no ledger, or not there."""


def replay(files):
    """Erase again whoever is in these ledgers or in the database's own: how many are in them, were erased, were cut off."""
    try:
        ledgers = [ledger.read(path) for path in files]
    except (OSError, ValueError) as error:
        raise UnreadableLedger(f"This ledger cannot be read: {error}") from None
    entries = known() + [entry for found, _cut in ledgers for entry in found]
    people = dict.fromkeys(public_id for public_id, _at in entries)
    again = sum(erase_again(public_id, now=timezone.now()) for public_id in people)
    return len(people), again, sum(number for _found, number in ledgers)


def known():
    """What the database itself knows, as in a ledger."""
    done = Erasure.objects.filter(status__in=[Erasure.Status.BEGUN, Erasure.Status.DONE]).order_by("pk")
    return [(row.person_public_id, row.erased_at or row.updated_at) for row in done]


class Command(BaseCommand):
    help = "After a backup was restored: erase again whoever was erased since, by the ledgers. Or write the database's own ledger."

    def add_arguments(self, parser):
        parser.add_argument("--file", action="append", default=[], help="a ledger; may be given several times")
        parser.add_argument("--export", metavar="FILE", help="write the database's ledger there and erase nobody")

    def handle(self, *args, file, export, **options):
        if export:
            entries = known()
            ledger.write(export, entries)
            self.stdout.write(f"{len(entries)} written")
            return
        try:
            people, again, cut = replay(file or [path for path in [settings.AFTERWORD_ERASURE_LEDGER] if path])
        except UnreadableLedger as error:
            raise CommandError(str(error)) from None
        if cut:
            self.stderr.write(f"{cut} lines were cut off and left out")
        self.stdout.write(f"{people} in the ledgers, {again} erased again")
