"""Engagements: asked for, agreed to, declined, run out, ended. What else follows from each is said by the apps above."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mail import compose
from accounts.models import Engagement, User
from accounts.records import Conflict, Refused, move, start
from accounts.services.auditing import audit

Status = Engagement.Status
MAX_COACHES = 2
# Asked of several at once, one would be glad and the others disappointed.
MAX_ASKED = 3
ASKED_IN_VAIN = "asked in vain"
_followers = []
_followers_of_vain = []


def follow_engagements(follow):
    """Call `follow(engagement, now=…)` in the transaction in which an engagement has begun or ended."""
    _followers.append(follow)


def follow_asks_in_vain(follow):
    """Call `follow(now=…)` in the transaction in which somebody has asked for a coach, and nobody has room."""
    _followers_of_vain.append(follow)


@transaction.atomic
def ask_for_coach(*, candidate, coach=None, share_new_interviews=False, now=None):
    """She asks a coach by name or, with none, whoever has most room; None where nobody has.

    The coach still has to agree. Of an ask in vain admins hear (coaching/room_reminders.py).
    Raises Refused where the one she named takes on nobody, Conflict where the two are asked or together already.
    """
    now = now or timezone.now()
    candidate = User.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    if Engagement.objects.filter(candidate=candidate, status=Status.INVITED).count() >= MAX_ASKED:
        raise Refused(_("Three have been asked and have not answered yet. Wait for one of them, or take one back."))
    _check_number(candidate, by=candidate)
    # Locked, so that two who ask at the same moment do not both get the last place.
    coaches = User.objects.coaches().select_for_update(no_key=True)
    if coach is None:
        list(coaches.order_by("pk"))
        coach = free_for(candidate, now=now).first()
        if coach is None:
            audit(ASKED_IN_VAIN, candidate, by=None)
            for follow in _followers_of_vain:
                follow(now=now)
            return None
        choice = {"for_anybody": True, "share_new_interviews": share_new_interviews}
        return propose_engagement(candidate=candidate, coach=coach, by=candidate, **choice)
    coach = coaches.filter(pk=coach.pk).first()
    if coach is None or User.objects.with_room().get(pk=coach.pk).room <= 0:
        name = coach.get_full_name() if coach else _("This coach")
        raise Refused(_("%(coach)s takes on nobody new at the moment.") % {"coach": name}, field="coach")
    return propose_engagement(candidate=candidate, coach=coach, by=candidate, share_new_interviews=share_new_interviews)


def free_for(candidate, *, now):
    """Coaches with room for this candidate, the one with most room first, then the one who was asked longest ago.

    Left out are those she works with or has asked, and those with whom it came to nothing lately.
    """
    lately = Engagement.objects.filter(candidate=candidate, updated_at__gt=now - Engagement.NOT_AGAIN_FOR)
    live = Engagement.objects.filter(candidate=candidate, status__in=Engagement.LIVE)
    coaches = User.objects.coaches().exclude(pk__in=live.values("coach")).exclude(pk__in=lately.values("coach"))
    return (
        coaches.with_room()
        .filter(room__gt=0)
        .alias(asked_at=Max("client_engagements__created_at"))
        .order_by("-room", F("asked_at").asc(nulls_first=True), "id")
    )


@transaction.atomic
def propose_engagement(*, candidate, coach, by, tell=True, for_anybody=False, share_new_interviews=False):
    """Offer that these two work together. Whoever asks has agreed; an admin agrees for nobody."""
    if not candidate.is_candidate or not coach.is_coach:
        raise Refused(_("An engagement joins a candidate and a coach."))
    now = timezone.now()
    engagement = Engagement(
        candidate=candidate,
        coach=coach,
        created_by=by,
        for_anybody=for_anybody,
        share_new_interviews=share_new_interviews and by == candidate,
        candidate_agreed_at=now if by == candidate else None,
        coach_agreed_at=now if by == coach else None,
    )
    try:
        with transaction.atomic():
            start(engagement, by=by)
    except IntegrityError:
        raise Conflict(_("These two already work together, or have been asked to.")) from None
    audit("engagement proposed", engagement, by=by, on_behalf_of=_for_whom(engagement, by))
    if tell:
        for person in (candidate, coach):
            if person != by:
                _tell(engagement, person, "engagement")
    return engagement


@transaction.atomic
def agree_to_engagement(engagement, *, by, share_new_interviews=None, now=None):
    """Record one side's agreement; with both it becomes active. Only the candidate says what is shared.

    Her choice about new interviews holds for all her coaches.
    """
    User.objects.select_for_update(no_key=True).get(pk=engagement.candidate_id)
    engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if engagement.status != Status.INVITED:
        raise Conflict(_("This has been answered already."))
    now = now or timezone.now()
    if by == engagement.candidate:
        _check_number(engagement.candidate, by=by)
        engagement.candidate_agreed_at = now
        engagement.share_new_interviews = bool(share_new_interviews)
    elif by == engagement.coach:
        engagement.coach_agreed_at = now
    engagement.save()
    if engagement.candidate_agreed_at and engagement.coach_agreed_at:
        # She may have found two others meanwhile.
        _check_number(engagement.candidate, by=by)
        move(engagement, Status.ACTIVE, by=by)
        audit("engagement began", engagement, by=by)
        share_new_interviews_of(engagement.candidate, wanted=engagement.share_new_interviews)
        _tell(engagement, engagement.coach if by == engagement.candidate else engagement.candidate, "engagement_began")
        for follow in _followers:
            follow(engagement, now=now)
    return engagement


def _check_number(candidate, *, by):
    if Engagement.objects.active().filter(candidate=candidate).count() < MAX_COACHES:
        return
    if by == candidate:
        raise Refused(_("Two coaches are the most. End it with one of them first."))
    raise Refused(
        _("%(name)s works with two coaches already, which is the most.") % {"name": candidate.get_full_name()}
    )


def share_new_interviews_of(candidate, *, wanted):
    """Whether interviews she logs from now on can be read by her coaches: one choice, because sharing is per interview."""
    hers = Engagement.objects.filter(candidate=candidate, status__in=Engagement.LIVE, candidate_agreed_at__isnull=False)
    hers.update(share_new_interviews=wanted, updated_at=timezone.now())


@transaction.atomic
def decline_engagement(engagement, *, by):
    """One side would rather not, or whoever asked takes it back. The other is told, without a reason."""
    move(engagement, Status.DECLINED, by=by)
    audit("engagement declined", engagement, by=by, on_behalf_of=_for_whom(engagement, by))
    for person in (engagement.candidate, engagement.coach):
        if person != by:
            _tell(engagement, person, "engagement_declined", was_asked=_was_asked(engagement, person))


@transaction.atomic
def expire_engagement(engagement, *, now):
    """Nobody answered in time: it is over without a no, and both are told. False if it was answered meanwhile."""
    engagement = (
        Engagement.objects.select_for_update(of=("self",)).select_related("candidate", "coach").get(pk=engagement.pk)
    )
    if engagement.status != Status.INVITED:
        return False
    move(engagement, Status.EXPIRED)
    audit("engagement expired", engagement, by=None)
    for person in (engagement.candidate, engagement.coach):
        _tell(engagement, person, "engagement_expired", was_asked=_was_asked(engagement, person))
    return True


@transaction.atomic
def end_engagement(engagement, *, by, now=None):
    """End it; the coach's sight ends with the same commit, because every page asks `visible_to` anew."""
    if engagement.status == Status.INVITED:
        return decline_engagement(engagement, by=by)
    now = now or timezone.now()
    move(engagement, Status.ENDED, by=by, ended_at=now)
    for person in (engagement.candidate, engagement.coach):
        if person != by:
            _tell(engagement, person, "engagement_ended", path=reverse(settings.LOGIN_REDIRECT_URL))
    audit("engagement ended", engagement, by=by, on_behalf_of=_for_whom(engagement, by))
    for follow in _followers:
        follow(engagement, now=now)
    return None


def _for_whom(engagement, by):
    """An admin sees to it for the candidate; the two act for themselves."""
    return None if by in (engagement.candidate, engagement.coach) else engagement.candidate


def _was_asked(engagement, person):
    """Whether this person's answer was still missing."""
    agreed_at = engagement.candidate_agreed_at if person.pk == engagement.candidate_id else engagement.coach_agreed_at
    return agreed_at is None


def _tell(engagement, person, template, *, path=None, **more):
    link = settings.BASE_URL + (path or reverse("engagement-detail", args=[engagement.public_id]))
    other = engagement.coach if person == engagement.candidate else engagement.candidate
    context = {"engagement": engagement, "other": other, "link": link, "is_candidate": person.is_candidate, **more}
    message = compose(template, to=person, context=context)
    message.outbox_options = {"kind": "engagement", "recipient": person}
    message.send()
