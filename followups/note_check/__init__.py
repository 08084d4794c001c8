"""Reads a note as its recipient would, and says what to change before it goes.

Only the writer's own new text counts; quoted earlier mail is skipped. No language model and no dictionary: sentences,
who speaks in them, what is denied, and phrases as data. Work grows linearly with the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from followups.note_check import manners, names
from followups.note_check.aftermath import was_absent
from followups.note_check.messages import TEXTS
from followups.note_check.panel import is_copy
from followups.note_check.passages import Kind, Passage, passages
from followups.note_check.specifics import is_generic
from followups.note_check.text import Note, Sentence, read_note
from followups.note_check.thanks import gives_thanks_below

__all__ = ["MAX_LENGTH", "Finding", "NoteContext", "check_note", "count_sentences", "count_words"]

MAX_LENGTH = 20_000
"""Characters that are checked. A longer text is `too_long` anyway."""
MAX_WORDS, MANY_WORDS = 200, 150
MAX_CORRECTION_SENTENCES = 2
MAX_LETTER_SENTENCES = 3
DOUBT = 0.2
"""Sentences count for as much as they are surely talk about the mistake or correction; so much is left to error."""
LATE_HOURS = 48.0


@dataclass(frozen=True)
class Finding:
    """One thing to change: `start` and `end` are offsets into the text, both equal for something that is missing."""

    code: str
    severity: str
    start: int
    end: int
    message: str
    suggestion: str


@dataclass(frozen=True)
class NoteContext:
    """What is known beside the text. `panel` are the texts of the other notes; `exempt` spans a coach approved as owed."""

    kind: str = "thank_you"
    topics: tuple[str, ...] = ()
    interviewer: str = ""
    company: str = ""
    role: str = ""
    panel: tuple[str, ...] = ()
    hours_since_interview: float | None = None
    contact_prohibited: bool = False
    exempt: tuple[tuple[int, int], ...] = ()


def check_note(text: str, context: NoteContext = NoteContext()) -> list[Finding]:
    """Return what to change in the note, in the order of the text. Never raises, whatever the text."""
    note = read_note(text[:MAX_LENGTH])
    sorted_ = passages(note)
    found = [*_about_mistakes(sorted_, context), *_about_names(note, context)]
    if context.kind == "correction":
        found += _letter_length(note)
    else:
        found += _length(note, sorted_)
        found += _courtesy(note, sorted_, context)
    if context.contact_prohibited:
        found.append(_finding("contact_prohibited", 0, 0))
    if context.hours_since_interview is not None and context.hours_since_interview > LATE_HOURS:
        found.append(_finding("late", 0, 0))
    if len(text) > MAX_LENGTH:
        found.append(_finding("too_long_input", MAX_LENGTH, len(text)))
    return sorted(found, key=lambda finding: (finding.start, finding.end, finding.code))


def count_words(text: str) -> int:
    """Return the words of the own text, greeting and sign-off included."""
    return read_note(text[:MAX_LENGTH]).word_count


def count_sentences(text: str) -> int:
    """Return the sentences of the own text, without greeting and sign-off."""
    return _count(read_note(text[:MAX_LENGTH]))


def _count(note: Note) -> int:
    return sum(not sentence.is_piece for sentence in note.sentences)


def _finding(name: str, start: int, end: int) -> Finding:
    severity, message, suggestion = TEXTS[name]
    code = (
        "too_long"
        if name in {"too_long_words", "rather_long", "two_corrections"} or name.startswith("too_long_")
        else name
    )
    return Finding(code, severity, start, end, message, suggestion)


def _is_exempt(sentence: Sentence, context: NoteContext) -> bool:
    spans = context.exempt
    return bool(spans) and any(start < sentence.end and sentence.start < end for start, end in spans)


def _about_mistakes(sorted_: list[Passage], context: NoteContext) -> Iterator[Finding]:
    counted = [passage for passage in sorted_ if not _is_exempt(passage.sentence, context)]
    for passage in counted:
        if passage.is_apology:
            yield _finding("apology", passage.sentence.start, passage.sentence.end)
        if passage.is_self_deprecation:
            yield _finding("self_deprecation", passage.sentence.start, passage.sentence.end)
    mistakes = [passage for passage in counted if passage.kind is Kind.MISTAKE and not passage.sentence.is_piece]
    # What is only perhaps about the mistake has to stand near what surely is.
    near = {each.sentence.paragraph + step for each in mistakes if each.is_sure for step in (-1, 0, 1)}
    if sum(each.sentence.paragraph in near for each in mistakes) > 1:
        yield _finding("dwelling", mistakes[0].sentence.start, mistakes[-1].sentence.end)


def _about_names(note: Note, context: NoteContext) -> Iterator[Finding]:
    for start, end in names.placeholders(note):
        yield _finding("placeholder", start, end)
    if span := names.wrong_name(note, context.interviewer):
        yield _finding("wrong_name", *span)
    if span := names.wrong_company(note, context.company, context.interviewer):
        yield _finding("wrong_company", *span)


def _length(note: Note, sorted_: list[Passage]) -> Iterator[Finding]:
    words = note.word_count
    start, end = _own_span(note)
    if words > MAX_WORDS:
        yield _finding("too_long_words", start, end)
    elif words > MANY_WORDS:
        yield _finding("rather_long", start, end)
    talk = [passage for passage in sorted_ if passage.kind is not Kind.OTHER and not passage.sentence.is_piece]
    if not talk:
        return
    start, end = talk[0].sentence.start, talk[-1].sentence.end
    if sum(passage.talk for passage in talk) > MAX_CORRECTION_SENTENCES + DOUBT:
        yield _finding("too_long_correction", start, end)
    elif sum(passage.opens for passage in talk) > 1:
        yield _finding("two_corrections", start, end)


def _letter_length(note: Note) -> Iterator[Finding]:
    if _count(note) > MAX_LETTER_SENTENCES:
        yield _finding("too_long_letter", note.sentences[0].start, note.sentences[-1].end)


def _own_span(note: Note) -> tuple[int, int]:
    own = [line for line in note.lines if not line.is_blank]
    return (own[0].start, own[-1].end) if own else (0, 0)


def _courtesy(note: Note, sorted_: list[Passage], context: NoteContext) -> Iterator[Finding]:
    at = note.greeting[1]
    if not (any(passage.gives_thanks for passage in sorted_) or gives_thanks_below(note)):
        yield _finding("no_thanks", at, at)
    mistakes = [passage.sentence for passage in sorted_ if passage.kind is Kind.MISTAKE]
    # Whoever was not there has nothing of the conversation to tell; what kept her away is not of it.
    told = mistakes if any(map(was_absent, mistakes)) else []
    telling = [each for each in note.sentences if each not in told]
    if is_generic(telling, context.topics, context.company, context.role):
        yield _finding("generic", at, at)
    if context.panel and is_copy(note.text, context.panel):
        yield _finding("copy_paste", *_own_span(note))
    for code, phrases in (
        ("pressure", manners.PRESSURE),
        ("gift", manners.GIFT),
        ("bad_mouthing", manners.BAD_MOUTHING),
    ):
        for sentence in note.sentences:
            if phrases.search(sentence.text, sentence.keys):
                yield _finding(code, sentence.start, sentence.end)
