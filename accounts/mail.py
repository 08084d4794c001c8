"""Composing mails. Sending them is the outbox's business: a mail is first a row (followups/outbox)."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template
from django.utils.translation import gettext as _

from accounts import installation, languages


def compose(template, *, to, context, reply_to=None, from_email=None):
    """Build a mail to one of our own people from `emails/<template>.txt` and, where there is one, `.html`.

    The text template's first line is "Subject: …". `to` is a User, in whose language and zone it is written.
    """
    context = {
        "reader": to,
        "reader_zone": to.zone,
        "base_url": settings.BASE_URL,
        "installation_name": installation.name(),
        **context,
    }
    with languages.written_for(to):
        context.setdefault("why", _("You get this because you have an account at %s.") % context["installation_name"])
        subject, _end, text = get_template(f"emails/{template}.txt").render(context).lstrip().partition("\n")
        html = get_template(f"emails/{template}.html").render(context)
    message = EmailMultiAlternatives(
        subject=subject.removeprefix("Subject:").strip(),
        body=_with_foot(text.strip(), context["why"]),
        from_email=from_email or installation.sender(),
        to=[to.email],
        reply_to=reply_to,
    )
    message.attach_alternative(html, "text/html")
    return message


def dress(message, *, is_known):
    """Give a mail that a library wrote as text what all of ours have: the same words as HTML, and why it came."""
    name = installation.name()
    if is_known:
        why = _("You get this because you have an account at %s.") % name
    else:
        why = _("You get this because somebody gave this address at %s.") % name
    context = {"paragraphs": _paragraphs(message.body), "why": why, "installation_name": name}
    html = get_template("emails/of_library.html").render(context)
    message.body = _with_foot(message.body.strip(), why)
    message.attach_alternative(html, "text/html")


def _paragraphs(text):
    """Each as what it says, the sentence that leads somewhere, and where to: an address stands alone below its sentence."""
    found = []
    for block in filter(None, (block.strip() for block in text.split("\n\n"))):
        if block.startswith(("http://", "https://")) and found:
            before, stop, last = found[-1][0].rpartition(". ")
            found[-1] = (before + stop, last, block)
        else:
            found.append((block, "", ""))
    return found


def _with_foot(text, why):
    """Below the line stands how to end mails of this kind, where they can be, and always why this one came."""
    line = "\n" if "\n--\n" in text else "\n\n--\n"
    return f"{text}{line}{why}\n"
