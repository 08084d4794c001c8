"""Reads the word "sorry" with its surroundings: who says it, whether it is denied, and what for."""

import re

from followups.note_check.classes import word_set
from followups.note_check.clauses import clause_before, is_denied
from followups.note_check.text import Sentence

_ADJECTIVE = re.compile(
    r" (?:state|sight|tale|story|affair|excuse|lot|business|figure|condition|looking|little|board|sign|card|note|page|button|song|notice|jar|is|was|seems) "
)
_SELF_BEFORE = re.compile(r"(?:^| )(?:i|we|am|me|myself)(?: [^ ]+){0,6}$")
FILLS = word_set(
    "so very truly really oops and but again also once first oh please btw am terribly extremely sincerely deeply awfully "
    "most well ah hi hello dear just well yes lastly finally secondly ps p s incredibly genuinely my too pole whoops ooh "
    "super madly honestly anyway frightfully dreadfully heartily ever then firstly feel feeling felt man ugh"
)
_SOMEBODY = word_set(
    "you he she they who it staff team everyone everybody people is are were seem seemed sounded looked be being the a his "
    "her their your this of feel felt"
)
_SAYS = re.compile(
    r"(?:^| )(?:i|let me|me|want|wanted|wish|like|must|should|have|need|writing|first|just|am|to|allow me)(?: [^ ]+){0,3}"
    r" (?:say|saying)(?: (?:i am|a|so|very|how|that|truly|really|big|huge|the|again|am|i)){0,4}$"
)
_SYMPATHY_VERB = re.compile(
    r"^ (?:to (?:hear|learn|read|see|find|discover|note|know|understand|leave|lose|part|say goodbye|go|say (?!i |my )"
    r"|be (?:leaving|missing|parting|told|going)|have (?:heard|learnt|learned|read|seen|left|to leave|to go|to miss)"
    r"|miss|have missed)|(?:when|as) (?:i|we) (?:heard|learnt|learned|read|left|saw|had to leave)"
    r"|that (?:i|we) (?:did not get|could not (?:see|meet|stay|visit|join)|never (?:met|saw|got)|had no chance)) "
)
_MISSED_SLOT = re.compile(
    r"^ to (?:have missed|have to miss|have had to miss|miss) (?:you are |your |the |my |our |an |a )?(?:[^ ]+ )?(?:call|interview|start|slot|appointment|deadline|meeting|email|message) "
)


def is_regret(sentence: Sentence) -> bool:
    """Say whether a sentence is sorry for what the writer heard or missed, and for nothing she did: "I'm sorry to have missed the parade"."""
    text = sentence.text
    if "sorry" not in sentence.words or not (found := _REGRET.search(text)):
        return False
    return not _MISSED_SLOT.match(text[found.end() :])


_REGRET = re.compile(
    r" sorry(?= (?:to (?:hear|learn|read|miss|have missed|leave|part|see you go)|that i (?:missed|could not (?:see|meet|stay|visit|join)|had to leave|never (?:met|saw|got to))|not to have (?:seen|met|heard|tasted)) (?!(?:the|my|our|your) (?:start|beginning|call|interview|appointment|meeting|slot|deadline|bus|train|first|question|point)))"
)
_NOT_TO = re.compile(
    r"^ (?:not|never) to (?!have (?:told|warned|written|replied|answered|been|brought|sent|let|called|come|informed))"
)
SYMPATHY_THING = re.compile(
    r" (?:loss|losses|death|passing|bereavement|weather|rain|rains|news|fire|flood|floods|flooding|illness|sickness"
    r"|theft|robbery|closure|redundancies|layoffs|farmers|families|family|people|colleagues|those|anyone|everyone|whoever"
    r"|victims|him|her|them|msiba|kufiwa|ugonjwa|demise|defeat|tragedy|storm|drought|burglary|cancellation_of) "
)
_YOUR_TROUBLE = {"time", "inconvenience", "trouble", "wait", "wasted", "precious", "confusion", "disappointment", "patience",
                 "having", "valuable", "evening", "afternoon", "morning", "weekend", "name", "schedule", "being"}  # fmt: skip
