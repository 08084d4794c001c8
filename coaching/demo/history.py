"""What the people of the demo world did, told through the services with the clock of that hour."""

import uuid
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from accounts import when
from accounts.models import User
from accounts.records import Conflict, Refused, move
from coaching.models import Booking, MockSlot, WaitlistEntry
from coaching.services import absences, attendance, bookings, changes, reviews, session_notes, session_reports, waitlist
from coaching.services.agenda import agenda_for
from coaching.services.slots import create_slot
from coaching.waitlist import KEPT
from followups import briefing
from followups.models import OutboundEmail
from followups.outbox import rows
from followups.services import briefs, debrief, decisions, notes, rehearsals
from followups.services import interviews as interviews_service
from interviews.models import Mistake
from interviews.services.mistakes import ANSWERS

# What becomes of yesterday's note, in turn; the first belongs to the person most visitors enter as.
YESTERDAY = (
    "review",
    "scheduled",
    "draft",
    "review",
    "failed",
    "review",
    "unknown",
    "scheduled",
    "own mailbox",
    "review",
)
REFEREES_TOLD = ("happy", "", "own phone", "", "", "not_this_one", "", "own phone")
PAST = ("sent", "own mailbox", "sent", "skipped")
QUESTIONS = (
    "Is this too much, or just right?",
    "I keep wanting to explain why. Should I?",
    "Would you let the second one go as well?",
    "Does the last sentence sound stiff to you?",
)
PLANNED_NOTES = "Reception on the second floor, ask for the meeting room. https://meet.example/second-floor"
PRACTICE_NOTES = {
    "situation": "In my first job, the week before the yearly report.",
    "task": "Mine was to have the figures right by Friday.",
    "action": "I asked each team for three numbers, and checked them twice.",
    "result": "It went out on Thursday, and nobody sent it back.",
}
SESSION_NOTES = "Say what it was about first. Water beside me, and count to two before the hard one."
REPORT = {
    "worked": "You began with the result, and everything after it had a place.",
    "change": "Stop when the story has ended: the last half minute explained what they had already understood.",
    "scores": {"structure": 3, "relevance": 4, "evidence": 3, "delivery": 2, "recovery": 3},
}
CODES = {"sent": 250, "failed": 550}


@contextmanager
def clock_at(moment):
    """Rows written inside carry that hour, as they would if it had been told then: their `created_at` has no argument."""
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real


def tell(candidate, coach, interviews, trade, index, now):
    """The three evenings of one candidate that have been, the latest last."""
    _past(candidate, interviews["past"], trade, index)
    _yesterday(candidate, coach, interviews["yesterday"], trade, index, now)
    _referee(candidate, interviews, trade, index, now)
    _fresh(candidate, interviews["fresh"], trade, index)
    _practises(candidate, now)
    interviews["planned"].notes = PLANNED_NOTES
    interviews["planned"].save(update_fields=["notes"])
    interviews_service.interview_changed(interviews["planned"], by=candidate, now=now)


def _slip(interview, slip, now):
    """Log one mistake with every question answered: what the story does not say, she is not sure about."""
    unsure = dict.fromkeys(ANSWERS) | {"noticed": "", "settled_in_the_room": "", "relied_on": ""}
    words = {"beyond_words": True} if not slip.correction else {"correction": slip.correction}
    return debrief.log_mistake(
        interview,
        by=interview.candidate,
        now=now,
        kind=slip.kind,
        text=slip.text,
        topic=slip.topic,
        **{**unsure, **words, **slip.answers},
    )


def _accept(mistake, now, *, practise=False):
    mistake.refresh_from_db()
    decision = decisions.current_decision(mistake)
    if decision and mistake.status == Mistake.Status.DECIDED:
        decisions.accept(decision, by=mistake.interview.candidate, take_lesson=practise, now=now)


def _note(interview, trade, mistake, now):
    person = interview.interviewers.first()
    note = notes.draft_note(interview, interviewer=person, by=interview.candidate, now=now)
    carried = mistake if mistake and decisions.current_decision(mistake).action == "thank_you_note" else None
    first = person.name.split()[0]
    addition = f" When we spoke about {carried.topic}, one thing I would add: {carried.correction}" if carried else ""
    body = (
        f"Dear {first},\n\nThank you for the conversation about the {trade.role.lower()} role. I keep thinking of {trade.stayed}."
        f"{addition}\n\nKind regards,\n{interview.candidate.name}"
    )
    return notes.edit_note(note, by=interview.candidate, body=body, stayed_with_me=trade.stayed, now=now)


def _schedule(note, at, now):
    zone = note.interview.zone
    return notes.schedule_note(
        note,
        send_wall=when.to_wall(at, zone).replace(second=0, microsecond=0),
        send_zone=zone,
        by=note.candidate,
        despite_findings=True,
        now=now,
    )


