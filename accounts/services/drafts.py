"""What was typed into forms that are not sent yet, and stored answers of the API."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import FormDraft, IdempotentRequest
from accounts.records import Refused

MAX_DRAFT = 60_000  # characters of one form


@transaction.atomic
def forget_after_a_week(now):
    """Stored answers to POSTs with an Idempotency-Key, and words of forms never sent, are kept for a week; sessions to their end.

    With a session goes from where and with what somebody was signed in.
    """
    week_ago = now - timedelta(days=7)
    forgotten = IdempotentRequest.objects.filter(created_at__lt=week_ago).delete()[0]
    forgotten += Session.objects.filter(expire_date__lt=now).delete()[0]
    there = Session.objects.filter(session_key=OuterRef("session_key"))
    forgotten += UserSession.objects.filter(~Exists(there), last_seen_at__lt=week_ago).delete()[0]
    return forgotten + FormDraft.objects.filter(updated_at__lt=week_ago).delete()[0]


def keep_draft(user, *, path, fields):
    """Keep what stands in a form, for her alone. Raises Refused for what no form of ours sends."""
    too_much = sum(len(name) + len(value) for name, value in fields.items()) > MAX_DRAFT
    if too_much or len(path) > 200 or not path.startswith("/") or any("\x00" in value for value in fields.values()):
        raise Refused(_("This cannot be kept."))
    FormDraft.objects.update_or_create(user=user, path=path, defaults={"fields": fields})


def draft_of(user, *, path):
    """What stands in a form that she has not sent; {} if nothing is kept."""
    draft = FormDraft.objects.filter(user=user, path=path[:200].replace("\x00", "")).first()
    return draft.fields if draft else {}


def forget_draft(user, *, paths):
    """The form of these pages was sent."""
    FormDraft.objects.filter(user=user, path__in=paths).delete()


def forget_drafts_under(path):
    """What anybody typed into forms below this address: what they are about is deleted."""
    FormDraft.objects.filter(path__startswith=path).delete()
