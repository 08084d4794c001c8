"""Invitations, accounts and how many clients a coach takes on."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import languages
from accounts.mail import compose
from accounts.models import Erasure, Invitation, User, hash_token
from accounts.records import Conflict, Refused
from accounts.services.auditing import audit
from accounts.services.engagements import propose_engagement
from accounts.services.installation import check_may_invite
from accounts.services.second_steps import withdraw_step_removals_of
from accounts.services.sessions import end_access

INVITATION_DAYS = 14
MAX_OPEN_INVITATIONS = 50
MAX_CAPACITY = 200
_followers = []
_invitation_followers = []


def follow_invitations(follow):
    """Call `follow(invitation, now=…)` in the transaction in which somebody was invited, or has joined."""
    _invitation_followers.append(follow)


def _told_of(invitation):
    for follow in _invitation_followers:
        follow(invitation, now=timezone.now())


@transaction.atomic
def invite(*, email, role, by, name="", coach=None, cohort="", zone=""):
    """Ask somebody in by mail. Somebody who is here already as a candidate is offered the engagement instead.

    Raises Refused when the address belongs to another role, or too many invitations of this person are open.
    """
    email = email.strip().lower()
    check_may_invite()
    if Invitation.objects.filter(invited_by=by, from_roster=False).open().count() >= MAX_OPEN_INVITATIONS:
        raise Refused(_("You have many open invitations. Let some be answered first."))
    known = User.objects.filter(email=email).first()
    if known:
        if role == Invitation.Role.CANDIDATE and known.is_candidate and coach:
            return propose_engagement(candidate=known, coach=coach, by=by)
        raise Refused(_("This address has an account already."), field="email")
    now = timezone.now()
    invitation = Invitation(
        email=email,
        name=name,
        role=role,
        coach=coach,
        cohort=cohort,
        zone=zone,
        invited_by=by,
        token_hash=hash_token(Invitation.new_token()),
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    invitation.full_clean()
    invitation.save()
    audit("invited", invitation, by=by, on_behalf_of=coach)
    return mail_invitation(invitation, now=now)


def mail_invitation(invitation, *, now):
    """Write the mail with its link, which is made for this: only its hash is kept. Whoever follows is told."""
    by, token = invitation.invited_by, Invitation.new_token()
    invitation.token_hash, invitation.mailed_at = hash_token(token), now
    invitation.save(update_fields=["token_hash", "mailed_at", "updated_at"])
    link = settings.BASE_URL + reverse("invitation-accept", args=[token])
    reader = User(email=invitation.email, name=invitation.name, zone=invitation.zone or by.zone, language=by.language)
    with languages.written_for(reader):
        why = _("You get this because %(who)s gave us your address; nothing else comes unless you make an account.")
    context = {"invitation": invitation, "link": link, "by": by, "why": why % {"who": by.get_full_name()}}
    message = compose("invitation", to=reader, context=context)
    message.outbox_options = {
        "kind": "invitation",
        "subject": invitation,
        "is_secret": True,
        "sender": by,
        "ignores_quiet_hours": True,
    }
    message.send()
    _told_of(invitation)
    return invitation


def invite_again(former, *, by):
    """The same once more, with a link of its own. Raises Conflict where they are here already, or were invited anew since."""
    if former.cancelled_at is None and not Invitation.objects.unanswered().filter(pk=former.pk).exists():
        raise Conflict(_("They are here already, or were invited again since."))
    same = {name: getattr(former, name) for name in ("email", "name", "role", "coach", "cohort", "zone")}
    return invite(**same, by=by)


@transaction.atomic
def cancel_invitation(invitation, *, by, now=None):
    """Take it back: its link opens nothing from now on, and a mail that has not left stays here."""
    now = now or timezone.now()
    if not Invitation.objects.filter(pk=invitation.pk).open(now).update(cancelled_at=now, updated_at=now):
        raise Conflict(_("This invitation was answered, taken back or ran out meanwhile."))
    invitation.refresh_from_db()
    audit("invitation cancelled", invitation, by=by)
    _told_of(invitation)
    return invitation


@transaction.atomic
def accept_invitation(invitation, *, password, name, zone):
    """Make the invited person's account. The mail with the link proved the address."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state != Invitation.State.OPEN:
        raise Conflict(_("This invitation has been used, or its time is over."))
    check_may_invite()
    role = invitation.role
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                invitation.email,
                password,
                name=name,
                zone=zone,
                language=languages.chosen(),
                cohort=invitation.cohort,
                is_coach=role in (Invitation.Role.COACH, Invitation.Role.COACH_ADMIN),
                is_admin=role in (Invitation.Role.ADMIN, Invitation.Role.COACH_ADMIN),
                vouched_at=timezone.now(),
            )
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    except IntegrityError:
        raise Conflict(_("There is an account with this address already. Sign in instead.")) from None
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at", "updated_at"])
    _told_of(invitation)
    audit("joined", user, by=user)
    if invitation.coach and user.is_candidate:
        propose_engagement(candidate=user, coach=invitation.coach, by=invitation.coach, tell=False)
    return user


