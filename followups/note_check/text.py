"""A note taken apart: greeting, sentences and sign-off of the writer's own text, each with its place in the note."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_letters
from typing import NamedTuple

from followups.note_check.classes import word_set
from followups.note_check.mail import Line, own_lines
from followups.note_check.markup import without_markup
from followups.note_check.phrases import KEY
from followups.note_check.words import INVISIBLE, PARTICIPLES, normal_words

MAX_WORDS = 120
"""A longer sentence is taken in pieces, so that no pattern meets an unbounded text."""

_TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}+@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4})"
    rf"|(?P<word>[^\W_](?:[^\W_]|[{INVISIBLE}\u0300-\u036f\u0900-\u097f]|['’‘ʼ`](?=[^\W_]))*)"
    r"|(?P<pause>[,;:()\[\]–—…]|--|\s-\s)|(?P<and>&)|(?P<quote>[\"“”„«»])"
)
# From the first sign of a row only, and at once: a note that is a row of full stops would be tried from each of them.
_EMOJI = "\u2600-\u27bf\ufe0f\U0001f300-\U0001faff"
_SENTENCE_END = re.compile(
    r"(?<![.!?…。！？])[.!?…。！？]++[)\"'”’»\]*_]*+(?=\s|$)|(?<=[a-z]{2})[.!?](?=[A-Z][a-z ])"
    rf"|(?<![{_EMOJI}])[{_EMOJI}]++(?=\s+[A-Z][a-z ])"
)
_ABBREVIATIONS = word_set(
    "mr mrs ms dr prof rev fr sr jr st hon eng bi bw smt shri messrs no nos vs approx e.g i.e eg ie etc dept dist rs fig tel ext co ltd inc "
    "a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec"
)
_BY_END = {
    end: [word for word in _ABBREVIATIONS if word.endswith(end)] for end in {word[-2:] for word in _ABBREVIATIONS}
}
_LETTERS = frozenset(ascii_letters + "İıſ\u212a")  # what counts as one of these where case does not
_COUNTED = tuple(
    word_set("class grade form year section block room part option plan group level ward hall wing gate unit line bay")
)
"""A letter that counts something ("Class V.") is no initial."""
_MYSELF = re.compile(r"(?:n['’]t|\b(?:am|was|do|did|have|had|can|could|will|would|should|than|as|nor|so|and)) I\.$")
"""Nor is the writer ("didn't I.")."""
_HOUR = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_BEGINS = re.compile(r"\s+(?:I|My|We|You|It|The|This|That|There|He|She|They|And|But|So|Thanks?|Then)\b")
"""After "at 7 p.m." only the next word tells whether a sentence ends there."""
_GREETING = re.compile(
    r"\s*(?:dear|hi|hiya|hello|hey|hallo|habari|jambo|hujambo|shikamoo|salaam|salam|assalam\w*|as-salam\w*|namaste|namaskar"
    r"|good\s+(?:morning|afternoon|evening|day)|morning|afternoon|evening|greetings|to\s+whom|respected|mwalimu|mpendwa"
    r"|bonjour|guten\s+tag|hola|ciao|niaje|sasa|mambo)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:(?:(?:with|my|very|kind(?:est)?|best|warm(?:est)?|many|sincere|all|again|once|more|and|yours|most|much|to|you"
    r"|the|every)\s+){0,4}"
    r"(?:regards|wishes|sincerely|faithfully|truly|cordially|respectfully|best|cheers|thanks?(?:\s+(?:you|again|so|very|much"
    r"|a\s+lot|a\s+million|once)){0,3}|thank\s+you(?:\s+(?:again|so|very|much|once|more)){0,4}|asante(?:ni)?(?:\s+sana)?"
    r"|love|yours|take\s+care|gratefully|warmly|good\s+wishes|the\s+best|diolch|shukran|merci|gracias|danke|ta|salaams?"
    r"|blessings|wasalaam|happy\s+\w+|namaste|all)(?:\s+(?:and\s+)?(?:regards|yours|wishes|again|truly|sincerely"
    r"|faithfully|best|from|always|kindly|day)){0,3})\s*+[,.!–-]*+\s*$",
    re.IGNORECASE,
)
_RUNS_ON = re.compile(
    r" (?=(?:many thanks|thanks|thank you|thx|thanx|tysm|cheers for|ta for|so sorry|sorry|apologies|forgive|i)\b)",
    re.IGNORECASE,
)
_SAID = word_set("thank thanks sorry apologies asante nashukuru merci danke gracias")
_GREETING_END = re.compile(r"[,:;!.?](?=\s|$)|\s[–—-]+(?=\s)")
_WRITTEN = re.compile(r"[^\W\d_]+")
_POSTSCRIPT = re.compile(r"\s*p\.?\s?s\.?\s?s?\b", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-*•·–◦]|\d{1,2}[.)])\s")
_QUOTED = re.compile(r"“[^”“]{0,300}”|\"[^\"]{0,300}\"|«[^»«]{0,300}»|„[^“”„]{0,300}[“”]")

_APOSTROPHES = "'’‘ʼ`"
_BETWEEN = word_set(
    "not never just only already always also still even ever once really actually simply completely clearly"
)
_NO_PARTICIPLES = word_set("need feed speed proceed succeed exceed bleed breed heed weed embed seed")

_SMALL = frozenset(
    ["i", "you", "the", "a", "for", "to", "my", "sorry", "is", "am", "was", "thanks", "thank", "apologies", "me"]
)


class Token(NamedTuple):
    """One plain word (or "," for a pause, "qq" for a quotation, "link") and the place of its original."""

    word: str
    start: int
    end: int
    is_title: bool = False


class Sentence:
    """A sentence: its place, its plain words, and `text` (" word word , word ") for patterns. Never changed once made.

    By hand: a note of 20,000 characters may have 5,000 of them, and a frozen dataclass takes three times as long to make.
    """

    __slots__ = ("end", "is_piece", "is_question", "keys", "paragraph", "start", "text", "tokens", "words")

    def __init__(
        self,
        start: int,
        end: int,
        tokens: tuple[Token, ...],
        paragraph: int,
        is_question: bool = False,
        is_piece: bool = False,
    ) -> None:
        self.start, self.end, self.tokens, self.paragraph = start, end, tokens, paragraph
        self.is_question, self.is_piece = is_question, is_piece
        self.words = [token[0] for token in tokens]
        self.text = f" {' '.join(self.words)} " if tokens else " "
        self.keys = {word[:KEY] for word in self.words}


@dataclass(frozen=True)
class Note:
    """The writer's own text of a note. `sentences` are those of the body, postscript included."""

    text: str
    lines: list[Line]
    greeting: tuple[int, int]
    sentences: list[Sentence]
    closing: list[Sentence]

    @property
    def word_count(self) -> int:
        """Words of the own text, greeting and sign-off included."""
        return sum(any(c.isalnum() for c in word) for line in self.lines for word in line.text.split())


