"""Tells a note that could go to anybody from one that belongs to this conversation."""

from collections.abc import Iterable, Iterator
from itertools import takewhile
from operator import itemgetter

from followups.note_check.classes import word_set
from followups.note_check.text import Sentence, Token

# Words of any thank-you note: courtesy, praise, the job as such, the calendar, small talk of applications.
_COMMON = word_set(
    """
    a able about absolutely across add advance after afternoon again ago all already also always am amazing an and any anyone anything application applicant
    applying apply appointment appreciate appreciated appreciation apologize apology apologies are around as ask asked asking at attend attended attention attributes await away back background
    be became because become been before being believe best better between big bit both brief but by call can candidate candidacy career chance chat chatting choose
    chosen colleagues come coming company confident consider consideration considering contact continue contribute contribution contributing conversation could culture
    date day days deal dear decide decision deeply definitely delighted department desire detail details did discuss discussed discussing discussion do done down
    during duties each early easy effort either else email employer employee employment encouraged end enjoy enjoyable enjoyed enough enthusiasm enthusiastic environment especially even
    evening ever every everybody everyone everything excellent excited exciting experience experienced expertise explain explained explaining express extend extra fact family fantastic far feel felt few
    fill find first fit follow following for forward fresh friday friendly friend from full fully further future gave get getting give given giving glad go going good got gracious grateful
    gratitude great greatly group grow growth guide had happy hard has have having hear heard hearing hello help helpful hesitate hi high hire hired hiring his honest honoured honored hope hopeful hoping hour
    how however i idea if impressed impression in include indeed inform information informative insight insights insightful inspire inspired inspiring interest interested interesting into interview
    interviewed interviewer interviewers interviewing invitation invite invited is it its itself job join joined joining just keen keep kind kindly kindness know knowledge last later learn learned learnt learning
    let life like link listen little long look looking lot love loved lovely lunch made make making manager many match matter may me meant meet meeting member members mentioned message met might
    minute minutes moment monday month more morning most much must my need needed needs new next nice no not now obliged of offer office on once one ones open opportunities opportunity
    or organisation organization other our out over overall own panel part particular particularly passion passionate people perfect perhaps person personally phone place please
    pleased pleasure plus position positive possible post potential present privilege prior process professional professionalism proud provide provided put qualification qualifications qualified qualities question questions quick
    quickly quite rather reach read ready really recent recently recruiter recruiting recruitment regarding regards reiterate reply request requirements respond response responsibilities
    right role room round same saturday say schedule see seeing selected send sense sharing share shared she short should show sincere sincerely sir skill skills skillset so some someone something soon speak
    speaking spend spending spent spoke staff start still strengthen strengthened strength strengths strong stronger stuff subject success successful such suit suitable sunday super sure take taken taking talk talked talking talent talents team
    than thank thanks that the their them then there these they thing things think this thorough those thought thoughtful thoughts through thrilled thursday time to today together told tomorrow
    too took tour tremendous true truly try tuesday two under understand understanding unique until up upon us use useful vacancy valuable value values very via vision visit wait want wanted warm was way we wednesday
    week weeks weekend welcome welcoming well went were what when where which while who whole why will wish wished with within without wonderful word work worked working world would write writing year years
    yes yesterday yet you your yours yourself thankful asante sana kwa wako muda shukran merci danke cheers ta qq , 's madam maam mr mrs ms dr prof
    hereby undersigned esteemed reputed prestigious organisation firm institution respected humbly blessed god bless hardworking dedicated diligent motivated self dynamic fast learner player asset jobless unemployed
    sorry late nervous nerves answer answers mistake mistakes performance chance second apologies inconvenience failing show scheduled reflects poorly reason son hospital hospital reschedule rescheduling missed happen
    breakfast coffee dinner zoom video online virtual onsite person recently update news status following hearing back feedback outcome result results final stage steps step ahead anytime available availability
    accept addition afraid amazing assured awesome brand committed commitment connecting continued contributed convinced delay dependable drive driven eager establishment excuse
    faithful faithfully favourable favorable flexible goal goals ground growing grateful humble ideal impact incredible individual journey leader leadership leading letter loyal mission outfit
    outstanding possibility possibilities profound prospects punctual quota reckon reliable remain reputable reputation resourceful responsible running success trained trustworthy
    willing energetic adaptable organised organized background backgrounds ambition ambitious chosen convinced mind
    came begin beginning tell told straight left leaving rest inviting promise promised pleasant imagine confirmed confirm internship internships coursework shout somewhere patience eleven noon immediately
    assist assistance additional anything require requires whether reference references cv resume resumes attached enclosed sending requested document documents
    """
)
_ROLE = {"role", "position", "post", "job", "vacancy", "opening", "opportunity", "internship", "place"}


