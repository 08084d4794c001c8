"""Two windows on one note: which text stood on a page, and what happens if it no longer does."""

import hashlib
import json

from django.utils.translation import gettext as _

from accounts.records import Conflict

WRITTEN = ("to_name", "to_email", "subject", "stayed_with_me", "like_them_to_know", "body")


class Overtaken(Conflict):
    """The note was changed in another window since this page showed it. Nothing typed is thrown away: she is shown both."""

    def __init__(self):
        super().__init__(_("This note was changed in another window meanwhile."))


def version_of(note):
    """Names exactly what she has written so far, for a page to bring back."""
    texts = [getattr(note, name) for name in WRITTEN]
    return hashlib.sha256(json.dumps(texts, ensure_ascii=True).encode()).hexdigest()[:24]
