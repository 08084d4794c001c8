"""Erasing what this app holds of a person, and whatever else points to them; of the person a number is left that names nobody.

Others' rows go on pointing to that number: who booked a slot, who answered a review. So histories stay whole, and nothing of it
leads to anybody. A person who is erased has a new public id, too, which stands in no log and no backup.
"""

import re
import uuid
from collections import Counter
from datetime import time

from django.contrib.sessions.models import Session
from django.db.models import CASCADE
from django.utils import timezone

from accounts import personal_data
from accounts.models import AuditEntry, Engagement, FormDraft, IdempotentRequest, Invitation, Roster, User
from accounts.records import move

UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
PLACES = {"language": "", "zone": "UTC", "quiet_from": time(22), "quiet_until": time(7)}


def register_kept():
    personal_data.keep("accounts.Engagement.coach", "whom a candidate worked with is part of her own story")


def erase(person):
    """The last and lowest part: who it was. How many rows went, by table."""
    gone = Counter()
    invitations_of(person).delete()
    for engagement in Engagement.objects.filter(coach=person, status__in=Engagement.LIVE):
        is_active = engagement.status == Engagement.Status.ACTIVE
        move(engagement, "ended" if is_active else "expired", ended_at=timezone.now(), reason="account deleted")
    forget_sessions(person)
    Roster.objects.filter(sheet__icontains=person.email).delete()
    # The one change that the table takes.
    AuditEntry.objects.filter(by=person).update(by=None)
    AuditEntry.objects.filter(on_behalf_of=person).update(on_behalf_of=None)
    for rows in rows_that_go_with(person):
        gone.update(rows.delete()[1])
    _empty(person)
    return gone


def rows_that_go_with(person):
    """The rows of every foreign key to people that would go with this one, save those that are kept."""
    return [model._base_manager.filter(**{field: person}) for model, field in _owned()]


def leftovers():
    """The same of everybody who is erased; empty, each of them."""
    return [model._base_manager.filter(**{f"{field}__erased_at__isnull": False}) for model, field in _owned()]


def _owned():
    kept = personal_data.kept()
    for relation in User._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        model, field = relation.related_model, relation.field.name
        if relation.on_delete is CASCADE and f"{model._meta.label}.{field}" not in kept:
            yield model, field


def invitations_of(person):
    """Those that asked this person in, and those of theirs that nobody has taken up."""
    of_theirs = Invitation.objects.filter(invited_by=person, accepted_at=None)
    return of_theirs | Invitation.objects.filter(email__iexact=person.email)


def forget_typed_about(ids):
    """What staff typed and never sent, and answers of the API kept for a retry, where one of these public ids stands in them."""
    names = {str(one) for one in ids}
    if not names:
        return
    drafts = FormDraft.objects.filter(user__is_candidate=False).values_list("pk", "path", "fields")
    about = [pk for pk, path, fields in drafts.iterator() if names & set(UUID.findall(f"{path} {fields}"))]
    FormDraft.objects.filter(pk__in=about).delete()
    answers = IdempotentRequest.objects.filter(user__is_candidate=False).values_list("pk", "route", "answer")
    about = [
        pk
        for pk, route, answer in answers.iterator()
        if names & set(UUID.findall(route + bytes(answer or b"").decode(errors="replace")))
    ]
    IdempotentRequest.objects.filter(pk__in=about).delete()


def forget_sessions(person):
    """Every session of this person, those too of which no list knows; one that began to sign in holds the address."""
    hers = []
    for session in Session.objects.iterator():
        data = session.get_decoded()
        owner = data.get("_auth_user_id")
        if owner == str(person.pk) or (owner is None and person.email in str(data)):
            hers.append(session.pk)
    Session.objects.filter(pk__in=hers).delete()


def _empty(person):
    now = timezone.now()
    nobody = User(email=f"{uuid.uuid4()}@erased.invalid", capacity=0)
    nobody.set_unusable_password()
    User.objects.filter(pk=person.pk).update(
        public_id=uuid.uuid4(),
        email=nobody.email,
        name="",
        cohort="",
        password=nobody.password,
        capacity=nobody.capacity,
        muted_reminders=[],
        hints_put_away=[],
        is_active=False,
        is_superuser=False,
        last_login=None,
        vouched_at=None,
        joined_at=now,
        erased_at=now,
        **PLACES,
    )
