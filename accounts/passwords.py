"""Words that make bad passwords here: what this place is called is what others try first."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts import installation

PRODUCT = "Afterword"
# A shorter name stands in too many good passwords by chance.
SHORTEST = 4
# How people write letters in passwords; "l" and "1" can both stand for "i".
_LOOK_ALIKES = str.maketrans("01l!|34@5$7+", "oiiiieaasstt")


def names_of_this_place():
    """The list: the product, this installation and the sender of its mails."""
    names = (PRODUCT, settings.INSTALLATION_NAME, installation.name(), installation.sender_name())
    return [name for name in dict.fromkeys(names) if len(_bare(name)) >= SHORTEST]


def _bare(text):
    """Without spaces and signs, whether it is written large or small, and with letters for the digits that look like them."""
    return "".join(char for char in text.casefold().translate(_LOOK_ALIKES) if char.isalnum())


class NamesOfThisPlaceValidator:
    """Refuses a password in which the name of this place stands, however it is written."""

    def validate(self, password, user=None):
        bare = _bare(password)
        for name in names_of_this_place():
            if _bare(name) in bare:
                raise ValidationError(
                    _("Please leave out “%(name)s”: the name of this place is what others try first."),
                    code="password_names_this_place",
                    params={"name": name},
                )

    def get_help_text(self):
        return _("The name of this place may not stand in your password.")
