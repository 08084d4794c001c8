"""The web server without the advisory locks, for the control of test_booking_crowd.py: nobody waits for anybody."""

import os
import time

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from coaching.services import bookings, locks  # noqa: E402 -- the apps are ready from here on

look_first = bookings._bookable


def look_and_dawdle(*arguments, **options):
    """Between looking and writing there is always a moment; here it is long enough to be seen each time."""
    found = look_first(*arguments, **options)
    time.sleep(0.1)
    return found


locks.lock_people = lambda *people: None
bookings._bookable = look_and_dawdle
