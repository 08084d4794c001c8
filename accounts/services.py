"""Writes on people and engagements: invitations, agreement, the end of it."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mail import compose
from accounts.models import AuditEntry, Engagement, FormDraft, IdempotentRequest, Invitation, User, hash_token
from accounts.records import Conflict, Refused, move, start

INVITATION_DAYS = 14
MAX_OPEN_INVITATIONS = 50
MAX_DRAFT = 60_000  # characters of one form


def audit(verb, subject, *, by):
    AuditEntry.objects.create(verb=verb, subject_type=subject._meta.model_name, subject_id=subject.public_id, by=by)


@transaction.atomic
def invite(*, email, role, by, name="", coach=None):
    """Ask somebody in by mail. Somebody who is here already as a candidate is offered the engagement instead.

    Raises Refused when the address belongs to another role, or too many invitations of this person are open.
    """
    email = email.strip().lower()
    if Invitation.objects.filter(invited_by=by).open().count() >= MAX_OPEN_INVITATIONS:
        raise Refused(_("You have many open invitations. Let some be answered first."))
    known = User.objects.filter(email=email).first()
    if known:
        if role == Invitation.Role.CANDIDATE and known.is_candidate and coach:
            return propose_engagement(candidate=known, coach=coach, by=by)
        raise Refused(_("This address has an account already."), field="email")
    token = Invitation.new_token()
    invitation = Invitation(
        email=email,
        name=name,
        role=role,
        coach=coach,
        invited_by=by,
        token_hash=hash_token(token),
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    invitation.full_clean()
    invitation.save()
    audit("invited", invitation, by=by)
    link = settings.BASE_URL + reverse("invitation-accept", args=[token])
    reader = User(email=email, name=name, zone=by.zone)
    message = compose("invitation", to=reader, context={"invitation": invitation, "link": link, "by": by})
    message.outbox_options = {"kind": "invitation", "is_secret": True, "sender": by, "ignores_quiet_hours": True}
    message.send()
    return invitation


@transaction.atomic
def link_for_first_admin(email):
    """A one-time link for whoever runs the installation; None where there is an admin already."""
    if User.objects.filter(is_admin=True).exists():
        return None
    token = Invitation.new_token()
    Invitation.objects.create(
        email=email.strip().lower(),
        role=Invitation.Role.ADMIN,
        token_hash=hash_token(token),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return settings.BASE_URL + reverse("invitation-accept", args=[token])


@transaction.atomic
def forget_after_a_week(now):
    """Stored answers to POSTs with an Idempotency-Key, and words of forms never sent, are kept for a week."""
    week_ago = now - timedelta(days=7)
    forgotten = IdempotentRequest.objects.filter(created_at__lt=week_ago).delete()[0]
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


@transaction.atomic
def accept_invitation(invitation, *, password, name, zone):
    """Make the invited person's account. The mail with the link proved the address."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.expires_at <= timezone.now():
        raise Conflict(_("This invitation has been used, or its time is over."))
    role = invitation.role
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                invitation.email,
                password,
                name=name,
                zone=zone,
                is_coach=role in (Invitation.Role.COACH, Invitation.Role.COACH_ADMIN),
                is_admin=role in (Invitation.Role.ADMIN, Invitation.Role.COACH_ADMIN),
                vouched_at=timezone.now(),
            )
    except IntegrityError:
        raise Conflict(_("There is an account with this address already. Sign in instead.")) from None
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at", "updated_at"])
    audit("joined", user, by=user)
    if invitation.coach and user.is_candidate:
        propose_engagement(candidate=user, coach=invitation.coach, by=invitation.coach, tell=False)
    return user


@transaction.atomic
def propose_engagement(*, candidate, coach, by, tell=True):
    """Offer that these two work together. Whoever asks has agreed; an admin agrees for nobody."""
    if not candidate.is_candidate or not coach.is_coach:
        raise Refused(_("An engagement joins a candidate and a coach."))
    now = timezone.now()
    engagement = Engagement(
        candidate=candidate,
        coach=coach,
        created_by=by,
        candidate_agreed_at=now if by == candidate else None,
        coach_agreed_at=now if by == coach else None,
    )
    try:
        with transaction.atomic():
            start(engagement, by=by)
    except IntegrityError:
        raise Conflict(_("These two already work together, or have been asked to.")) from None
    audit("engagement proposed", engagement, by=by)
    if tell:
        for person in (candidate, coach):
            if person != by:
                _tell_about(engagement, person)
    return engagement


def _tell_about(engagement, person, *, template="engagement", path=None):
    link = settings.BASE_URL + (path or reverse("engagement-detail", args=[engagement.public_id]))
    other = engagement.coach if person == engagement.candidate else engagement.candidate
    message = compose(template, to=person, context={"engagement": engagement, "other": other, "link": link})
    message.outbox_options = {"kind": "engagement", "recipient": person}
    message.send()


@transaction.atomic
def agree_to_engagement(engagement, *, by, share_new_interviews=None):
    """Record one side's agreement; with both it becomes active. Only the candidate says what is shared."""
    engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if engagement.status != Engagement.Status.INVITED:
        raise Conflict(_("This has been answered already."))
    now = timezone.now()
    if by == engagement.candidate:
        engagement.candidate_agreed_at = now
        engagement.share_new_interviews = bool(share_new_interviews)
    elif by == engagement.coach:
        engagement.coach_agreed_at = now
    engagement.save()
    if engagement.candidate_agreed_at and engagement.coach_agreed_at:
        move(engagement, Engagement.Status.ACTIVE, by=by)
        audit("engagement began", engagement, by=by)
    return engagement


def decline_engagement(engagement, *, by):
    with transaction.atomic():
        move(engagement, Engagement.Status.DECLINED, by=by)
        audit("engagement declined", engagement, by=by)


def end_engagement(engagement, *, by):
    """End it; the coach's sight ends with the same commit, because every page asks `visible_to` anew."""
    with transaction.atomic():
        if engagement.status == Engagement.Status.INVITED:
            move(engagement, Engagement.Status.DECLINED, by=by)
        else:
            move(engagement, Engagement.Status.ENDED, by=by, ended_at=timezone.now())
            for person in (engagement.candidate, engagement.coach):
                if person != by:
                    _tell_about(
                        engagement, person, template="engagement_ended", path=reverse(settings.LOGIN_REDIRECT_URL)
                    )
        audit("engagement ended", engagement, by=by)


@transaction.atomic
def deactivate(user, *, by):
    """Close somebody's account for now: signs them out, ends their sight. Rows stay."""
    if user == by:
        raise Refused(_("You cannot close your own account here."))
    User.objects.filter(pk=user.pk).update(is_active=False)
    audit("deactivated", user, by=by)


@transaction.atomic
def activate(user, *, by):
    User.objects.filter(pk=user.pk).update(is_active=True)
    audit("activated", user, by=by)
