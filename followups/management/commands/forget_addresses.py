"""Forget the addresses of people without an account that are due; the pump does the same by itself."""

from django.core.management.base import BaseCommand

from followups.models import Referee
from followups.outbox.clock import database_now
from followups.services import addresses
from interviews.models import Interview


class Command(BaseCommand):
    help = "Announces and forgets addresses of interviewers and referees. Prints how many records were looked at."

    def add_arguments(self, parser):
        parser.add_argument(
            "--reckon-again",
            action="store_true",
            help="look at every record, because AFTERWORD_FORGET_ADDRESSES_DAYS was changed",
        )

    def handle(self, *args, reckon_again, **options):
        if reckon_again:
            for model in (Interview, Referee):
                model.objects.filter(addresses_forgotten_at=None, addresses_forget_at=None).update(
                    addresses_look_at=None
                )
        total = 0
        while looked := addresses.forget_due(database_now()):
            total += looked
        self.stdout.write(f"looked at {total}")
