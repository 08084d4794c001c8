"""Three lines back after a no: an option, from her own mailbox, never asked for.

Pure: no Django. Ours are the greeting, the thanks for the answer, the good wishes and the sign-off; between them stands what
stayed with her, in her own words. It asks for nothing, gives no reasons and takes nothing back.
"""

from dataclasses import dataclass

from followups.drafting import Material, greeting

SUBJECT = "Thank you for letting me know"
SUBJECT_WITH_ROLE = "Thank you for letting me know: {role}"
THANKS = "Thank you for letting me know, and for the time you took."
KEPT = "What stays with me: {stayed}"
WISHES = "I wish you and whoever joins you a good start."
SIGN_OFF = "Kind regards,"
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """A draft to copy, open in a mail program, or share."""

    subject: str
    body: str


def reply(material: Material) -> Reply:
    """Greeting, at most three lines, name. The middle line is left out where she wrote nothing that stayed with her."""
    lines = [THANKS, _kept(material.stayed_with_me), WISHES]
    body = "\n".join([greeting(material), "", *(line for line in lines if line), "", SIGN_OFF, material.writer])
    subject = SUBJECT_WITH_ROLE.replace("{role}", material.role) if material.role else SUBJECT
    return Reply(subject, body.rstrip() + "\n")


def _kept(stayed: str) -> str:
    """Her line, if it is one; a long one is hers to shorten, so it is not cut here but left out."""
    words = " ".join(stayed.split())
    if not words or len(words) > LONGEST:
        return ""
    return KEPT.replace("{stayed}", words if words[-1] in ".!?…" else f"{words}.")
