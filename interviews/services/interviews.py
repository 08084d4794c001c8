"""Logging interviews, changing them, moving them through their states."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.models import AuditEntry, Engagement
from accounts.records import Conflict, Overtaken, Refused, move, start, version_of
from interviews.models import Interview, Interviewer, InterviewEvent

# A clock on a phone may be a little ahead of ours.
PATIENCE = timedelta(minutes=10)
OLDEST = timedelta(days=5 * 365)
# "Not heard yet" within these days of the last is the same answer, pressed twice.
SAME_ANSWER = timedelta(days=6)
FARTHEST = timedelta(days=2 * 365)
AT_ONCE = 500

EDITABLE = frozenset(
    {
        "company",
        "role_title",
        "zone",
        "country",
        "starts_wall",
        "ends_wall",
        "decision_on",
        "decision_time",
        "contact_prohibited",
        "one_note_to_panel",
        "previous",
        "notes",
        "went_well",
        "invitation_uid",
        "invitation_sequence",
    }
)


@transaction.atomic
def log_interview(*, candidate, by, now=None, **fields):
    """A new interview of `candidate`; without `ends_wall` it has ended just now. It is shared if her engagement says so.

    `fields` are those of `new_interview`. Raises Refused, naming the field, for times that cannot be.
    """
    interview = new_interview(candidate=candidate, now=now, **fields)
    interview.shared_with_coach = _sharing(candidate).exists()
    with _one_per_invitation():
        return start(interview, by=by)


@transaction.atomic
def log_many(rows, *, by):
    """Save many new interviews of one candidate, each with its people (`new_interview`, `new_interviewer`), by few statements."""
    interviews = [interview for interview, _people in rows]
    agreed = _sharing(interviews[0].candidate).values_list("candidate_agreed_at", flat=True) if rows else ()
    since = min(agreed, default=None)
    for interview, people in rows:
        # What was before she began to work with her coach stays private, however late it is written down.
        interview.shared_with_coach = since is not None and interview.ends_at >= since
        interview.found_by = interview.words_to_find([person.name for person in people])
    Interview.objects.bulk_create(interviews, batch_size=AT_ONCE)
    events = []
    for interview in interviews:
        states = ["", interview.status]
        if interview.status not in (Interview.Status.PLANNED, Interview.Status.HELD):
            states.insert(1, Interview.Status.PLANNED)
        events += [InterviewEvent(subject=interview, old=old, new=new, by=by) for old, new in pairwise(states)]
    InterviewEvent.objects.bulk_create(events, batch_size=AT_ONCE)
    for interview, people in rows:
        for person in people:
            person.interview = interview
    Interviewer.objects.bulk_create([person for _one, people in rows for person in people], batch_size=AT_ONCE)
    return interviews


def _sharing(candidate):
    return Engagement.objects.active().filter(candidate=candidate, share_new_interviews=True)


def new_interview(*, candidate, company, ends_wall=None, zone="", planned=False, now=None, **fields):
    """An interview as it would be logged, checked but not saved. `fields` are those of `EDITABLE`."""
    now = now or timezone.now()
    zone = zone or candidate.zone
    status = Interview.Status.PLANNED if planned else Interview.Status.HELD
    interview = Interview(candidate=candidate, company=company, zone=zone, status=status)
    _check_zone(zone)
    interview.ends_wall = ends_wall or when.to_wall(now, zone).replace(second=0, microsecond=0)
    _assign(interview, fields)
    _derive(interview, now)
    _check(interview)
    return interview


def version_of_interview(interview, names):
    """Names what these fields say now, for a page to bring back."""
    return version_of([getattr(interview, "previous_id" if name == "previous" else name) for name in sorted(names)])


@transaction.atomic
def edit_interview(interview, *, by, seen="", now=None, **fields):
    """Change facts and derive the instants anew. What follows from that is the caller's (`followups.services.interviews`).

    `seen` is the version of these fields that stood on her page: if another window has changed them since, nothing is kept
    and Overtaken raised.
    """
    now = now or timezone.now()
    interview = locked(interview)
    stood = version_of_interview(interview, fields)
    _assign(interview, fields)
    # The same change sent twice is no other one.
    if seen and seen != stood != version_of_interview(interview, fields):
        raise Overtaken
    _check_zone(interview.zone)
    _derive(interview, now)
    _check(interview)
    with _one_per_invitation():
        interview.save()
    return interview


@contextmanager
def _one_per_invitation():
    """Two windows that save one invitation: the second is told."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "interview_one_per_invitation" not in str(error):
            raise
        raise Conflict(_("You have logged this invitation already, perhaps in another window.")) from None