def _hand_over(note, end, at):
    """Play the mail server's part for a letter of the past."""
    row = OutboundEmail.objects.get(subject_id=note.public_id, status="queued")
    rows.move(row, "claimed", at=at, claim_id=uuid.uuid4(), lease_until=at + timedelta(minutes=2))
    rows.move(row, "handing_over", at=at, handed_over_at=at)
    fields = {"sent_at": at} if end == "sent" else {"error": "550 at rcpt" if end == "failed" else "line lost"}
    rows.move(
        row, end, at=at, finished_at=at, stage="accepted" if end == "sent" else "dot", code=CODES.get(end), **fields
    )
    note.refresh_from_db()


def _practises(candidate, now):
    """Who took something up has four lines for it, and has said it aloud once."""
    for lesson in candidate.lessons.open()[:1]:
        rehearsals.keep_rehearsal(lesson, by=candidate, **PRACTICE_NOTES)
        with clock_at(now - timedelta(hours=20)):
            rehearsals.record_attempt(lesson, by=candidate, result="better")


def _past(candidate, interview, trade, index):
    evening = interview.ends_at + timedelta(hours=2)
    first, second, *rest = trade.slips
    what = PAST[index % len(PAST)]
    at = interview.ends_at + timedelta(hours=16)
    with clock_at(evening):
        told = _slip(interview, first if index % 2 else second, evening)
        _accept(told, evening, practise=index % 3 == 0)
        for slip in rest[: 1 + index % 2]:
            _accept(_slip(interview, slip, evening), evening)
        note = _note(interview, trade, told, evening)
        if what == "sent":
            _schedule(note, at, evening)
    with clock_at(at):
        if what == "sent":
            _hand_over(note, "sent", at)
        elif what == "own mailbox":
            notes.mark_sent_by_self(note, by=candidate, at=at, now=at)
        else:
            notes.skip_note(note, by=candidate, now=at)
    if index % 5 == 1:
        interviews_service.record_outcome(interview, "rejected", by=candidate, now=at + timedelta(days=2))
    elif index % 5 == 3:
        interviews_service.record_outcome(interview, "next_round", by=candidate, now=at + timedelta(days=2))


def _yesterday(candidate, coach, interview, trade, index, now):
    evening = interview.ends_at + timedelta(minutes=50)
    first, second, third = trade.slips
    with clock_at(evening):
        carried = _slip(interview, first, evening)
        _slip(interview, second, evening)
        _accept(_slip(interview, third, evening), evening)
        note = _note(interview, trade, carried, evening)
    what = YESTERDAY[index % len(YESTERDAY)]
    if what == "review" and (coach is None or not interview.shared_with_coach):
        what = "scheduled"
    later = now + timedelta(hours=2 + index % 7, minutes=30)
    if what in ("scheduled", "review"):
        _schedule(note, later, now)
    if what == "review":
        _ask(interview, coach, note, index, now)
    elif what in ("failed", "unknown"):
        at = now - timedelta(hours=1)
        with clock_at(evening):
            _schedule(note, at, evening)
        with clock_at(at):
            _hand_over(note, what, at)
    elif what == "own mailbox":
        notes.mark_sent_by_self(note, by=candidate, at=now - timedelta(hours=1), now=now)


