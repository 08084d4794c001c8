"""Two windows on one note: which text stood on a page, and what happens if it no longer does."""

from django.utils.translation import gettext as _

from accounts import records

WRITTEN = ("to_name", "to_email", "subject", "stayed_with_me", "like_them_to_know", "body")


class Overtaken(records.Overtaken):
    """The note was changed in another window since this page showed it."""

    def __init__(self):
        super().__init__(_("This note was changed in another window meanwhile."))


def version_of(note):
    """Names exactly what she has written so far, for a page to bring back."""
    return records.version_of([getattr(note, name) for name in WRITTEN])