def is_taken(email):
    """Whether an account has this address: as its main one, or proved. One that was added and never confirmed is nobody's."""
    proved = Q(emailaddress__email=email, emailaddress__verified=True)
    return User.objects.filter(Q(email=email) | proved).exists()


def release_address(email, *, to):
    """This person has proved the address: an account that was signed up with it, and never confirmed or entered, gives way."""
    others = User.objects.filter(email=email, is_candidate=True, last_login=None).exclude(pk=to.pk)
    others.exclude(emailaddress__verified=True).delete()


def follow_people(follow):
    """Call `follow(user, by=…, now=…)` in the transaction in which somebody's account is closed or opened again."""
    _followers.append(follow)


@transaction.atomic
def deactivate(user, *, by, now=None):
    """Close somebody's account for now: signs them out, ends their sight. Rows stay."""
    if user == by:
        raise Refused(_("You cannot close your own account here."))
    set_active(user, False, verb="deactivated", by=by, now=now)
    # A session would wake up again with the account.
    end_access(user, by=by, now=now)
    withdraw_step_removals_of(user, by=by)


@transaction.atomic
def activate(user, *, by, now=None):
    """Open it again. Raises Conflict where its owner is leaving: only she can undo that."""
    if Erasure.objects.filter(person=user, status__in=Erasure.OPEN).exists():
        raise Conflict(_("They have asked for this account to be deleted. Only they can undo that."))
    set_active(user, True, verb="activated", by=by, now=now)


def set_active(user, is_active, *, verb, by, now):
    """Close or open somebody's account, and tell those who follow. Nothing happens where it is so already."""
    changed = User.objects.filter(pk=user.pk, is_active=not is_active).update(is_active=is_active)
    user.refresh_from_db(fields=["is_active"])
    if changed:
        audit(verb, user, by=by, on_behalf_of=user)
        for follow in _followers:
            follow(user, by=by, now=now or timezone.now())


@transaction.atomic
def set_admin(coach, is_admin, *, by, now=None):
    """Let a coach be an admin too, or no more. Whatever was let in under the other role is out.

    Nobody decides this about themselves, so that there is always an admin left.
    """
    if coach == by:
        raise Refused(_("Somebody else decides this about you."))
    if not coach.is_coach or not coach.is_active:
        raise Refused(_("Only a coach whose account is open can be an admin too."))
    if User.objects.filter(pk=coach.pk, is_admin=not is_admin).update(is_admin=is_admin):
        if is_admin:
            audit("made an admin too", coach, by=by)
        else:
            audit("no longer an admin", coach, by=by)
        end_access(coach, by=by, now=now)
    coach.refresh_from_db(fields=["is_admin"])
    return coach


@transaction.atomic
def set_capacity(coach, number, *, by):
    """How many clients she takes on at once; 0 for nobody new. Those she has stay, whatever the number."""
    if not coach.is_coach:
        raise Refused(_("Only coaches have clients."))
    if not 0 <= number <= MAX_CAPACITY:
        raise Refused(_("A number from 0 to %(most)s, please.") % {"most": MAX_CAPACITY}, field="capacity")
    if User.objects.filter(pk=coach.pk).exclude(capacity=number).update(capacity=number):
        audit("capacity set", coach, by=by, on_behalf_of=coach)
    coach.refresh_from_db(fields=["capacity"])
    return coach
