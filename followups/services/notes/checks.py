"""The note check with all that is known about a note, and what one click can mend."""

from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext

from followups import clock, drafting
from followups.models import ThankYouNote, TriageDecision
from followups.note_check import (
    MAX_CORRECTION_SENTENCES,
    MAX_LETTER_SENTENCES,
    NoteContext,
    check_note,
    count_sentences,
    count_words,
)
from followups.note_check.text import read_note
from followups.services.letters import normal_text
from interviews.models import Interviewer

# A sentence with one of these is better taken out; what should stand there instead, if anything, is the one addition.
REPLACED = frozenset({"apology", "self_deprecation", "dwelling"})
TAKEN_OUT = frozenset({"pressure", "gift", "bad_mouthing"})
PUT_IN = frozenset({"no_thanks", "generic"})
RENAMED = frozenset({"wrong_name", "wrong_company", "placeholder"})


@dataclass(frozen=True, slots=True)
class Mend:
    """What a click puts in the place of the words found; an empty text takes them out."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in the reader's language. `quote` is what it is about, in so many `sentences`; `mend` what one click would do."""

    code: str
    severity: str
    start: int
    end: int
    message: str
    suggestion: str
    quote: str = ""
    mend: Mend | None = None
    sentences: int = 1

    @property
    def key(self):
        """Names the finding in a form: it must still be there, at the same place, when it is applied."""
        return f"{self.code}:{self.start}:{self.end}"


def findings_of(note, now=None):
    """What to change in the note as it stands, in the order of its text."""
    text = normal_text(note.body)
    found = sorted(
        check_note(text, _context(note, text, now or timezone.now())), key=lambda each: (each.start, -each.end)
    )
    mends = _mends(note, text, found)
    return [
        ShownFinding(
            code=each.code,
            severity=each.severity,
            start=each.start,
            end=each.end,
            message=gettext(each.message),
            suggestion=gettext(each.suggestion),
            quote=_short(text[each.start : each.end]),
            mend=mends.get(place),
            sentences=count_sentences(text[each.start : each.end]) or 1,
        )
        for place, each in enumerate(found)
    ]


@dataclass(frozen=True, slots=True)
class Counts:
    """Words and sentences of the note; `addition` sentences of the one addition (a letter: all of it), `room` for so many."""

    words: int
    sentences: int
    addition: int | None
    room: int


def counts_of(note):
    """What is counted while she types. `addition` is None where the text carries none."""
    text = normal_text(note.body)
    sentences = count_sentences(text)
    if note.kind == ThankYouNote.Kind.CORRECTION:
        return Counts(count_words(text), sentences, sentences, MAX_LETTER_SENTENCES)
    span = drafting.addition_in(text, note.carries.correction if note.carries else "")
    addition = count_sentences(text[slice(*span)]) if span else None
    return Counts(count_words(text), sentences, addition, MAX_CORRECTION_SENTENCES)


def is_unsaid(note):
    """Whether a letter that is to put something right is still the bare frame, without its sentence."""
    if note.kind != ThankYouNote.Kind.CORRECTION:
        return False
    frame = drafting.correction_letter(replace(material_of(note), addition=""))
    return normal_text(note.body).split() == normal_text(frame).split()


def errors_in(findings):
    return [finding for finding in findings if finding.severity == "error"]


def mended(note, key, now=None):
    """The text with one finding mended; None if the finding is no longer there or nothing can be done by a click."""
    finding = next((found for found in findings_of(note, now) if found.key == key), None)
    if finding is None or finding.mend is None:
        return None
    text, mend = normal_text(note.body), finding.mend
    before, after = text[: mend.start], text[mend.end :]
    if not mend.text:
        before, after = before.rstrip(" "), after.lstrip(" ")
        if before.endswith("\n") or not before:
            after = after.lstrip("\n")
        elif after and not after.startswith("\n"):
            before += " "
    return before + mend.text + after


def marked(text, findings):
    """The text in pieces (words, severity or "" if nothing was found there), for a page that marks them."""
    text = normal_text(text)
    spans = [found for found in findings if found.start < found.end and not _is_whole(found, text)]
    edges = sorted({0, len(text), *(found.start for found in spans), *(min(found.end, len(text)) for found in spans)})
    pieces = []
    for start, end in pairwise(edges):
        here = {found.severity for found in spans if found.start <= start and end <= found.end}
        pieces.append((text[start:end], "error" if "error" in here else "warning" if here else ""))
    return pieces


def _is_whole(found, text):
    """Findings about the note as a whole are said, not painted over everything."""
    return found.code in ("too_long", "copy_paste") and found.end - found.start > len(text) / 2