def is_generic(sentences: Iterable[Sentence], topics: tuple[str, ...], company: str, role: str) -> bool:
    """Say whether nothing in these sentences belongs to this conversation: one concrete word beyond courtesy could be chance, two are not.

    What the writer tells of a mishap of her own is for the caller to leave out: it is about her, whoever reads it.
    """
    sentences = list(sentences)
    known = _words(company) | _words(role) | {word for sentence in sentences for word in _words_of_job(sentence)}
    wanted = {word for topic in topics for word in _words(topic) if word not in _COMMON and len(word) > 2} - known
    found: set[str] = set()
    for sentence in sentences:
        words = _specific_words(sentence, known)
        if words & wanted:
            return False
        found |= words
    return len(found) < 2


def _words(text: str) -> set[str]:
    return {word.strip(".,'").casefold() for word in text.split()}


def _specific_words(sentence: Sentence, known: set[str]) -> set[str]:
    """Return what is left of a sentence without courtesy, names, and the title of the job."""
    tokens = sentence.tokens
    if len(tokens) < 3:
        return set()
    is_title_of_job = _job_title(sentence)
    words = set()
    shouted = all(token.is_title for token in tokens)
    for at, token in enumerate(tokens):
        word = token.word
        if word in _COMMON or word in known or len(word) < 3 or is_title_of_job[at] or word == "link":
            continue
        if word[0].isdigit() or word.isdigit():
            continue
        if (
            token.is_title
            and not shouted
            and at > 0
            and tokens[at - 1].word
            in {
                "at",
                "with",
                "for",
                "join",
                "joining",
                "of",
                "mr",
                "ms",
                "mrs",
                "dr",
                "about",
                "from",
                "and",
                "to",
                "is",
            }
            | _seen_titles(tokens, at)
        ):
            continue
        if (
            word.removesuffix("s") in _COMMON
            or word.removesuffix("ed") in _COMMON
            or word.removesuffix("ing") in _COMMON
            or word.removesuffix("ly") in _COMMON
        ):
            continue
        words.add(word)
    return words


def _seen_titles(tokens: tuple[Token, ...], at: int) -> set[str]:
    """Return the word before if it is part of the same name."""
    before = tokens[at - 1]
    return {before.word} if before.is_title and at > 1 else set()


def _words_of_job(sentence: Sentence) -> Iterator[str]:
    """Yield the words of the title in "the role of …", which say as little elsewhere in the note."""
    words = sentence.words
    if _ROLE.isdisjoint(words):
        return
    marks = _job_title(sentence)
    for at, word in enumerate(words[:-1]):
        if word in _ROLE and words[at + 1] in {"of", "as", "for"}:
            behind = list(zip(words, marks, strict=True))[at + 2 :]
            yield from (each for each, _ in takewhile(itemgetter(1), behind) if len(each) > 2)


def _job_title(sentence: Sentence) -> list[bool]:
    """Mark the words of the job's title: before "role" back to an article, and behind "role of" or "as a"."""
    words = sentence.words
    marks = [False] * len(words)
    for at, word in enumerate(words if not _ROLE.isdisjoint(words) else ()):
        if word not in _ROLE:
            continue
        for back in range(at - 1, max(-1, at - 7), -1):
            if words[back] in {"the", "a", "an", "your", "this", "for", ",", "about"}:
                break
            marks[back] = True
        if at + 1 < len(words) and words[at + 1] in {"of", "as", "for"}:
            for ahead in range(at + 2, min(len(words), at + 8)):
                if words[ahead] in {"at", "with", ",", "in", "and", "on"}:
                    break
                marks[ahead] = True
    return marks
