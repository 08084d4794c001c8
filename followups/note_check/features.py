"""What the grammar of a sentence shows: who it is about, in which time, denied or not, and classes of words.

Only small words stand for themselves; of every other word its class counts, so that no topic is ever learned.
"""

from collections.abc import Iterator

from followups.note_check import lexicon
from followups.note_check.apology import apologises
from followups.note_check.classes import word_set
from followups.note_check.tags import CLASSES, SMALL
from followups.note_check.text import Sentence
from followups.note_check.thanks import thanks_in

_ORDER: tuple[tuple[str, frozenset[str]], ...] = (
    ("THANK", CLASSES["THANK"]),
    ("SORRY", CLASSES["SORRY"]),
    ("FAIL", lexicon.FAIL - lexicon.FAIL_ANYWHERE),
    ("BADN", lexicon.BAD_NOUN),
    ("BAD", lexicon.BAD),
    ("FAILS", lexicon.FAIL_ANYWHERE),
    ("ERR", CLASSES["ERR"]),
    ("PERF", lexicon.PERFORMANCE),
    ("FAC", lexicon.FACULTY),
    ("ABIL", lexicon.ABILITY),
    ("SAY", CLASSES["SAY"]),
    ("OMIT", CLASSES["OMIT"]),
    ("GOOD", lexicon.GOOD),
    ("PRAISE", CLASSES["PRAISE"]),
    ("LIKE", CLASSES["LIKE"]),
    ("FIX", CLASSES["FIX"]),
    ("ASK", CLASSES["ASK"]),
    ("FEEL", CLASSES["FEEL"]),
    ("REPLAY", CLASSES["REPLAY"]),
    ("REAL", CLASSES["REALIZE"]),
    ("MISHAP", CLASSES["MISHAP"]),
    ("CAUSE", CLASSES["CAUSE"]),
    ("ALIKE", CLASSES["ALIKE"]),
    ("MACH", CLASSES["MACHINE"]),
    ("KIN", CLASSES["KIN"]),
    ("PEER", CLASSES["PEERS"]),
    ("ODD", CLASSES["ODD"]),
    ("HOME", CLASSES["HOMEWARD"]),
    ("PLAN", CLASSES["PLAN"]),
    ("THINK", CLASSES["THINK"]),
    ("STRIKE", lexicon.STRIKES),
    ("DO", lexicon.PERFORM | lexicon.PREPARE),
    ("LIMIT", lexicon.LIMIT),
)
_TAGS: dict[str, tuple[str, ...]] = {}
for _name, _words in _ORDER:
    for _word in _words:
        _TAGS[_word] = (*_TAGS.get(_word, ()), _name)

_NUMBERS = word_set(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty hundred thousand million half double twice"
)
_NOT = word_set("not never no nor hardly barely scarcely neither none nothing nobody without far nowhere")
_BREAK = word_set(
    ", because although though while whereas if unless when whenever since after before until till as than that which who whom whose how what why where whether"
)
_SUBJECTS = {"i": "I", "you": "YOU", "he": "HE", "she": "HE", "they": "HE", "we": "WE", "it": "IT", "this": "IT", "that": "IT", "there": "IT", "who": "WHO", "which": "WHO"}  # fmt: skip
_DAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday earlier interview panel call exercise demo trial round"
)
_OLD = word_set(
    "ago once former formerly previous previously used younger childhood apprentice apprenticeship student school college university boy girl "
    "grew decade decades years summer winter season army navy career placement degree internship probation old ex then first back started trained learned learnt taught"
)
_AUX = word_set(
    "am is are was were be been being have has had do does did will would shall should can could may might must ought"
)
STEM = 6
"""Letters of a word that count, so that "fumbled" teaches about "fumbling" too."""
_HEADS = {"PERF", "FAC", "ABIL", "KIN", "MACH", "ERR", "ASK", "MISHAP"}