def _assign(interview, fields):
    unknown = set(fields) - EDITABLE
    if unknown:
        raise TypeError(f"an interview has no {', '.join(sorted(unknown))} to edit")
    for name, value in fields.items():
        setattr(interview, name, value)
    previous = interview.previous
    if previous and (previous.candidate_id != interview.candidate_id or _is_round_of(previous, interview)):
        raise Refused(_("Choose one of your earlier interviews."), field="previous")


def _is_round_of(previous, interview):
    """Whether `interview` would become its own earlier round."""
    seen = set()
    while previous and previous.pk not in seen:
        if interview.pk and previous.pk == interview.pk:
            return True
        seen.add(previous.pk)
        previous = previous.previous
    return False


def _check_zone(zone):
    try:
        when.get_zone(zone)
    except when.UnknownZone:
        message = _("“%(zone)s” is not a time zone we know. Try a city, such as Africa/Nairobi.") % {"zone": zone[:60]}
        raise Refused(message, field="zone") from None


def _instant(wall, zone, field):
    try:
        return when.to_instant(wall, zone)
    except ValueError:
        raise Refused(_("This date cannot be right."), field=field) from None


def _derive(interview, now):
    """Instants from wall times, and everything about them that cannot be."""
    interview.ends_at = _instant(interview.ends_wall, interview.zone, "ends_wall")
    interview.starts_at = (
        _instant(interview.starts_wall, interview.zone, "starts_wall") if interview.starts_wall else None
    )
    if interview.starts_at and interview.ends_at <= interview.starts_at:
        raise Refused(_("The interview ends before it starts."), field="ends_wall")
    if interview.starts_at and interview.ends_at - interview.starts_at > timedelta(days=3):
        raise Refused(_("That is a very long interview. Is the day right?"), field="ends_wall")
    if not now - OLDEST < interview.ends_at < now + FARTHEST:
        raise Refused(_("This date cannot be right."), field="ends_wall")
    if interview.status == Interview.Status.HELD and interview.ends_at > now + PATIENCE:
        raise Refused(_("That is still to come. Log it as planned, and come back when it is over."), field="ends_wall")
    _check_decision(interview, now)


def _check_decision(interview, now):
    if interview.decision_time and not interview.decision_on:
        raise Refused(_("Which day is that?"), field="decision_on")
    if not interview.decision_on:
        return
    on, end = interview.decision_on, interview.ends_wall
    moment = datetime.combine(on, interview.decision_time) if interview.decision_time else None
    if on < end.date() or (moment and moment <= end):
        raise Refused(_("They cannot decide before the interview is over."), field="decision_on")
    if on > (now + FARTHEST).date():
        raise Refused(_("This date cannot be right."), field="decision_on")


def _check(interview):
    try:
        # Who she is was checked by whoever let her in; asking the database for each row of a long list takes its time.
        interview.full_clean(exclude={"candidate"}, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=field) from None


@transaction.atomic
def hold_interview(interview, *, by, now=None):
    """It has taken place. One that was to end later ended now."""
    now = now or timezone.now()
    fields = {}
    if interview.ends_at > now:
        wall = when.to_wall(now, interview.zone).replace(second=0, microsecond=0)
        fields = {"ends_wall": wall, "ends_at": when.to_instant(wall, interview.zone)}
        if interview.starts_wall and interview.starts_wall >= wall:
            fields |= {"starts_wall": None, "starts_at": None}
    return move(interview, Interview.Status.HELD, by=by, **fields)