def _ask(interview, coach, note, index, now):
    review = reviews.ask_review(
        interview,
        coach=coach,
        by=interview.candidate,
        note=note,
        question=QUESTIONS[index // 3 % len(QUESTIONS)],
        now=now,
    )
    if index % 10 == 5:
        answers = {item: {"answer": "agree"} for item in review.items.all()}
        reviews.answer_review(review, by=coach, answers=answers, message="Clear and warm. Let it go as it is.", now=now)


def _referee(candidate, interviews, trade, index, now):
    """Some had a referee told what to mention, after the interview that is a while ago; one has it still before her."""
    referee, past = candidate.referees.first(), interviews["past"]
    told = past.ends_at + timedelta(hours=18)
    way = REFEREES_TOLD[index % len(REFEREES_TOLD)]
    if way and past.outcome == "none":
        with clock_at(told):
            brief = _brief(past, referee, trade, told)
            if way == "own phone":
                briefs.share_by_self(brief, by=candidate, at=told, now=told)
            else:
                wall = when.to_wall(told, candidate.zone).replace(second=0, microsecond=0)
                briefs.schedule_brief(brief, send_wall=wall, send_zone=candidate.zone, by=candidate, now=told)
        if way != "own phone":
            with clock_at(told):
                _hand_over(brief, "sent", told)
            with clock_at(told + timedelta(hours=5)):
                briefs.answer_brief(brief, way, now=told + timedelta(hours=5))
    if index == 0:
        _brief(interviews["yesterday"], candidate.referees.last(), trade, now)


def _brief(interview, referee, trade, now):
    slip = next(each for each in trade.slips if each.correction and not briefing.is_false_statement(each.kind))
    brief = briefs.draft_brief(interview, referee, by=interview.candidate, now=now)
    return briefs.edit_brief(
        brief,
        by=interview.candidate,
        skill=trade.must_haves[0],
        words=briefing.first_sentences(slip.correction),
        now=now,
    )


def _fresh(candidate, interview, trade, index):
    """This evening: some have not begun, some are in the middle of it."""
    if index % 4 == 1:
        return
    now = interview.ends_at + timedelta(minutes=20)
    with clock_at(now):
        _slip(interview, trade.slips[0], now)
        if index % 4 == 2:
            _accept(_slip(interview, trade.slips[2], now), now)
        if index % 4 == 3:
            debrief.log_mistake(interview, by=candidate, now=now, kind=trade.slips[1].kind, text=trade.slips[1].text)


def sessions(candidates, coaches, slots, cast, now):
    """Past sessions, sessions to come, and some that wait for a yes."""
    taken = 0
    for index, (who, candidate) in enumerate(zip(cast, candidates, strict=True)):
        if who.coach is None:
            continue
        coach = coaches[who.coach]
        booked = set(Booking.objects.filter(coach=coach).values_list("slot_id", flat=True))
        free = [slot for slot in slots[coach] if slot.pk not in booked]
        past = [slot for slot in free if slot.ends_at < now - timedelta(days=1)]
        ahead = [slot for slot in free if slot.starts_at > now + timedelta(hours=30)]
        if past and index % 2 == 0:
            _took_place(past[index % len(past)], candidate, coach, came=index % 8 != 6, reports=index % 4 == 0)
        if ahead and index % 3 != 2:
            slot = ahead[min(index // 2, len(ahead) - 1)]
            by = coach if index % 3 == 0 else candidate
            bookings.book(slot, candidate=candidate, by=by, agenda=candidate.lessons.open(), now=now)
            taken += 1
    _today(candidates[1], coaches[0], now)
    _close_old(now)
    return taken


def away(coach, admin, now):
    """A coach is on leave from the day after tomorrow on, for ten days; whoever had booked has been offered another place."""
    today = when.to_wall(now, coach.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    span = {"from_wall": today + timedelta(days=2), "until_wall": today + timedelta(days=12)}
    absence = absences.plan(coach, zone=coach.zone, by=admin, now=now, **span)
    if absence.status == absence.Status.WAITING:
        changes.send_now(absence.change, by=admin, now=now)


def _today(candidate, coach, now):
    """One session is always still to come tonight, so that a coach's home has one."""
    begin = (now + timedelta(hours=2)).replace(minute=30, second=0, microsecond=0)
    for other in MockSlot.objects.filter(
        coach=coach, status="open", starts_at__lt=begin + timedelta(hours=1), blocked_until__gt=begin
    ):
        move(other, MockSlot.Status.WITHDRAWN, by=coach)
    admin = User.objects.filter(is_admin=True).earliest("id")
    slot = create_slot(
        coach=coach, zone=coach.zone, starts_wall=when.to_wall(begin, coach.zone), by=admin, place="Video call", now=now
    )
    yesterday = now - timedelta(days=1)
    with clock_at(yesterday):
        bookings.book(slot, candidate=candidate, by=candidate, agenda=candidate.lessons.open(), now=yesterday)


def _took_place(slot, candidate, coach, *, came, reports):
    booked = slot.starts_at - timedelta(days=2)
    try:
        with clock_at(booked):
            booking = bookings.book(
                slot, candidate=candidate, by=candidate, agenda=candidate.lessons.open(), now=booked
            )
    except (Conflict, Refused):
        return
    with clock_at(slot.ends_at):
        attendance.say(booking, by=coach, said="took_place" if came else "candidate_missed", now=slot.ends_at)
        session_notes.keep_note(booking, by=candidate, text=SESSION_NOTES)
        if came and reports:
            results = dict.fromkeys(agenda_for(booking, coach, slot.ends_at), "practised")
            session_reports.send_report(booking, by=coach, results=results, now=slot.ends_at, **REPORT)


def waiting(candidates, coach, now):
    """Some wait for a slot, the first candidate among them, and for one of the others one is being kept."""
    today = now.date()
    for index, candidate in enumerate(candidates):
        if index % 3 in (0, 2) and index < 16:
            since = now - timedelta(hours=5 * index + 3)
            with clock_at(since):
                waitlist.join(candidate, by=candidate, first_on=today, last_on=today + timedelta(days=20), now=since)
    entry = WaitlistEntry.objects.get(candidate=candidates[2])
    begin = (now + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    slot = MockSlot.objects.free(now).filter(coach=coach, starts_at__gt=begin).order_by("starts_at").first()
    bookings.keep(slot, entry=entry, until=now + KEPT, now=now)


def _close_old(now):
    for slot in MockSlot.objects.filter(ends_at__lt=now, status=MockSlot.Status.OPEN):
        move(slot, MockSlot.Status.DONE)


def quieten(spoken_to, now):
    """Nobody wants a hundred mails about things that happened before the demo began: only those to the three known people go."""
    waiting = OutboundEmail.objects.filter(status="queued", to_third_party=False).exclude(
        recipient__email__in=spoken_to
    )
    for row in waiting:
        rows.move(row, "cancelled", at=now, reason="demo")
