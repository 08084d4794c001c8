"""Interviews from a calendar invitation or from one line: read here, checked by her, and only then kept."""

from contextlib import suppress

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.models import FormDraft
from accounts.records import Conflict, Refused
from followups.services import interviews as services
from interviews import services as facts
from interviews.invitation import Unreadable, read_invitation
from interviews.models import Interview
from interviews.quick_line import read_line
from interviews.services.interviews import locked


def read(raw, *, candidate, field, now=None):
    """What an invitation says, to her eyes; nothing is stored. Raises Refused at `field` for what cannot be read."""
    addresses = [candidate.email, *candidate.emailaddress_set.values_list("email", flat=True)]
    try:
        return read_invitation(
            raw, zone=candidate.zone, now=now or timezone.now(), addresses=addresses, name=candidate.name
        )
    except Unreadable as problem:
        raise Refused(_(problem.text).format(**problem.values), field=field) from None


def remarks_of(invitation):
    """Pairs of a field and a sentence: what to look at before saving."""
    return [(remark.field, _(remark.text).format(**dict(remark.values))) for remark in invitation.remarks]


def notes_of(invitation):
    """Place, links and text of an invitation as jottings. A link is text: nothing here ever follows it."""
    place = [_("Place: %(place)s") % {"place": invitation.place}] if invitation.place else []
    links = [_("Link: %(link)s") % {"link": link} for link in invitation.links]
    head = "\n".join(place + links)
    return "\n\n".join(part for part in (head, invitation.description) if part)


def people_of(invitation):
    """Those it names, as an interview can keep them: an address to which no letter can go is left out, not the person."""
    people = []
    for each in invitation.people:
        person = {"name": each.name, "email": each.email, "kind": each.kind}
        for email in {each.email: None, "": None}:
            with suppress(Refused):
                facts.new_interviewer(**person | {"email": email})
                people.append(person | {"email": email})
                break
    return people


def place_of_check(interview=None):
    """The address of the form in which an invitation is checked: of a new one, or of one she has an interview of."""
    return reverse("interview-update", args=[interview.public_id]) if interview else reverse("interview-check")


def being_checked(candidate):
    """Address and company of the invitation that she has begun to check and not saved, or None."""
    new = Q(path=place_of_check())
    update = Q(path__startswith="/interviews/", path__endswith="/invitation/") & ~Q(path="/interviews/invitation/")
    draft = FormDraft.objects.filter(new | update, user=candidate).order_by("-updated_at").first()
    return draft and {"path": draft.path, "company": draft.fields.get("company", "")[:80]}


def forget_check(interview):
    """What she began to check has become this interview, perhaps at another address than it was begun at."""
    if interview.invitation_uid:
        begun = FormDraft.objects.filter(user=interview.candidate, path=place_of_check())
        begun.filter(fields__invitation_uid=interview.invitation_uid).delete()


def differences(interview, invitation):
    """What an invitation says otherwise than the interview stored from it: triples of what, now, and then."""
    found = []
    before = when_of(interview.starts_at, interview.ends_at, interview.zone, interview.candidate)
    after = when_of(invitation.starts_at, invitation.ends_at, invitation.zone, interview.candidate)
    if (interview.starts_at, interview.ends_at) != (invitation.starts_at, invitation.ends_at):
        found.append((_("When"), before, after))
    met = {person.email.casefold() for person in interview.interviewers.all()}
    names = {person.name.casefold() for person in interview.interviewers.all()}
    new = [
        each.name
        for each in invitation.people
        if each.email.casefold() not in met and each.name.casefold() not in names
    ]
    if new:
        found.append((_("Who joins"), "", ", ".join(new)))
    fresh = [link for link in [invitation.place, *invitation.links] if link and link not in interview.notes]
    if fresh:
        found.append((_("Where"), "", ", ".join(fresh)))
    return found


def when_of(starts_at, ends_at, zone, candidate):
    """The span as she reads it, in both zones where they differ."""
    return when.print_range(starts_at or ends_at, ends_at, reader_zone=candidate.zone, event_zone=zone, translate=_)


@transaction.atomic
def log_invitation(*, candidate, by, people=(), now=None, **fields):
    """Store what she has checked: planned if it is still to come, with those people who shall be on it."""
    now = now or timezone.now()
    planned = _instant(fields["ends_wall"], fields["zone"]) > now
    interview = services.log_interview(candidate=candidate, by=by, planned=planned, now=now, **fields)
    _add_people(interview, people, by=by, now=now)
    return interview


@transaction.atomic
def take_over(interview, *, by, people=(), seen=None, now=None, **fields):
    """Change a stored interview to what an update says, as checked by her. `seen` is the `updated_at` she was shown.

    One that was called off is planned again. Raises Conflict if it was changed in the meantime.
    """
    interview = locked(interview)
    if seen is not None and interview.updated_at != seen:
        raise Conflict(
            _("This interview was changed in another window meanwhile. Look at what stands there now, then save again.")
        )
    if interview.status == Interview.Status.CANCELLED:
        services.move_interview(interview, facts.plan_again, by=by, now=now)
    interview = services.edit_interview(interview, by=by, now=now, **fields)
    _add_people(interview, people, by=by, now=now)
    return interview


def log_line(text, *, candidate, by, now=None):
    """Store one line as an interview at once; returns it and what was read. She completes it later."""
    now = now or timezone.now()
    line = read_line(text, now=when.to_wall(now, candidate.zone).replace(second=0, microsecond=0))
    if not line.company:
        raise Refused(_("Which company? Its name is enough."), field="line")
    decision_on, notes = line.decision_on, line.notes
    ends = line.ends_wall.date() if line.ends_wall else when.to_wall(now, candidate.zone).date()
    if decision_on and decision_on < ends:
        # Said of a day before the interview itself: kept as a jotting, for her to see.
        decision_on, notes = None, "\n".join(filter(None, [notes, text.strip()]))
    try:
        interview = services.log_interview(
            candidate=candidate,
            by=by,
            now=now,
            company=line.company,
            planned=line.is_planned,
            starts_wall=line.starts_wall,
            ends_wall=line.ends_wall,
            decision_on=decision_on,
            decision_time=line.decision_time if decision_on else None,
            notes=notes,
        )
    except Refused as problem:
        raise Refused(str(problem), field="line") from None
    return interview, line


def _add_people(interview, people, *, by, now):
    known = {(person.email or person.name).casefold() for person in interview.interviewers.all()}
    for person in people:
        if (person["email"] or person["name"]).casefold() not in known:
            try:
                facts.add_interviewer(interview, by=by, **person)
            except Refused as problem:
                raise Refused(f"{person['name']}: {problem}", field="people") from None
    if people:
        services.interview_changed(interview, by=by, now=now)


def _instant(wall, zone):
    try:
        return when.to_instant(wall, zone)
    except ValueError:
        raise Refused(_("This date cannot be right."), field="ends_wall") from None
