"""Finds where the writer says sorry, or asks to be forgiven, overlooked, not judged, borne with.

Each way of saying it is read with its surroundings: who says it, whether it is denied, and what for. Sympathy, regret
about circumstances, what others said or should say, and apology as a subject are left alone.
"""

import re

from followups.note_check.classes import word_set
from followups.note_check.clauses import clause_before, is_denied
from followups.note_check.pleas import PLEAS
from followups.note_check.sorry import FILLS, SYMPATHY_THING, is_own_sorry
from followups.note_check.text import Sentence

_BEFORE, _BEHIND = 9, 14


_SPARED = re.compile(r"^(?:mr|ms|mrs|dr|him|her|them|staff) ")


_SORRY_LAST = re.compile(r" (?:and|but|so) i (?:am|m) (?:(?:so|very|really|truly|terribly|deeply) )?sorry $")
"""After what one did; "I heard of your loss, and I am sorry" has the reader in it."""


def apologises(sentence: Sentence) -> bool:
    """Say whether the writer apologises in this sentence."""
    words = sentence.words
    for at, word in enumerate(words if not _WORDS.isdisjoint(words) else ()):
        if (check := _CHECKS.get(word)) and check(_left(sentence, at), _right(sentence, at), sentence, at):
            return True
    if _SORRY_LAST.search(sentence.text) and {"you", "your"}.isdisjoint(words):
        return True
    if found := PLEAS.search(sentence.text, sentence.keys):
        if _SPARED.match(sentence.text[found.end() :]) and found.group().endswith(("excuse ", "pardon ", "forgive ")):
            return False
        before = sentence.text[: found.start()]
        return not (is_denied(before) or before.endswith(" rather ") or found.group().startswith(("rather ",)))
    return not sentence.text.isascii() and bool(_OTHER_SCRIPTS.search(sentence.text))


def _left(sentence: Sentence, at: int) -> str:
    return " " + " ".join([*sentence.words[max(0, at - _BEFORE) : at], ""])


def _right(sentence: Sentence, at: int) -> str:
    return " " + " ".join([*sentence.words[at + 1 : at + 1 + _BEHIND], ""])


_WANTING = re.compile(
    r"(?:^| )(?:i|let me|allow me|permit me|we|me|am|want|wanted|wish|wished|like|love|need|have|had|must|ought|owe|writing|write|hasten|beg|just|here"
    r"|only|fair|right|remains)(?: (?:also|again|sincerely|just|first|really|to|like|begin by|start by|once more|humbly|deeply|"
    r"profusely|truly|would|do|must|should|need|want|wish|have|had|feel|i|am|writing|so|very|can|could|may|will|shall|publicly|"
    r"wholeheartedly|personally|most|and|then|therefore|formally|fully|not|thank you|you|if|might|hereby|heartily|unreservedly))*$"
)
_STORY = re.compile(r"^ (?:[^ ]+ ){0,2}?to (?:the|a|an|our|her|his|him|them|their|every|each|customers|clients|my) ")
_FRAMED = re.compile(
    r"(?:^| )(?:how|when|whenever|where|why|who|whom|whether|what|asked|asks|if you|should you)(?: |$)"
)


_ORDERS = re.compile(
    r"^ (?:once(?! (?:again|more) )|first|early|quickly|briefly|, |and (?:then )?(?!i |my |hope |am |will )[a-z]+ )"
)
"""What anybody is told to do: "Apologise once, then mend it"."""
_MY_OWN = re.compile(r"(?:^| )(?:i|we|do|must|to|sincerely|humbly|me)(?: |$)")


