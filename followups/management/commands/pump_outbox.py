"""manage.py pump_outbox: hand over what is due, with or without Redis."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import Error as DatabaseError
from django.db import close_old_connections

from followups import outbox

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Send the mails that are due. With --loop it stays and looks again; SIGTERM lets it finish the mail in hand."

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help="stay and look again")
        parser.add_argument(
            "--every", type=float, default=10.0, metavar="SECONDS", help="how often, with --loop (default 10)"
        )

    def handle(self, *, loop, every, **options):
        stop = threading.Event()
        for how in (signal.SIGTERM, signal.SIGINT):
            signal.signal(how, lambda *_: stop.set())
        accepted = self.look(stop)
        while loop and not stop.is_set():
            # After a full pass there may be more; else wait for the next look or for the signal.
            if accepted == 0:
                stop.wait(every)
            if not stop.is_set():
                accepted = self.look(stop)
        if not loop:
            self.stdout.write(f"{accepted} accepted")

    def look(self, stop):
        """One pass. In a loop the database may go away and come back."""
        close_old_connections()
        try:
            return outbox.pump(stopping=stop.is_set)
        except DatabaseError as error:
            logger.error("pump_failed error=%s", type(error).__name__)
            return 0