def features(sentence: Sentence, raw: str) -> list[str]:
    """Return what can be seen in one sentence, each once."""
    seen: set[str] = set()
    tags = [_primary(token.word, token.is_title and at > 0) for at, token in enumerate(sentence.tokens)]
    words = sentence.words
    seen.update(_grams(tags))
    seen.update(_clauses(words, tags))
    for word in words:
        for tag in _TAGS.get(word, ()):
            seen.add("~" + tag)
        if word not in SMALL and word.isalpha():
            seen.add("w:" + word[:STEM])
    length = len(words)
    seen.add(f"len{0 if length < 5 else 1 if length < 9 else 2 if length < 15 else 3 if length < 25 else 4}")
    if ":" in raw[:-1]:
        seen.add("colon")
    if raw[:1] in "-*•":
        seen.add("bullet")
    if sentence.is_question:
        seen.add("?")
    if apologises(sentence):
        seen.add("rule:apology")
    if thanks_in(sentence):
        seen.add("rule:thanks")
    if raw.endswith("!"):
        seen.add("!")
    has_i = not {"i", "my", "me", "mine", "myself"}.isdisjoint(words)
    has_you = not {"you", "your", "yours"}.isdisjoint(words)
    who = f"who{int(has_i)}{int(has_you)}"
    when = _when(words)
    seen.update((who, when, f"{who} {when}"))
    seen.update(f"{when} ~{name}" for name in _BLAME if "~" + name in seen)
    return sorted(seen)


def _when(words: list[str]) -> str:
    """Say whether a sentence speaks of other times, of the day of the interview, of both or neither."""
    return f"when{int(is_of_old(words))}{int(not _DAYS.isdisjoint(words))}"


def is_of_old(words: list[str]) -> bool:
    """Say whether a word or a year takes a sentence into another time of life."""
    return not _OLD.isdisjoint(words) or any(
        len(word) == 4 and word[:2] in {"19", "20"} and word.isdigit() for word in words
    )


def neighbour_features(before: list[str], after: list[str]) -> list[str]:
    """Return what the sentences on both sides show of whom and what they are about."""
    return [*("<" + cue for cue in before if cue in _SHOWN), *(">" + cue for cue in after if cue in _SHOWN)]


_BLAME = ("ERR", "FAIL", "FAILS", "BAD", "BADN", "OMIT", "MISHAP", "FEEL", "SORRY")
_SHOWN = {
    *(f"~{name}" for name in (*_BLAME, "ASK", "PRAISE", "LIKE", "PLAN", "CAUSE", "REAL", "REPLAY", "FIX", "SAY", "PERF", "HOME", "KIN")),
    *(f"who{i}{you}" for i in (0, 1) for you in (0, 1)),
    *(f"when{old}{day}" for old in (0, 1) for day in (0, 1)),
    *(f"S:{subject}" for subject in ("I", "YOU", "HE", "WE", "IT", "my:PERF", "my:FAC", "my:ABIL")),
    "rule:apology", "rule:thanks", "?", "had", "NUM", "colon",
}  # fmt: skip


def _primary(word: str, is_name: bool) -> str:
    if word in SMALL:
        return word
    if tags := _TAGS.get(word):
        return tags[0]
    if word in _NUMBERS or word[0].isdigit():
        return "NUM"
    if is_name:
        return "NAME"
    for ending in ("ed", "ing", "ly"):
        if word.endswith(ending) and len(word) > 4:
            return "_" + ending
    return "_s" if word.endswith("s") and len(word) > 3 else "_"


def _grams(tags: list[str]) -> Iterator[str]:
    padded = ["^", *tags, "$"]
    yield from padded[1:-1]
    for at in range(len(padded) - 1):
        yield padded[at] + " " + padded[at + 1]
    for at in range(len(padded) - 2):
        yield padded[at] + " " + padded[at + 1] + " " + padded[at + 2]
        if padded[at + 2][0] != "_":
            yield padded[at] + " * " + padded[at + 2]
    for at in range(len(padded) - 3):
        if padded[at][0] != "_" and padded[at + 3][0] != "_":
            yield padded[at] + " ** " + padded[at + 3]


def _clauses(words: list[str], tags: list[str]) -> Iterator[str]:
    """Yield subject, denial and class of word for every clause: "I-GOOD" for "I was not clear"."""
    subject, denied, inherited = "", False, ""
    size = len(words)
    for at, word in enumerate(words):
        if word in _BREAK:
            inherited, subject, denied = subject or inherited, "", False
        follows = words[at + 1] if at + 1 < size else ""
        if (word in _SUBJECTS and (word == "i" or follows in _AUX or (at + 2 < size and words[at + 2] in _AUX))) or (
            word in {"he", "she", "they", "we"}
        ):
            if word != "that" or follows in _AUX:
                subject, denied = _SUBJECTS[word], False
                yield f"S:{subject}"
        elif word in {"my", "your", "the", "that", "this"} and not subject:
            for ahead in range(at + 1, min(size, at + 4)):
                if tags[ahead] in _HEADS:
                    subject, denied = f"{word}:{tags[ahead]}", False
                    yield f"S:{subject}"
                    break
            else:
                subject = word.upper() if word in {"my", "your"} else "THE"
        if word in _NOT:
            denied = True
        else:
            tag = tags[at]
            if tag[0] != "_":
                yield f"{subject or ('+' + inherited)}{'-' if denied else '+'}{tag}"