def _apologize(left: str, right: str, sentence: Sentence, at: int) -> bool:
    clause = clause_before(left)
    if " enough " in right and re.search(r"(?:^| )i (?:can|could) not", clause):
        return True
    if is_denied(left) or (" not " in f" {clause} " and " enough " not in right):
        return False
    if _FRAMED.search(clause) or (sentence.words[at] == "apologized" and _STORY.match(right)):
        return False
    if sentence.words[at] == "apologize" and _ORDERS.match(right) and not _MY_OWN.search(clause):
        return False
    if sentence.words[at] == "apologizing" and not re.search(r"(?:am|be|keep|begin by|start by|by|for)$", clause):
        return False
    if all(
        word in FILLS or word in {"i", "we", "do", "to", "sincerely", "kindly", "humbly", "must", "would"}
        for word in clause.split()
    ):
        return sentence.words[at] != "apologizes"
    words = clause.split()
    subject = next(
        (w for w in reversed(words) if w in {"i", "you", "he", "she", "they", "we", "it", "him", "them", "her", "us"}),
        "",
    )
    if subject in {"you", "he", "she", "they", "him", "them", "it"} and not re.search(
        r"(?:thank you|beg you|to you|tell you)", clause
    ):
        return False
    return bool(_WANTING.search(clause)) and (subject in {"i", "we", ""} or "you" in words)


# Nobody says more adjectives, and from each word on it would be tried anew.
LONGEST_LEAD = 300
_APOLOGY_LEAD = re.compile(
    r"(?:(?:^| )(?:my|a|an|many|sincere|sincerest|deep|deepest|humble|humblest|profound|heartfelt|thousand|million|huge|big|belated"
    r"|warm|full|quick|short|brief|please|kindly|again|and|also|once more|most|very|so|with|unreserved|profuse|little|small"
    r"|genuine|honest|much|late|first|then|extreme|double|further|our|but|special|hearty|personal|ps|p|s|public|formal))*$"
)
_GIVING = re.compile(
    r"(?:^| )(?:accept|owe|offer|offering|extend|send|sending|convey|tender|make|give|express|render|pass|present|submit|add|include"
    r"|receive|take|with|beg|pass on|deserve|deserves|is|repeat)(?: (?:you|all|the|panel|to|on|both|everyone|everybody|team|him|her|them|please|this|these|here|also"
    r"|mr|ms|mrs|dr))*$"
)
_APOLOGY_TOPIC = word_set(
    "letter letters page pages note notes template templates email emails form forms culture board song songs script scripts line lines notice process policy tour desk is are was were card cards"
)
_APOLOGY_GOES_ON = {"for", "about", "that", "if", "again", "to", "in", "on", "as", "regarding", "all", "everyone", "sir", "madam", ",",
                    "i", "my", "the", "once", "from", "over", "guys", "too", "but", "this", "when", "also", "and", "are", "it"}  # fmt: skip


def _apology(left: str, right: str, sentence: Sentence, at: int) -> bool:
    clause = clause_before(left)
    if is_denied(left):
        return False
    if right.startswith((" from me ", " from my ")):
        return True
    lead = _APOLOGY_LEAD.search(clause, max(0, len(clause) - LONGEST_LEAD))
    start = lead.start() if lead else len(clause)
    head, adjectives = clause[:start].strip(), clause[start:].split()
    follows = right.split()
    if follows and follows[0] in _APOLOGY_TOPIC:
        return False
    if (
        follows
        and follows[0] not in _APOLOGY_GOES_ON
        and not {*adjectives} - {"a", "an"}
        and not re.search(r"(?:^| )(?:accept|owe) ", head + " ")
    ):
        return False
    if not head:
        return (
            bool(adjectives)
            or sentence.words[at] == "apologies"
            or (bool(follows) and follows[0] in {"for", "if", "that"})
        )
    if re.search(
        r"(?:^| )(?:you|they|he|she|who) (?:[^ ]+ )?(?:owe|owed|offer|send|make|gave|made|offered|sent)(?: |$)",
        head + " ",
    ):
        return False
    if re.search(r"(?:^| )(?:you are|your|their|his|her|'s|its)$", head):
        return False
    if re.search(r"(?:^| )(?:accept|owe)(?: [^ ]+){0,3}$", head):
        return not re.search(r"(?:^| )i (?:[^ ]+ )?accept", head)
    return "my" in adjectives or (
        bool(_GIVING.search(head)) and bool(re.search(r"(?:^| )(?:i|me|please|kindly|this)(?: |$)", head))
    )


