"""Mail to our own people that they can turn off, one kind at a time; only account and security mail cannot be."""

from accounts.mail import compose
from followups.reminders import unsubscribe


def compose_unless_muted(kind, template, *, to, context):
    """The mail with its one-click way out (RFC 8058), or None for somebody who has turned this kind off.

    `kind` is registered with `accounts.preferences.register_reminder`.
    """
    return None if kind in to.muted_reminders else compose_optional(kind, template, to=to, context=context)


def compose_optional(kind, template, *, to, context):
    """The same for somebody who wanted it when it was queued."""
    link = unsubscribe.url(to, kind)
    message = compose(template, to=to, context={**context, "unsubscribe_url": link})
    message.extra_headers = unsubscribe.headers(link)
    return message