def place_features(at: int, size: int) -> list[str]:
    """Return where in the note a sentence stands."""
    found = ["first"] if at == 0 else ["second"] if at == 1 else []
    return [*found, "last"] if at == size - 1 else found


_TURNS = CLASSES["LIKE"] | CLASSES["PRAISE"] | CLASSES["THANK"] | CLASSES["PLAN"]
_POINTS_BACK = word_set(
    "it that this these those they he she both there then so and but also still even since such which mine"
)
_AWAY = (
    CLASSES["LIKE"]
    | CLASSES["PRAISE"]
    | CLASSES["THANK"]
    | word_set("you your yours forward available free attach attached enclosed hope")
) - word_set("class clean careful practical")
"""Words that turn to the reader or to what comes next; a class of goods and a clean pipe are no praise."""
LINKS = 12


def turns_away(sentence: Sentence) -> bool:
    """Say whether a sentence turns to the reader, to praise, thanks, or what comes next; "more than I would like" does not."""
    if _AWAY.isdisjoint(sentence.words) and "iest " not in sentence.text:
        return False
    return any(
        (word in _AWAY and not (word == "like" and sentence.words[at - 1 : at] == ["would"]))
        or (word.endswith("iest") and word not in _TOLD)
        for at, word in enumerate(sentence.words)
    )


_OWN = word_set("i my me mine myself we our us had")
_TOLD = (
    frozenset().union(
        *(CLASSES[name] for name in ("ERR", "OMIT", "MISHAP", "CAUSE", "FEEL", "REPLAY", "SORRY", "MACHINE"))
    )
    | lexicon.BAD
    | lexicon.BAD_NOUN
    | lexicon.FAIL
)
SHORT = 7
"""Words; what is shorter leaves its subject out too often."""


def speaks_of_writer(sentence: Sentence) -> bool:
    """Say whether a sentence has the writer in it, points back, or names a mishap; talk about a mistake does."""
    words = sentence.words
    return len(words) < SHORT or words[0] in _POINTS_BACK or not (_OWN.isdisjoint(words) and _TOLD.isdisjoint(words))


_BLAMED = (
    lexicon.BAD | lexicon.BAD_NOUN | lexicon.FAIL | lexicon.FAIL_ANYWHERE | word_set("too mistakes nervousness shamed")
)
_DENIED = lexicon.GOOD | lexicon.PERFORM | lexicon.PERFORMANCE


def blames(sentence: Sentence) -> bool:
    """Say whether a sentence has a word of blame, or denies one of praise or of what one does in an interview."""
    words = sentence.words
    return not _BLAMED.isdisjoint(words) or not (_NOT.isdisjoint(words) or _DENIED.isdisjoint(words))


def tells_nothing(sentence: Sentence) -> bool:
    """Say whether no word of a sentence names a mishap, a slip or a fault."""
    return _TOLD.isdisjoint(sentence.words)


def stays(sentence: Sentence) -> bool:
    """Say whether a sentence stays with its subject: it does not turn to the reader or to praise, or it names what went wrong."""
    return not turns_away(sentence) or not (_TOLD | CLASSES["FIX"]).isdisjoint(sentence.words)


def is_foreign(sentence: Sentence) -> bool:
    """Say whether a sentence of some length has none of the small words of English, by which it could be read."""
    return len(sentence.words) > 5 and not any(word in SMALL and word != "," for word in sentence.words)


def link(sentence: Sentence, is_new: bool) -> int:
    """Return how a sentence hangs on the one before: the kinds of change of subject that the moves are learned for."""
    words = sentence.words
    if not {"you", "your", "yours"}.isdisjoint(words):
        kind = 0 if not _TURNS.isdisjoint(words) else 1
    elif not _TURNS.isdisjoint(words):
        kind = 2
    elif "had" in words:
        kind = 3
    elif words and words[0] in _POINTS_BACK:
        kind = 4
    else:
        kind = 5
    return kind + (6 if is_new else 0)
