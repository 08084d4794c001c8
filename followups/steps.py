"""The one next step of an interview and of a decision, with its deadline: what every list and page shows first."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace

from django.db.models import FilteredRelation, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.addresses import address
from accounts.written import Written, among
from followups.models import RefereeBrief, ThankYouNote, TriageDecision
from followups.reminders.kinds import outcome as outcome_asked
from followups.services.closing import OUT, UNFINISHED, WAITING, asking, has_thanks, note_is_owed, note_times_of
from interviews.models import Interview, Mistake

WRITTEN = (TriageDecision.Action.THANK_YOU_NOTE, TriageDecision.Action.CORRECT_NOW)


@dataclass(frozen=True)
class Step:
    """What to do next. Without `url` nothing is to be done; `at` is the deadline or the time at which it happens by itself."""

    text: str
    url: str = ""
    label: str = ""
    at: datetime | None = None
    tone: str = ""


@dataclass(frozen=True)
class Told:
    """What the next step of an interview is told from. Each mistake comes with `stands`, the decision that does, if one does."""

    mistakes: list
    notes: list
    briefs: list


def with_steps(interviews):
    """Fetch what the next steps of these interviews are told from: four queries, however many there are."""
    mistakes = Mistake.objects.annotate(stands=STANDS).select_related("stands", "correction_plan").order_by("id")
    return interviews.select_related("candidate").prefetch_related(
        Prefetch("mistakes", mistakes),
        Prefetch("thank_you_notes", ThankYouNote.objects.order_by("id")),
        Prefetch("referee_briefs", RefereeBrief.objects.select_related("referee").order_by("id")),
    )


def told_of(interviews):
    """The same for interviews that are fetched already, as {primary key: Told}: in three queries, of what a step needs alone."""
    numbers = [interview.pk for interview in interviews]
    told = {number: Told([], [], []) for number in numbers}
    for number, pk, public_id, status, put_off_at, *decision in MISTAKES.rows(interviews=numbers):
        stands = SimpleNamespace(**dict(zip(OF_A_DECISION, decision, strict=True))) if decision[0] else None
        plan = SimpleNamespace(put_off_at=put_off_at)
        told[number].mistakes.append(
            SimpleNamespace(pk=pk, public_id=public_id, status=status, stands=stands, correction_plan=plan)
        )
    for note in NOTES.rows(interviews=numbers):
        told[note.interview_id].notes.append(note)
    for brief in BRIEFS.rows(interviews=numbers):
        told[brief.interview_id].briefs.append(brief)
    return told


STANDS = FilteredRelation("decisions", condition=Q(decisions__is_current=True))
OF_A_DECISION = ("pk", "action", "accepted_at", "act_within_hours", "created_at")
MISTAKES = Written(
    lambda interviews: Mistake.objects.filter(among("interview", interviews)).annotate(stands=STANDS).order_by("id").values_list(
        "interview", "pk", "public_id", "status", "correction_plan__put_off_at",
        *(f"stands__{name}" for name in OF_A_DECISION),
    )
)  # fmt: skip
NOTES = Written(
    lambda interviews: ThankYouNote.objects.filter(among("interview", interviews)).order_by("id").only(
        "interview", "public_id", "kind", "status", "carries", "due_at", "send_at", "failure"
    )
)  # fmt: skip
BRIEFS = Written(
    lambda interviews: (
        RefereeBrief.objects.filter(among("interview", interviews)).select_related("referee").order_by("id")
    )
)


def step_of_interview(interview, now, told=None):
    """The next step of an interview fetched by `with_steps`, or `told` of so: what has a deadline before what can wait."""
    if interview.status != Interview.Status.HELD:
        return _before(interview, now)
    if told is None:
        told = Told(
            *(list(rows.all()) for rows in (interview.mistakes, interview.thank_you_notes, interview.referee_briefs))
        )
    mistakes, notes = told.mistakes, told.notes
    return (
        _about_mistakes(interview, mistakes, notes, now)
        or _about_unsent(interview, notes, now)
        or _about_words(mistakes)
        or _about_notes(notes)
        or _about_briefs(told.briefs)
        or _about_the_end(interview, mistakes, notes, now)
    )


def _before(interview, now):
    if interview.status == Interview.Status.CANCELLED:
        return Step(_("Cancelled. Nothing to do."))
    if interview.status == Interview.Status.MISSED:
        return Step(_("Missed. Nothing to do."))
    if interview.ends_at <= now:
        url = address("interview-detail", interview.public_id)
        return Step(pgettext("interview", "Did it take place?"), url, _("Say how it was"))
    return Step(_("Nothing needs you until then."))


def _about_mistakes(interview, mistakes, notes, now):
    """Those that may want a letter: not decided yet, or decided for one and waiting for her word."""
    unfinished = next((m for m in mistakes if m.status == Mistake.Status.OPEN), None)
    if unfinished:
        url = address("mistake-questions", unfinished.public_id)
        step = Step(_("A few taps, and one thing is decided."), url, _("Go on with it"))
        return _in_time_for_the_note(step, interview, notes, now)
    live = _decided(mistakes)
    if sum(_standing(m).action == TriageDecision.Action.THANK_YOU_NOTE for m in live) > 1:
        url = address("correction-choose", interview.public_id)
        step = Step(_("Your note has room for one thing. Which?"), url, _("Choose"))
        return _in_time_for_the_note(step, interview, notes, now)
    for mistake in live:
        if _standing(mistake).accepted_at is None and act_by(_standing(mistake)):
            step = _waits_for_her_word(mistake, now)
            # The note knows best when it is due: a decision without an hour counts later in the rules than for a letter.
            is_for_note = _standing(mistake).action == TriageDecision.Action.THANK_YOU_NOTE
            return _in_time_for_the_note(step, interview, notes, now) if is_for_note else step
    return _about_a_letter(live, notes, now)


def _about_words(mistakes):
    """Decisions that may wait for her word as long as they like: nothing is sent because of them."""
    waiting = next((m for m in _decided(mistakes) if _standing(m).accepted_at is None), None)
    return waiting and _waits_for_her_word(waiting)


def _standing(mistake):
    """Django sets what a filtered relation selects only where there is a row."""
    return getattr(mistake, "stands", None)


def _decided(mistakes):
    return [mistake for mistake in mistakes if mistake.status == Mistake.Status.DECIDED and _standing(mistake)]


def _waits_for_her_word(mistake, now=None):
    """With its own deadline, if it has one; that of a letter it may not go into says nothing about it."""
    url, at = address("mistake-detail", mistake.public_id), act_by(_standing(mistake))
    return Step(_("One decision waits for your word."), url, _("Look at it"), at, _tone(at, now))


def _in_time_for_the_note(step, interview, notes, now):
    """What may still go into the thank-you note comes before it; a letter that puts a fact right has no room for it."""
    thanks = [note for note in notes if note.kind == ThankYouNote.Kind.THANK_YOU]
    dues = [note.due_at for note in thanks if note.status in ThankYouNote.EDITABLE and note.due_at]
    if not thanks and note_is_owed(interview, now):
        dues.append(note_times_of(interview, now).due_at)
    due = min(dues, default=now)
    return replace(step, at=due, tone=_tone(due, now)) if due > now else step


def _about_a_letter(live, notes, now):
    """A false statement that is to be put right and stands in no note yet. Put off, it waits without a word."""
    carried = {note.carries_id for note in notes}
    for mistake in live:
        if _standing(mistake).action != TriageDecision.Action.CORRECT_NOW or mistake.pk in carried:
            continue
        plan = getattr(mistake, "correction_plan", None)
        if plan is None or plan.put_off_at is None:
            url, at = address("mistake-put-right", mistake.public_id), act_by(_standing(mistake))
            return Step(_("One plain sentence is still to be written."), url, _("Write it"), at, _tone(at, now))
    return None


def _about_unsent(interview, notes, now):
    for note in notes:
        if note.status in UNFINISHED:
            return _unfinished(note, now)
    if not has_thanks(notes) and note_is_owed(interview, now):
        due = note_times_of(interview, now).due_at
        url = address("note-new", interview.public_id)
        return Step(_("Write your thank-you note."), url, _("Begin the note"), due, _tone(due, now))
    return None


def _about_notes(notes):
    waiting = [note for note in notes if note.status in WAITING and note.send_at]
    if waiting:
        return Step(_("Your note goes by itself."), at=min(note.send_at for note in waiting), tone="kept")
    return None


def _unfinished(note, now):
    url = address("note-detail", note.public_id)
    if note.status == ThankYouNote.Status.FAILED and note.failure == "bounced":
        return Step(_("A note came back."), url, _("See what to do"), note.due_at, "late")
    if note.status == ThankYouNote.Status.FAILED:
        return Step(_("A note did not go out."), url, _("See what to do"), note.due_at, "late")
    if note.status == ThankYouNote.Status.UNKNOWN:
        return Step(_("We can't see whether a note arrived."), url, _("Decide what to do"))
    return Step(_("Your note is not sent yet."), url, _("Finish the note"), note.due_at, _tone(note.due_at, now))


def _about_briefs(briefs):
    """What a referee is to be told, once no note is left to write."""
    for brief in asking(briefs):
        url = address("brief-detail", brief.public_id)
        name = {"name": brief.referee.name}
        if brief.status == RefereeBrief.Status.FAILED:
            return Step(_("Your letter to %(name)s did not go out.") % name, url, _("See what to do"), tone="late")
        if brief.status == RefereeBrief.Status.UNKNOWN:
            return Step(_("We can't see whether your letter to %(name)s arrived.") % name, url, _("Decide what to do"))
        if brief.status == RefereeBrief.Status.DRAFT:
            return Step(_("%(name)s does not know yet what to mention.") % name, url, _("Tell them"))
    waiting = [brief for brief in asking(briefs) if brief.status in RefereeBrief.WAITING and brief.send_at]
    if waiting:
        return Step(_("A letter to a referee goes by itself."), at=min(brief.send_at for brief in waiting), tone="kept")
    return None


def _about_the_end(interview, mistakes, notes, now):
    url = address("interview-closing", interview.public_id)
    if is_asked_how_it_ended(interview, now):
        asking = address("interview-outcome", interview.public_id)
        return Step(_("Have you heard from them?"), asking, _("Say how it ended"))
    if interview.closed_at:
        return Step(_("Closed. Nothing needs you."), url)
    if not mistakes and not notes and not interview.went_well:
        return Step(_("How did it go? Three minutes."), address("debrief", interview.public_id), _("Look back on it"))
    if any(note.status in OUT for note in notes):
        return Step(_("Your note is out."), url)
    return Step(_("Nothing needs you."), url)


def is_asked_how_it_ended(interview, now):
    """Whether the question is due: from two working days after the decision, for a week."""
    return any(one.due_at <= now < one.useless_after for one in outcome_asked(interview, now))


def _tone(due, now):
    if due is None or now is None:
        return ""
    return "late" if due <= now else "soon" if due - now < timedelta(hours=6) else ""


def act_by(decision):
    """The minute by which a decision wants something done; None if nothing waits."""
    if decision.act_within_hours is None:
        return None
    # The hours are rounded; a note due at 20:27 must not read 20:26 here.
    at = decision.created_at + timedelta(hours=decision.act_within_hours, seconds=30)
    return at.replace(second=0, microsecond=0)


def step_of_decision(decision, now):
    """One line: what acting on this decision means."""
    action = TriageDecision.Action
    lines = {
        action.LET_GO: _("Nothing to do. That is the point of it."),
        action.THANK_YOU_NOTE: _("It goes into your thank-you note, in your words."),
        action.REFEREE: _("Ask somebody who saw your work whether they would mention it if they are rung up."),
        action.PRACTICE: _("Take it up for practice if you like, alone or with a coach, or leave it behind."),
        action.CORRECT_NOW: _("Write one plain sentence to the person who needs it: today, or when you are ready."),
    }
    return lines[decision.action]
