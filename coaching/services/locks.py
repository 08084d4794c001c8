"""One fixed order of locks for everything that gives or takes a place, so that nobody waits in a circle."""

from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from accounts.records import Conflict

LOCK_TIMEOUT = "3s"
PLACES = 0x504C  # the first key of our advisory locks, so that no other use of them meets ours
# unique, exclusion, deadlock, lock not available: somebody else was quicker, in PostgreSQL's four ways to say it
BROKEN_RULES = {"23505", "23P01"}
LOST_WAITS = {"40P01", "55P03"}


def lock_people(*people):
    """Wait for the places of these people (or of these keys) until the end of the transaction. Raises OperationalError after LOCK_TIMEOUT.

    Coach and candidate alike, always in the order of their keys, with no look at a row before: with the exclusion
    constraint alone, contenders for one slot ended in deadlocks. The constraints stay as the backstop.
    """
    keys = sorted({getattr(person, "pk", person) % 2**31 for person in people})
    # In one round trip: PostgreSQL reckons what is selected from left to right.
    locks = ", pg_advisory_xact_lock(%s, %s)" * len(keys)
    with connection.cursor() as cursor:
        values = [LOCK_TIMEOUT, *(value for key in keys for value in (PLACES, key))]
        cursor.execute(f"SELECT set_config('lock_timeout', %s, true){locks}", values)


@contextmanager
def places_of(*people, rule_broken=None, lost=None):
    """A transaction that holds these people's places. A lost race is an exception in words, never an error of the server.

    `rule_broken()` says what to raise when a constraint had the last word, `lost()` whenever somebody else was quicker;
    both run after the rollback. Without them: Conflict.
    """
    try:
        with transaction.atomic():
            lock_people(*people)
            yield
    except (IntegrityError, OperationalError) as error:
        state = getattr(error.__cause__, "sqlstate", None)
        if state not in BROKEN_RULES | LOST_WAITS:
            raise
        answer = rule_broken if rule_broken and state in BROKEN_RULES else lost
        raise (answer() if answer else Conflict(_("Somebody was quicker. Please look again."))) from None