def _context(note, text, now):
    interview, reader = note.interview, note.interviewer
    topics = [mistake.topic for mistake in interview.mistakes.all() if mistake.topic]
    return NoteContext(
        kind=note.kind,
        topics=tuple(topics),
        interviewer="" if reader and reader.kind == Interviewer.Kind.PANEL else note.to_name,
        company=interview.company,
        role=interview.role_title,
        panel=tuple(_panel(note)),
        hours_since_interview=max(0.0, clock.hours_between(interview.ends_at, now)),
        contact_prohibited=note.is_unwelcome,
        exempt=tuple(_owed(note, text)),
    )


def _panel(note):
    others = note.interview.thank_you_notes.filter(kind=ThankYouNote.Kind.THANK_YOU).exclude(pk=note.pk)
    return others.exclude(body="").exclude(status__in=["skipped", "expired"]).values_list("body", flat=True)[:10]


def _owed(note, text):
    """The sentence that a coach has approved as owed."""
    if note.carries is None:
        return
    decision = note.carries.decisions.current().first()
    if decision and decision.made == TriageDecision.Made.COACH and decision.action in ("thank_you_note", "correct_now"):
        span = drafting.find(text, note.carries.correction)
        if span:
            yield span


def _mends(note, text, found):
    """What a click can do, by place. Her addition is put in once, in the place of the first words that go."""
    mends, addition, material = {}, _missing_addition(note, text), material_of(note)
    for place, each in enumerate(found):
        if each.code in REPLACED | TAKEN_OUT and each.start < each.end:
            instead = addition if each.code in REPLACED else ""
            mends[place] = Mend(each.start, each.end, instead)
            addition = "" if instead else addition
        elif each.code == "too_long" and (cut := _cut(note, text)):
            mends[place] = cut
        elif each.code in PUT_IN and (words := _put_in(each.code, text, material)):
            mends[place] = Mend(each.start, each.end, f"\n\n{words}" if each.start else f"{words}\n\n")
        elif each.code in RENAMED and (name := _right_name(note, each, text, material)):
            mends[place] = Mend(each.start, each.end, name)
    return mends


def _cut(note, text):
    """What is beyond the sentences there is room for, in the addition or in a letter that puts something right."""
    counts = counts_of(note)
    span = (0, len(text))
    if note.kind == ThankYouNote.Kind.THANK_YOU:
        span = drafting.addition_in(text, note.carries.correction if note.carries else "")
    if span is None or counts.addition <= counts.room:
        return None
    inside = [one for one in read_note(text).sentences if span[0] <= one.start < span[1] and not one.is_piece]
    return Mend(inside[counts.room].start, inside[-1].end, "") if len(inside) > counts.room else None


def _put_in(code, text, material):
    """A line of thanks; or what stayed with her, if the note does not say it yet."""
    if code == "no_thanks":
        return drafting.thanks(material)
    return "" if drafting.find(text, material.stayed_with_me) else material.stayed_with_me.strip()


def _right_name(note, found, text, material):
    """What should stand where a name is wrong, or a place was left to be filled."""
    if found.code == "wrong_company":
        return note.interview.company
    if found.code == "wrong_name":
        return drafting.greeting(material)
    words = text[found.start : found.end].casefold()
    names = {"company": note.interview.company, "role": note.interview.role_title, "job": note.interview.role_title}
    named = next((name for word, name in names.items() if word in words), "")
    return named or (note.to_name if "name" in words else "")


def _missing_addition(note, text):
    """Her own fact, linked to what they spoke about, unless the note says it already."""
    mistake = note.carries
    if mistake is None or not mistake.correction.strip() or drafting.find(text, mistake.correction):
        return ""
    return drafting.added(material_of(note))


def material_of(note):
    """What the draft of this note is made of."""
    interview, reader = note.interview, note.interviewer
    met = interview.interviewers.filter(kind=Interviewer.Kind.INTERVIEWER).values_list("name", flat=True)
    return drafting.Material(
        reader=drafting.Reader(reader.kind if reader else "interviewer" if note.to_name else "nobody"),
        reader_name=note.to_name,
        met=tuple(met),
        writer=interview.candidate.get_full_name(),
        role=interview.role_title,
        stayed_with_me=note.stayed_with_me,
        like_them_to_know=note.like_them_to_know,
        topic=note.carries.topic if note.carries else "",
        addition=note.carries.correction if note.carries else "",
    )


def _short(words):
    return words if len(words) <= 160 else words[:150].rsplit(" ", 1)[0] + " …"