def read_note(text: str) -> Note:
    """Take a note apart. Linear in its length."""
    text = without_markup(text)
    lines = own_lines(text)
    greeting, first = _greeting(lines)
    closing_at, resume_at = _sign_off(lines, first)
    body_lines = _after(lines, first)
    sentences: list[Sentence] = []
    closing: list[Sentence] = []
    for number, paragraph in enumerate(_paragraphs(body_lines, closing_at)):
        is_closing = closing_at <= paragraph[0].start < resume_at
        (closing if is_closing else sentences).extend(_sentences(text, paragraph, number))
    return Note(text, lines, greeting, sentences, closing)


def _greeting(lines: list[Line]) -> tuple[tuple[int, int], int]:
    """Return the greeting's span and where the body begins."""
    for line in lines:
        if line.is_blank:
            continue
        if not _GREETING.match(line.text):
            short = line.text.strip()
            if short.endswith((",", ":")) and len(short.split()) <= 4:
                return (line.start, line.end), line.end
            break
        stop = _greeting_length(line.text)
        stop = _before_thanks(line.text[:stop]) or stop
        return ((line.start, line.start + stop), line.start + stop) if stop else ((0, 0), 0)
    return (0, 0), 0


def _greeting_length(line: str) -> int:
    """Return how much of the line is greeting, up to its first pause; 0 if it runs on like a sentence."""
    head = line[:90]
    if (runs_on := _RUNS_ON.search(head)) and not _GREETING_END.search(head[: runs_on.start()]):
        return runs_on.end() if len(head[: runs_on.end()].split()) <= 5 else 0
    for found in _GREETING_END.finditer(head):
        if found.group() == "." and _is_abbreviated(head[: found.end()]):
            continue
        return found.end() if len(head[: found.end()].split()) <= 9 else 0
    return len(line) if len(line) < 60 and len(line.split()) <= 7 else 0


