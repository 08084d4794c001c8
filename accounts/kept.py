"""What somebody answered before she had an account: carried by the forms of signing up and in, and kept once she is in.

Until then nothing of it is stored: it travels signed in a hidden field, for a day. Afterwards it is a form draft of hers, so
it is exported, erased and, unused for a week, forgotten with the others. What the answers mean is not known here.
"""

from django.core import signing

from accounts.models import FormDraft
from accounts.services import forget_draft, keep_draft
from accounts.written import Written

HOURS = 24
PLACE = "/one-thing/kept"  # No page has this address, so no form that is sent from one takes it away.
SALT = "accounts.kept"


def seal(answers):
    """The answers as a text that only we can have written."""
    return signing.dumps(answers, salt=SALT)


def opened(sealed):
    """The answers in it; None if it is too old, not ours, or nothing."""
    try:
        answers = signing.loads(sealed, salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return None
    return answers if isinstance(answers, dict) else None


def keep(user, sealed):
    """Bind them to an account; somebody who logs no interviews, and a text that cannot be opened, keep nothing."""
    answers = opened(sealed) if sealed and user.is_candidate else None
    if answers:
        keep_answers(user, answers)


def keep_answers(user, answers):
    keep_draft(user, path=PLACE, fields=answers)


def answers_of(user):
    """What she came with, if it is still here; {} otherwise."""
    found = KEPT.rows(user=user.pk)
    return found[0].fields if found else {}


# Asked on every load of Today.
KEPT = Written(lambda user: FormDraft.objects.filter(user=user, path=PLACE))


def forget(user):
    forget_draft(user, paths={PLACE})
