"""Mails whose words are written when they go. Until then their row holds the facts they tell, as they were when it was queued.

Writing a mail with its calendar file takes longer than all else in the request that causes it. What happens meanwhile changes
no fact: whoever calls `queue_told` puts into the facts whatever may be another by then.
"""

import json

from followups.outbox.crypto import address_of, seal, unseal
from followups.outbox.messages import check_headers, content_of

# No mail begins so: where a header has its name there is a space.
FACTS = b"facts to tell "

_writers = {}


def register_writer(kind, write):
    """`write(facts, recipient)` gives the EmailMessage of a row of this kind that holds facts."""
    _writers[kind] = write


def sealed(facts):
    """Facts (what JSON can hold, and moments and ids as text) in the place of the finished message."""
    return seal(FACTS + json.dumps(facts, default=str, ensure_ascii=False).encode())


def finished(row):
    """The bytes of a row's mail without its Date: what was sealed, or what is written now of its facts."""
    content = unseal(row.message_encrypted)
    if not holds_facts(content):
        return content
    message = _writers[row.kind](json.loads(content.removeprefix(FACTS)), row.recipient)
    message.to = [address_of(row)]
    check_headers(message)
    return content_of(message, row)


def holds_facts(content):
    """Whether this is no mail yet."""
    return content.startswith(FACTS)