def _before_thanks(greeting: str) -> int:
    """Return where thanks begin, however they are spelled ("hi thnak you so much"): from there it is no greeting. A last word is a name."""
    words = list(_WRITTEN.finditer(greeting))
    for word, follows in pairwise(words[1:]):
        if follows.group()[0].islower() and not _SAID.isdisjoint(normal_words(word.group())):
            return word.start()
    return 0


def _after(lines: list[Line], start: int) -> list[Line]:
    kept = []
    for line in lines:
        if line.end <= start:
            continue
        cut = max(0, start - line.start)
        kept.append(Line(line.start + cut, line.end, line.text[cut:]) if cut and line.text else line)
    return kept


def _sign_off(lines: list[Line], first: int) -> tuple[int, int]:
    """Return where the sign-off starts and ends: a closing phrase with the short lines below it, or a lone name."""
    filled = [line for line in lines if not line.is_blank and line.start >= first]
    for index in range(len(filled) - 1, -1, -1):
        line = filled[index]
        if len(line.text) <= 60 and _CLOSING.match(line.text):
            end = line.end
            for below in filled[index + 1 : index + 6]:
                if len(below.text.split()) > 6 or _POSTSCRIPT.match(below.text) or _is_afterthought(below.text):
                    break
                end = below.end
            return line.start, end + 1
        if index < len(filled) - 12:
            break
    if filled and any(line.start < filled[-1].start and line.end > first and not line.is_blank for line in lines):
        last = filled[-1]
        if _is_name(last.text):
            above = filled[-2] if len(filled) > 1 else None
            is_closing = above is not None and above.text.rstrip().endswith(",") and _is_name(above.text)
            return above.start if above and is_closing else last.start, last.end + 1
    return len(lines) and lines[-1].end + 1, len(lines) and lines[-1].end + 1


def _is_name(text: str) -> bool:
    """Say whether a short last line is a name, or a closing of any language above it, and not one more sentence."""
    return len(text.split()) <= 4 and not text.rstrip().endswith(("!", "?")) and not _is_sentence(text)


def signs_off(sentence: Sentence, text: str) -> bool:
    """Say whether the last sentence of a note written on one line is its closing or the writer's name."""
    said = text[sentence.start : sentence.end]
    closing, _, name = said.partition(",")
    if _CLOSING.match(closing) and len(name.split()) <= 4 and all(part[:1].isupper() for part in name.split()):
        return True
    if len(said) > 60 or not _is_name(said):
        return False
    names = said.split()
    has_only_names = names[0][:1].isupper() and all(name[:1].isupper() or len(name) < 2 for name in names[1:])
    return bool(_CLOSING.match(said)) or (has_only_names and not said.endswith("."))


def _is_afterthought(text: str) -> bool:
    """Say whether a short line below the name is one more sentence of the letter."""
    return text.rstrip().endswith((".", "!")) and _is_sentence(text)


def _is_sentence(text: str) -> bool:
    """Say whether a short last line is a sentence rather than a name: it has a small common word."""
    return any(word in _SMALL for raw in text.split() for word in normal_words(raw.strip(".,!?")))


def _paragraphs(lines: list[Line], closing_at: int) -> Iterator[list[Line]]:
    """Yield runs of lines that belong together. A line break ends a run unless the text was only wrapped there."""
    run: list[Line] = []
    width = max((len(line.text) for line in lines), default=0)
    for line in lines:
        if run and (line.is_blank or line.start == closing_at or not _is_wrapped(run[-1], line, width)):
            yield run
            run = []
        if not line.is_blank:
            run.append(line)
    if run:
        yield run


def _is_wrapped(above: Line, line: Line, width: int) -> bool:
    """Say whether the text was only broken here: the line above had no room for one more word."""
    before = above.text.rstrip()
    if len(before) < 45 or len(before) + len(line.text.split(maxsplit=1)[0]) < width - 8:
        return False
    return not (
        _CLOSING.match(line.text)
        or _CLOSING.match(above.text)
        or _BULLET.match(line.text)
        or _POSTSCRIPT.match(line.text)
    )


