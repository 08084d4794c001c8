"""Finds gratitude to the reader. Thanks in advance for the job, conditional thanks and "thanks to my years at …" are none."""

import re

from followups.note_check.classes import word_set
from followups.note_check.text import Note, Sentence

_OTHER_LANGUAGES = word_set(
    "asante asanteni ahsante ahsanteni assante shukran shukria shukriya shukrani nashukuru nimeshukuru tunashukuru ninashukuru "
    "dhanyavad dhanyavaad dhanyawad dhanyabad nandri merci danke bedankt dank gracias obrigado obrigada grazie tack takk kiitos "
    "spasibo arigato arigatou xiexie salamat dziekuje tesekkurler tesekkur diolch maith murakoze webale weebale erokamano siyabonga ngiyabonga "
    "enkosi dankie aitah multumesc hvala efharisto toda gamsahamnida kamsahamnida mahalo wambweso orio kongoi nikushukuru natoa"
)
_SCRIPTS = (
    "спасибо",
    "дякую",
    "धन्यवाद",
    "शुक्रिया",
    "شكر",
    "谢谢",
    "謝謝",
    "ありがとう",
    "감사",
    "תודה",
    "ευχαριστ",
    "ขอบคุณ",
    "شکریہ",
)
_PHRASES = re.compile(
    r" (?:cheers for|ta for|(?:kind|good|generous|thoughtful|gracious|sweet|decent|lovely|nice|considerate|big) of you(?! to (?:consider|give me the job))"
    r"|(?:terima kasih|go raibh|much obliged|i am obliged|hats off to you|i (?:really |truly |deeply |so |very much |greatly )?(?:value|valued|treasure|treasured|cherish|cherished)(?! at)"
    r"|(?:means|meant|mean) (?:a lot|so much|a great deal|the world|much) to me|acknowledge your (?:kindness|help)|in your debt"
    r"|you (?:were|have been|are|all were|both were) (?:[^ ,]+ ){0,2}(?:kind|generous|gracious|hospitable|helpful))) "
)  # fmt: skip
_WISHED = re.compile(r" (?:would|will|shall|should|might|could)(?: [^ ,]+){0,3} $")
_LASTING = re.compile(r" (?:always|forever|ever|like to (?:say|express)|never forget) ")
_HELD_BACK = re.compile(
    r" (?:no|not|without|instead of|never|nor|hardly)(?: (?:to|a|word of|any|been|say|so|much|need|very|really|feel)){0,2} $"
)
_NOT_ENOUGH = re.compile(r" (?:enough|properly|yet|earlier|sooner|sufficiently|more) ")
_TO_WHOM = re.compile(r"^ (?:(?:you|all|so much|very much|a lot) ){0,3}")
_JOB = re.compile(
    r" in advance(?: (?:for|of|if)? ?(?:(?:offering|giving|hiring|choosing|selecting|picking|making|the (?:job|offer|post|role|position|opportunity to (?:work|join))"
    r"|(?:a|your) (?:positive|favourable|favorable|quick|prompt|kind consideration of my)|considering|employing|granting|taking me).*)?| (?:,|and) .*)?$"
)


def gives_thanks(note: Note) -> bool:
    """Say whether the writer thanks or appreciates the reader anywhere in the own text."""
    if any(_thanks(sentence) for sentence in (*note.sentences, *note.closing)):
        return True
    own = " ".join(line.text for line in note.lines)
    return any(script in own for script in _SCRIPTS)


def thanks_in(sentence: Sentence) -> bool:
    """Say whether this sentence thanks the reader."""
    return _thanks(sentence)


def names_thanks(sentence: Sentence) -> bool:
    """Say whether a word of thanks stands in the sentence, whoever is thanked: then the rules alone decide."""
    return not _NAMED.isdisjoint(sentence.words)


_NAMED = word_set("thank thanks thanked thanking")


def _thanks(sentence: Sentence) -> bool:
    words = sentence.words
    for at, word in enumerate(words):
        check = _CHECKS.get(word)
        if word in _OTHER_LANGUAGES or (
            check
            and check(" " + " ".join([*words[max(0, at - 6) : at], ""]), " " + " ".join([*words[at + 1 : at + 12], ""]))
        ):
            return True
    return bool(_PHRASES.search(sentence.text))


def _thank(left: str, right: str) -> bool:
    if right.startswith(" god and you "):
        return True
    if right.startswith((" god ", " goodness ", " heavens ", " allah ")) or left.endswith(
        (" you ", " they ", " who ", " people ")
    ):
        return False
    if _JOB.match(_TO_WHOM.sub(" ", right)):
        return False
    if _HELD_BACK.search(left) and not _NOT_ENOUGH.search(right):
        return False
    if right.startswith(" to ") and not right.startswith(
        (" to you ", " to all ", " to everyone ", " to the panel ", " to both ")
    ):
        return bool(
            re.search(
                r" (?:my|many|sincere|pass|give|send|special|big|warm|best|say|extend|convey|heartfelt|on) $", left
            )
        )
    return True


def _thanked(left: str, right: str) -> bool:
    return (
        bool(re.search(r" i (?:[^ ,]+ ){0,3}$", left))
        and right.startswith(" you ")
        and (" not " not in left or bool(_NOT_ENOUGH.search(right)))
    )


def _grateful(left: str, right: str) -> bool:
    if _HELD_BACK.search(left):
        return False
    return not _WISHED.search(left) or bool(_LASTING.search(left))


def _appreciate(left: str, right: str) -> bool:
    if left.endswith((" you ", " they ", " we all ", " customers ", " people ", " not ", " music ", " art ", " wine ")):
        return False
    return _grateful(left, right)


_CHECKS = {
    "thanked": _thanked, "thank": _thank, "thanks": _thank, "thanking": _thank,
    "grateful": _grateful, "thankful": _grateful, "gratefully": _grateful, "gratitude": _grateful, "indebted": _grateful, "obliged": _grateful,
    "appreciate": _appreciate, "appreciated": _appreciate, "appreciative": _appreciate, "appreciation": _appreciate,
    "appreciating": _appreciate,
}  # fmt: skip
