"""What a process of production loads once something asks for it, and not before."""

import pytest

from tests.test_lint import PRODUCTION, run

LATE = {"celery", "cryptography.fernet", "django.test", "drf_spectacular.openapi", "fido2", "icalendar", "requests"}
START = f"""
import sys
import config.wsgi, config.urls
def there():
    return sorted({LATE} & set(sys.modules))
print(*there())
"""
# Each way in, and what it brings.
ASKED = [
    ("from followups.outbox.waking import celery_app; celery_app().send_task", "celery"),
    ("from accounts.keys import box; box(b'x').encrypt(b'y')", "cryptography.fernet"),
    ("from coaching.calendar import feed_calendar; feed_calendar(None, [], [])", "icalendar"),
    ("from allauth.mfa.webauthn.internal import auth; auth.EXTENSIONS", "fido2"),
    ("from config.guide import groups; groups('en')", "drf_spectacular.openapi"),
    ("import accounts.oidc", "requests"),
]


@pytest.mark.parametrize(("words", "brought"), ASKED)
def test_a_web_process_starts_without_what_most_requests_never_need(words, brought):
    code, said = run("-c", f"{START}\n{words}\nprint(*there())", **PRODUCTION)

    assert code == 0, said
    before, after = (set(line.split()) for line in said.split("\n")[:2])
    assert (before, brought in after) == (set(), True)