def cancel_interview(interview, *, by):
    return move(interview, Interview.Status.CANCELLED, by=by)


def miss_interview(interview, *, by):
    return move(interview, Interview.Status.MISSED, by=by)


def plan_again(interview, *, by):
    """A cancelled or missed one has a new appointment; its time is edited afterwards."""
    return move(interview, Interview.Status.PLANNED, by=by)


@transaction.atomic
def record_outcome(interview, outcome, *, by, now=None):
    """What the employer decided; `none` takes it back."""
    if interview.status != Interview.Status.HELD:
        raise Refused(_("This interview has not taken place."), field="outcome")
    if outcome not in Interview.Outcome.values:
        raise Refused(_("Choose one of the answers."), field="outcome")
    known = outcome != Interview.Outcome.NONE
    Interview.objects.filter(pk=interview.pk).update(
        outcome=outcome, outcome_at=(now or timezone.now()) if known else None, updated_at=timezone.now()
    )
    interview.refresh_from_db()
    return interview


@transaction.atomic
def not_heard_yet(interview, *, by, now=None):
    """She has heard nothing. Asked once more a week later; said again after that, it is not asked any more."""
    now = now or timezone.now()
    _check_undecided(interview)
    said = interview.not_heard_at
    if said is None:
        return _keep(interview, not_heard_at=now)
    return _keep(interview, ask_outcome=False) if now - said > SAME_ANSWER else interview


@transaction.atomic
def stop_asking(interview, *, by):
    """She does not want to be asked how it ended. Whenever she likes she can still say it."""
    _check_undecided(interview)
    return _keep(interview, ask_outcome=False)


def _check_undecided(interview):
    if interview.status != Interview.Status.HELD:
        raise Refused(_("This interview has not taken place."), field="outcome")
    if interview.outcome != Interview.Outcome.NONE:
        raise Conflict(_("You have told us already: %(outcome)s.") % {"outcome": interview.get_outcome_display()})


def _keep(interview, **fields):
    Interview.objects.filter(pk=interview.pk).update(updated_at=timezone.now(), **fields)
    interview.refresh_from_db()
    return interview


def share(interview, *, by):
    return _set_shared(interview, True)


def unshare(interview, *, by):
    """Sight ends with this commit."""
    return _set_shared(interview, False)


def _set_shared(interview, shared):
    Interview.objects.filter(pk=interview.pk).update(shared_with_coach=shared, updated_at=timezone.now())
    interview.refresh_from_db()
    return interview


def record_read(interview, *, by, now=None):
    """Keep, once an hour, that somebody other than its owner read an interview."""
    record_reads([interview], by=by, now=now)


def record_reads(interviews, *, by, now=None):
    """The same for a page that shows several."""
    record_reads_of(
        {interview.public_id for interview in interviews if interview.candidate_id != by.pk}, by=by, now=now
    )


def record_reads_of(others, *, by, now=None):
    """The same for a page that knows their public ids only; none of them is the reader's own."""
    if not others:
        return
    since = (now or timezone.now()) - timedelta(hours=1)
    entry = {"verb": "read", "subject_type": "interview", "by": by}
    told = AuditEntry.objects.filter(**entry, subject_id__in=others, at__gt=since).values_list("subject_id", flat=True)
    AuditEntry.objects.bulk_create(AuditEntry(subject_id=one, **entry) for one in others - set(told))


def mark_closed(interview, *, at):
    """Nothing about it needs her any more (`at`), or something does again (None)."""
    Interview.objects.filter(pk=interview.pk).update(closed_at=at)
    interview.closed_at = at
    return interview


@transaction.atomic
def find_by_people(interview):
    """Let the search find it by whoever was there. Called last: letters are held before their interview, never after."""
    row = locked(interview)
    words = row.words_to_find()
    if words != row.found_by:
        Interview.objects.filter(pk=row.pk).update(found_by=words)


def locked(interview):
    """The interview's row, held until the transaction ends: everything that counts its mistakes goes through here."""
    row = Interview.objects.select_for_update().filter(pk=interview.pk).first()
    if row is None:
        raise Conflict(_("This interview is gone."))
    return row