def _sentences(text: str, paragraph: list[Line], number: int) -> Iterator[Sentence]:
    start, stop = paragraph[0].start, paragraph[-1].end
    lead = len(paragraph[0].text) - len(paragraph[0].text.lstrip())
    start += lead
    quotes = [found.span() for found in _QUOTED.finditer(text, start, stop)]
    quote = 0
    for begin, end in _spans(text, start, stop, quotes):
        while quote < len(quotes) and quotes[quote][1] <= begin:
            quote += 1
        has_quote = quote < len(quotes) and quotes[quote][0] < end
        tokens = _with_had(list(_tokens(text, begin, end, has_quote)), text)
        question = "?" in text[max(begin, end - 4) : end]
        for piece in range(0, len(tokens), MAX_WORDS):
            part = tokens[piece : piece + MAX_WORDS]
            first = begin if piece == 0 else part[0].start
            last = end if piece + MAX_WORDS >= len(tokens) else part[-1].end
            yield Sentence(first, last, tuple(part), number, question, piece > 0)


def _spans(text: str, start: int, stop: int, quotes: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    begin, quote = start, 0
    for found in _SENTENCE_END.finditer(text, start, stop):
        end = found.end()
        while quote < len(quotes) and quotes[quote][1] < end:
            quote += 1
        inside = quote < len(quotes) and quotes[quote][0] < found.start() and end <= quotes[quote][1]
        if inside and (end < quotes[quote][1] or text[end : end + 40].lstrip()[:1].islower()):
            continue
        if end < stop and found.group() == ".":
            head = text[max(begin, end - 12) : end]
            is_short = _is_abbreviated(head) and not (_is_counted(head) or _MYSELF.search(head))
            if is_short and not (_HOUR.search(head) and _BEGINS.match(text, end, stop)):
                continue
        yield begin, end
        begin = end
        while begin < stop and text[begin].isspace():
            begin += 1
    tail = text[begin:stop].rstrip()
    if tail:
        yield begin, begin + len(tail)


def _is_abbreviated(head: str) -> bool:
    """Say whether the full stop that ends this belongs to an abbreviation or an initial."""
    before = head[-3:-2]
    if head[-2:-1] in _LETTERS and (not before or before in "(." or before.isspace()):
        return True
    words = _BY_END.get(head[-3:-1].lower())
    if not words:
        return False
    head = head[:-1].lower()
    return any(head.endswith(word) and not _goes_on(head[: -len(word)][-1:]) for word in words)


def _is_counted(head: str) -> bool:
    words = head[:-3].lower()
    return (
        head[-3:-2] == " "
        and words.endswith(_COUNTED)
        and any(words.endswith(word) and not _goes_on(words[: -len(word)][-1:]) for word in _COUNTED)
    )


def _goes_on(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _tokens(text: str, start: int, stop: int, has_quote: bool) -> Iterator[Token]:
    quotes = _QUOTED.finditer(text, start, stop) if has_quote else ()
    masks = [found.span() for found in quotes if not _is_said(text, start, found)]
    mask = 0
    for found in _TOKEN.finditer(text, start, stop):
        at, end = found.span()
        if masks:
            while mask < len(masks) and masks[mask][1] <= at:
                mask += 1
            if mask < len(masks) and masks[mask][0] <= at:
                if at == masks[mask][0]:
                    yield Token("qq", at, end)
                continue
        kind = found.lastgroup
        if kind == "word":
            raw = found.group()
            is_title = raw[0].isupper()
            for word in normal_words(raw):
                yield Token(word, at, end, is_title)
        elif kind == "pause":
            if end - at > 1 or at == start or text[at - 1] != text[at]:
                yield Token(",", at, end)
        elif kind and kind != "quote":
            yield Token(kind, at, end)


def _with_had(tokens: list[Token], text: str) -> list[Token]:
    """Read "'d" as "had" where a participle follows ("I'd left it", "I'd only just been"), and as "would" elsewhere."""
    for at, token in enumerate(tokens):
        if token.word == "would" and text[token.end - 2] in _APOSTROPHES:
            after = next((each.word for each in tokens[at + 1 : at + 4] if each.word not in _BETWEEN), "")
            if after in PARTICIPLES or (after.endswith("ed") and after not in _NO_PARTICIPLES):
                tokens[at] = token._replace(word="had")
    return tokens


def _is_said(text: str, start: int, found: re.Match[str]) -> bool:
    """Say whether the quotation is what the writer says now (to say "sorry"), not somebody's words."""
    if len(found.group().split()) > 3:
        return False
    before = text[max(start, found.start() - 12) : found.start()].split()
    return bool(before) and before[-1].casefold() in {"say", "saying"}