_MINE = re.compile(r" (?:i|my|me|mine|myself) ")
_MY_DOING = re.compile(
    r" (?:my|me|mine) | i (?:was|did|had|kept|made|forgot|failed|caused|took|gave|lost|missed|sent) |^ (?:that )?(?:this|it) (?:[^ ]+ ){0,5}(?:late|long|delayed|short) "
)
_CIRCUMSTANCE_SUBJECT = {"you", "your", "he", "she", "they", "his", "her", "their", "there", "we", "our", "mr", "ms", "mrs", "dr",
                         "the", "this", "that", "it", "these", "those", "a", "an", "such", "both", "nobody", "no", "some",
                         "so", "most", "another", "one", "everyone", "two"}  # fmt: skip
_ARTEFACT = re.compile(
    r"^ (?:that |if |because )?(?:the |this |that |these |it |some |a |an )?(?:[^ ]+ ){0,2}?(?:note|message|mail|email|e|letter|reply|link|links|file"
    r"|files|attachment|attachments|document|documents|line|audio|video|camera|sound|connection|noise|phone|delay"
    r"|is late|took so long|took this long|is long|is so|is a bit|comes late|answer|answers|took me|handwriting|is rather) "
)
_LET_DOWN_SUBJECT = re.compile(
    r"^ (?:that |if )?(?:we (?:were late|kept|interrupted|overran|missed)|you (?:had to|were kept|were left|did not get my|could not hear|never got my))"
)


def is_own_sorry(left: str, right: str, sentence: Sentence, at: int) -> bool:
    clause = clause_before(left)
    before = clause.split()
    last = before[-1] if before else ""
    if _ADJECTIVE.match(right) and (
        last in {"a", "the", "this", "that", "its", "such", "in", "their", "your", "'s"} or not before
    ):
        return False
    enough = " enough " in right
    if _is_name(sentence, at):
        return False
    if is_denied(left) and not enough and not re.search(r"not know how to (?:say|be)$", clause):
        return False
    if last in {"feel", "felt", "feeling"} and right.startswith(" for "):
        return False
    if last in {"say", "saying"} or re.search(r" say(?:ing)? (?:[^ ]+ ){0,4}$", " " + clause + " "):
        if not _SAYS.search(clause) or re.search(
            r"(?:^| )(?:you|they|he|she|who|how|people|staff)(?: [^ ]+){0,3} say", clause
        ):
            return enough and "i" in before
    elif last in {"said", "says", "safe", "than", "word"}:
        return False
    elif not all(word in FILLS for word in before):
        if not _SELF_BEFORE.search(clause) and last in _SOMEBODY:
            return False
        subjects = [word for word in before if word in {"i", "you", "he", "she", "they", "we", "who", "it"}]
        if (
            subjects
            and subjects[-1] not in {"i", "we"}
            and last in {"is", "are", "were", "was", "be", "feel", "felt", "so", "very"}
        ):
            return False
        if (
            re.search(r"(?:would|will|shall|could|might) (?:[^ ]+ )?(?:be|feel)(?: (?:very|so|really|truly))?$", clause)
            and "for" not in right[:5]
        ):
            return False
    if right.strip() in {"", "for that"} and _OTHERS_GRIEF.search(sentence.text) and not _DID.search(sentence.text):
        return False
    return _is_for_own_doing(right, sentence, at)


def _is_name(sentence: Sentence, at: int) -> bool:
    """Say whether "Sorry" begins a name amid the sentence: of a dish, a song, a game ("We played Sorry Sam twice")."""
    here, *after = sentence.tokens[at : at + 3]
    return (
        at > 0
        and here.is_title
        and len(after) > 1
        and after[0].is_title
        and after[0].word not in _ADDRESSED
        and after[1].word not in _GOES_ON
    )


