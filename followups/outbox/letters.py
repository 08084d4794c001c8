"""The kinds of letters to third parties, registered by whoever writes them: what each is called, and what follows for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from accounts import links
from accounts.records import Conflict, Refused
from followups.answers import words_of_bounce
from followups.outbox import notices, rows

CHOICES = ("leave", "own", "again")
LINK_LASTS = timedelta(days=14)


@dataclass(frozen=True)
class LetterKind:
    """`titles(rows)`: for each row's id what she calls it, the page it leads to and its reader's zone, in one query. `came_back(row)`: the letter
    came back after all, in the transaction that notes it. `resolve(row, choice, by)`: her answer to "we can't see whether
    it arrived": leave, own or again.
    """

    titles: Callable[[list], dict[int, tuple[str, str, str]]] | None = None
    came_back: Callable[[Any], None] | None = None
    resolve: Callable[..., None] | None = None


_kinds: dict[str, LetterKind] = {}


def register_letter(kind, *, titles=None, came_back=None, resolve=None):
    """Say what follows for letters of this kind. What is left out is done in general."""
    _kinds[kind] = LetterKind(titles, came_back, resolve)


def titles_of(letters):
    """By row's id: what it is called, the page it leads to and the zone of its reader, the latter two "" where there is none."""
    found = {}
    for name in {row.kind for row in letters}:
        kind = _kinds.get(name)
        if kind and kind.titles:
            found |= kind.titles([row for row in letters if row.kind == name])
    return {row.pk: found.get(row.pk) or (_("A letter"), "", "") for row in letters}


def came_back(row):
    """Tell whoever wrote it: the kind by its own way, else a mail to its sender."""
    kind = _kinds.get(row.kind)
    if kind and kind.came_back:
        kind.came_back(row)
    elif row.to_third_party:
        notices.tell_it_came_back(row, lazy(words_of_bounce, str)(row.bounce_code))


def resolve(row, choice, *, by):
    """Settle a letter of which nobody can see whether it arrived: its owner's decision. Raises Conflict once it is settled."""
    if choice not in CHOICES:
        raise Refused(_("Choose one of the answers."), field="choice")
    if row.status != row.Status.UNKNOWN:
        raise Conflict(_("This is settled already."))
    kind = _kinds.get(row.kind)
    if kind and kind.resolve:
        kind.resolve(row, choice, by=by)
    elif choice == "again":
        raise Refused(_("Please open the page where you wrote it, and send it again from there."), field="choice")
    else:
        rows.resolve_unknown(row, by=by, arrived=choice == "leave")


def answer_link(row):
    """The address in a mail at which its owner says, without signing in, what shall become of a letter that cannot be seen."""
    return links.url("letter", row.sender, row.public_id, ends_at=timezone.now() + LINK_LASTS)
