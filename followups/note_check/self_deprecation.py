"""Finds where the writer runs down their own performance, nerves, ability or fitness, or asks for another chance.

Naming an omission or a wrong figure neutrally is not found, and a story about another time and place is left alone.
"""

import re

from followups.note_check.classes import NEGATIVE, OTHERS, PERFORMANCE, word_set
from followups.note_check.self_criticism import STRONG, WEAK
from followups.note_check.text import Sentence

_OTHER_TIME = re.compile(
    r" (?:when i was (?:a|an|at|in|young|new|younger|twelve|ten|still)|as a (?:student|trainee|child|boy|girl|junior|pupil|young|new|beginner|teenager|graduate)|years ago|year ago|months ago|last (?:year|season|term)"
    r"|in my (?:first|last|previous|old|early|current|present)|at my (?:last|first|previous|former|current|old|present)|(?:19|20)\d\d|used to|back then|at school"
    r"|at university|at college|in those days|early on|before i|until i|and (?:then )?(?:learned|learnt|solved|led|fixed|rebuilt|found|overcame|mastered|recovered)"
    r"|the same|since then|taught me|my first (?:job|year|day|week|month|season|project|role|boss|team)|that (?:project|failure|year) "
    r"|driving test|never again|in (?:january|february|march|april|june|july|august|september|october|november|december)) "
)
_INTERVIEW = re.compile(
    r" (?:interview|question|questions|answer|answers|yesterday|today|friday|monday|tuesday|wednesday|thursday|saturday|panel|you|your|whiteboard|test|task|presentation|demo|round) "
)
_HARMLESS = re.compile(
    r" (?:(?:would not|will not|never|not|hardly|without) (?:[^ ,]+ )?|(?:no longer|no reason to|not one bit|not at all|not the least) (?:[^ ,]+ ){0,2})$"
)
_EXCUSED = re.compile(
    r" (?:sorry|apologi[sz]e|apologies|apology|forgive|excuse|pardon|overlook) (?:me |my )?(?:for |about )?(?:my |the )?$"
)
_FACTS = re.compile(
    r" (?:should|ought to) have (?:said|told|mentioned|added|written|named|described|given|quoted|included|brought|pointed|listed|referred) "
)
_JOKE = re.compile(
    r" (?:enjoyed|loved|liked|impressed by|hearing about|your (?:story|account|tale|remark|point|advice|example|description)|you (?:told|described|said|mentioned|explained|spoke|talked)) "
)


def deprecates(sentence: Sentence) -> bool:
    """Say whether the writer runs themselves down in this sentence."""
    text = sentence.text
    found = STRONG.search(text, sentence.keys)
    if found:
        before = text[: found.start()]
        if _EXCUSED.search((before + found.group()).rstrip().rpartition(" ")[0] + " ") or _EXCUSED.search(before):
            return False
        if _is_of_others(before, found.group()) or _is_harmless(text, before, found.group()):
            return False
        return bool(_INTERVIEW.search(text)) or not (_OTHER_TIME.search(text) or _is_elsewhere(sentence))
    found = WEAK.search(text, sentence.keys)
    if not found and _runs_down_own_work(text):
        return True
    if not found or _is_of_others(text[: found.start()], found.group()):
        return False
    return not _OTHER_TIME.search(text) and not _is_elsewhere(sentence)


_NEGATIVE = word_set(NEGATIVE.replace("|", " ")) - word_set(
    "lost slow flat thick dense thin wanting sad limp lazy scared stiff long poor nervous sleepy stumbling shaking"
)
_WORK = word_set(PERFORMANCE.replace("|", " ")) - word_set("round part story stories words body nerves")
_OTHERS = word_set(OTHERS.replace("|", " ")) - word_set("not the")


def _runs_down_own_work(text: str) -> bool:
    """Say whether "I" or "my" opens a clause that calls one's own answer or performance bad."""
    for clause in text.split(" , "):
        words = clause.split()
        head = words[:4]
        if not ("i" in head or "my" in head) or not _WORK.intersection(words) or _OTHERS.intersection(words):
            continue
        for at, word in enumerate(words):
            if word in _NEGATIVE and "not" not in words[max(0, at - 4) : at]:
                return not _OTHER_TIME.search(text)
    return False


def _is_harmless(text: str, before: str, found: str) -> bool:
    if re.search(r" (?:no longer|any longer|any more|anymore) ", text):
        return True
    if _FACTS.search(text) and not re.search(r" (?:better|badly|poorly|nervous) ", text):
        return True
    if (
        _HARMLESS.search(before)
        and " hope " not in before
        and " me " not in found
        and " not " not in found
        and "believe" not in found
        and not before.endswith(" not only ")
    ):
        return True
    if re.search(
        r" (?:i|could) (?:could |can )?not (?:have )?(?:[^ ]+ )?(?:agree|wait|be happier|thank|emphasi[sz]e|recommend|stress|imagine|help)",
        text,
    ):
        return True
    if before.endswith((" if ", " sorry if ")) or re.search(r" if i $", before):
        return True
    if re.search(r" (?:would|will|might) (?:be|feel|have been) (?:[^ ,]+ )?$", before) and not re.search(
        r" (?:i|my|me|myself) (?!say|admit)", f" {found}"
    ):
        return True
    return bool(
        re.search(r" (?:i would|i shall|i will|if i|would i|as if i) ", f" {found}")
        and re.search(r"(?:embarrassed|ashamed|kick|nervous|hate)", found)
    )


_OTHERS_ARE = re.compile(
    r" (?:nobody|no one|everyone|everybody|they|he|she|you|we|people|patients|customers|students) (?:was|were|is|are|be|feel|felt) (?:[^ ,]+ )?$"
)


def _is_of_others(before: str, found: str) -> bool:
    """Say whether the writer only tells what somebody said or did: "you described how beginners freeze"."""
    clause = before.rpartition(" , ")[2]
    if re.search(r" (?:my (?:sister|brother|mother|father|boss|manager|son|daughter|client|team|friend)s?) $", clause):
        return True
    if found.startswith(("embarrassed", "ashamed", "mortified", "nervous", "humiliated")) and _OTHERS_ARE.search(
        before
    ):
        return True
    if re.search(
        r" (?:concerns?|doubts?|worry|worried|worries|reservations?|asked|question|feedback) (?:[^ ,]+ ){0,2}(?:about|on|regarding|over) $",
        clause,
    ):
        return True
    return bool(_JOKE.search(" " + clause + " ")) and not re.search(r"(?:^| )(?:i|my|me|myself) ", found)


def _is_elsewhere(sentence: Sentence) -> bool:
    """Say whether the sentence plays at a named place ("at Masinga") and not in the interview."""
    if _INTERVIEW.search(sentence.text) or " i am " in sentence.text:
        return False
    pairs = zip(sentence.tokens, sentence.tokens[1:], strict=False)
    return any(one.word in {"at", "in", "for", "with"} and two.is_title for one, two in pairs)