_ADDRESSED = word_set("i mr mrs ms miss dr sir madam maam mate chef professor")
_GOES_ON = word_set(", i for about that if to again but my it we this")

_OTHERS_GRIEF = re.compile(
    r" (?:you|your|he|she|they|his|her|their|[^ ]+) (?:[^ ,]+ ){0,3}(?:lost|loss|died|passed|ill|unwell|sick|bereaved|suffered|closed|burned|burnt|failed|stolen|robbed) | (?:sad|sorry|heard|hear|hearing|learn) (?:[^ ,]+ ){0,3}(?:about|of|that) "
)
_DID = re.compile(
    r" (?:i|my|me) (?:[^ ,]+ ){0,1}(?:was|did|had|lost|missed|kept|failed|forgot|made|said|interrupted|called|phone|answer|dog) "
)
_PERSONS = re.compile(
    r" (?:growers|workers|members|neighbours|neighbors|players|owners|teachers|drivers|traders|survivors|customers|users|men|women|fans|crew|teams?|kids"
    r"|[^ ]+s(?= who)"
    r"|children|parents|patients|animals|pupils|students|staff|herders|fishermen|birds|cows|goats|horses) (?:who|that|there|in|on|of|at|$)"
)


def _is_for_own_doing(right: str, sentence: Sentence, at: int) -> bool:
    """Read what stands after "sorry": is it something the writer did?"""
    right = re.sub(r"^ (?:(?:again|once more|indeed|really|so much|too|guys|sir|madam|maam|all|and) )+", " ", right)
    if _SYMPATHY_VERB.match(right):
        return bool(_MISSED_SLOT.match(right))
    if _NOT_TO.match(right):
        return False
    if re.match(
        r"^ (?:that )?i (?:could not|can not|cannot|did not get to|had to) (?:[^ ]+ )?(?:see|meet|visit|taste|watch|leave before)",
        right,
    ):
        return False
    words = right.partition(" ,")[0].split()
    if not words:
        return True
    first, rest = words[0], " " + " ".join(words[1:]) + " "
    if first in {"for", "about", "over", "regarding", "on", "kwa"}:
        if (
            SYMPATHY_THING.search(" " + " ".join(words[1:7]) + " ")
            and not _MINE.search(rest)
            and not (len(words) > 1 and words[1].endswith("ing"))
        ):
            return False
        if _PERSONS.search(" " + " ".join(words[1:6]) + " ") and first in {"for", "about"} and not _MINE.search(rest):
            return False
        if rest.startswith((" you are ", " your ")):
            return any(word in _YOUR_TROUBLE for word in words[2:6])
        if rest.strip() in {"you", "her", "him", "them", "you all"}:
            return False
        return not re.match(
            r" (?:what (?!i |my )|how you|everything you|all you|all that you|all the trouble you)", rest
        )
    if re.match(
        r"^ if (?:you|anyone|anybody|he|she|they) (?:did|were|was|felt|found|thought|minded|had|are|feel)", right
    ):
        return True
    if first in {"that", "if", "because", "when", "as"} and len(words) > 1:
        first = words[1]
    if first in {"i", "my", "me", "mine", "for"}:
        return True
    if _ARTEFACT.match(right) or _LET_DOWN_SUBJECT.match(right):
        return True
    is_name = (
        at + 1 < len(sentence.tokens) and sentence.tokens[at + 1].is_title and not sentence.tokens[at].word.isupper()
    )
    shouted = all(token.is_title for token in sentence.tokens[:12])
    if first in _CIRCUMSTANCE_SUBJECT or words[0] == "that" or (is_name and not shouted and len(words) > 2):
        return bool(_MY_DOING.search(" " + " ".join(words) + " ")) and first not in {"we"}
    return True
