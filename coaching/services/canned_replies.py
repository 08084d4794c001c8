"""A coach's own replies: kept, changed, removed, and put into what she is writing."""

import uuid

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.records import Refused
from coaching.models import CannedReply

MAX_REPLIES = 60
EDITABLE = frozenset({"title", "text"})


@transaction.atomic
def add_reply(*, by, **fields):
    """A new one of this coach's. Raises Refused, naming the field."""
    if by.canned_replies.count() >= MAX_REPLIES:
        raise Refused(_("Sixty are more than anybody finds again. Remove one first."))
    return _save(CannedReply(coach=by), fields)


@transaction.atomic
def edit_reply(reply, *, by, **fields):
    """Other words from now on; what went out with the old ones stays as it is."""
    return _save(CannedReply.objects.select_for_update().get(pk=reply.pk), fields)


def remove_reply(reply, *, by):
    reply.delete()


def inserted(data, *, by):
    """A POST in which the words of one of her replies stand at the end of the field its button named; None for other buttons.

    The button is `<button name="insert" value="FIELD:PUBLIC_ID">`, so that no script is needed.
    """
    field, _colon, name = data.get("insert", "").rpartition(":")
    if not field:
        return None
    try:
        reply = CannedReply.objects.visible_to(by).filter(public_id=uuid.UUID(name)).first()
    except ValueError:
        reply = None
    data = data.copy()
    if reply is not None:
        data[field] = "\n\n".join(words for words in (data.get(field, "").strip(), reply.text) if words)
    return data


def _save(reply, fields):
    if unknown := set(fields) - EDITABLE:
        raise TypeError(f"a reply has no {', '.join(sorted(unknown))} to edit")
    for name, value in fields.items():
        setattr(reply, name, value.strip())
    try:
        reply.full_clean(validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=field) from None
    try:
        with transaction.atomic():
            reply.save()
    except IntegrityError:
        raise Refused(_("You have one of this name already."), field="title") from None
    return reply
