"""Three lines back after a no: an option, from her own mailbox, never asked for.

Pure: no Django. Ours are the greeting, the thanks for the answer, the good wishes and the sign-off; between them stands what
stayed with her, in her own words. It asks for nothing, gives no reasons and takes nothing back.
"""

from dataclasses import dataclass

from accounts.when import Translate, gettext_noop
from followups.drafting import Material, greeting

SUBJECT = gettext_noop("Thank you for letting me know")
SUBJECT_WITH_ROLE = gettext_noop("Thank you for letting me know: {role}")
THANKS = gettext_noop("Thank you for letting me know, and for the time you took.")
KEPT = gettext_noop("What stays with me: {stayed}")
WISHES = gettext_noop("I wish you and whoever joins you a good start.")
SIGN_OFF = gettext_noop("Kind regards,")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """A draft to copy, open in a mail program, or share."""

    subject: str
    body: str


def reply(material: Material, translate: Translate = gettext_noop) -> Reply:
    """Greeting, at most three lines, name. The middle line is left out where she wrote nothing that stayed with her."""
    lines = [translate(THANKS), _kept(material.stayed_with_me, translate), translate(WISHES)]
    body = "\n".join(
        [greeting(material, translate), "", *(line for line in lines if line), "", translate(SIGN_OFF), material.writer]
    )
    subject = translate(SUBJECT_WITH_ROLE).replace("{role}", material.role) if material.role else translate(SUBJECT)
    return Reply(subject, body.rstrip() + "\n")


def _kept(stayed: str, translate: Translate) -> str:
    """Her line, if it is one; a long one is hers to shorten, so it is not cut here but left out."""
    words = " ".join(stayed.split())
    if not words or len(words) > LONGEST:
        return ""
    return translate(KEPT).replace("{stayed}", words if words[-1] in ".!?…" else f"{words}.")