def _foreign(left: str, right: str, sentence: Sentence, at: int) -> bool:
    before = clause_before(left).split()
    return " name " not in left[-30:] and (
        not is_denied(left)
        and not (
            before and before[-1] in {"word", "qq", "called", "name", "named", "means", "your", "you", "asking", "a"}
        )
        and not (SYMPATHY_THING.search(right))
    )


_POLE_FOR_OWN = re.compile(
    r"(?:i |, (?!you|your|kwa|for|about|to)|that (?:i|my) |(?:for|about|kwa) (?:(?:the|my|this|that|all|any|a|some|such) ){0,2}(?:[a-z]+ )?"
    r"(?:(?!morning|evening|building|meeting|training)[a-z]+ing |my |me |what i |how i |(?:delay|lateness|confusion|mistake|mistakes|error|mix|muddle|wait|trouble|inconvenience|disturbance|interruption|noise|late|slip|typo|typos) )"
    r"|kwa (?:ku[a-z]+|usumbufu|kosa|makosa|kelele) )"
)
"""To say "pole" is to feel with somebody; it begs pardon only for what one did oneself: "pole for keeping you", "pole kwa kuchelewa"."""


def _pole(left: str, right: str, sentence: Sentence, at: int) -> bool:
    if clause_before(left) not in {"", "and", "na", "but", "lakini", "so", "oh", "also", "ni"} or SYMPATHY_THING.search(
        right
    ):
        return False
    words = [word for word in right.split() if word != "sana"]
    if not words:
        return True
    return bool(_POLE_FOR_OWN.match(" ".join([*words, ""])))


def _pardon(left: str, right: str, sentence: Sentence, at: int) -> bool:
    """ "Pardon" alone, or before "pour"; the English verb is among the pleas."""
    if clause_before(left) not in {"", "oh", "mille", "and", "thousand", "a thousand", "many"}:
        return False
    return bool(re.match(r"^(?: | , | for | pour | about )", right)) and right.split()[:1] in (
        [],
        [","],
        ["for"],
        ["pour"],
        ["about"],
        ["de"],
    )


_FOREIGN = word_set(
    "samahani samahanini nisamehe nisameheni mnisamehe unisamehe mtusamehe msamaha radhi niwie mniwie maaf maafi mafi maf kshama "
    "kshamaprarthi mazrat maazrat mazeret entschuldigung entschuldigen entschuldige entschuldigt verzeihung verzeihen verzeih desole "
    "desolee desoles excusez excusezmoi perdon perdona perdone perdonen disculpa disculpe disculpas disculpen desculpa desculpe "
    "desculpas scusa scusi scusate scuso scusami undskyld beklager forlat ursakta anteeksi izvinite izvini prostite przepraszam "
    "prepacte sumimasen gomen gomenasai gomennasai joesonghamnida mianhamnida mianhae duibuqi uxolo ngiyaxolisa verskoon signomi "
    "ddrwg m'excuse m'excuser t'excuse afsakid bocsanat maafkan minta_maaf zao ozur kusura mi_dispiace"
)

_CHECKS = {
    "sorry": is_own_sorry,
    "apologize": _apologize, "apologized": _apologize, "apologizing": _apologize,
    "apology": _apology, "apologies": _apology,
    "pole": _pole, "poleni": _pole, "pardon": _pardon, "pardons": _pardon,
} | dict.fromkeys(_FOREIGN, _foreign)  # fmt: skip
_WORDS = frozenset(_CHECKS)

_OTHER_SCRIPTS = re.compile("|".join((
    "извин", "прости", "простите", "вибач", "申し訳", "すみません", "ごめん", "对不起", "抱歉", "對不起", "죄송", "미안", "माफ", "क्षमा", "آسف", "معذرت",
    "عذر", "סליח", "ขอโทษ", "συγγνωμ", "xin lỗi", "xin loi",
)))  # fmt: skip
