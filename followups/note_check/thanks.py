"""Finds gratitude to the reader. Thanks in advance for the job, conditional thanks and "thanks to my years at …" are none."""

import re

from followups.note_check.classes import word_set
from followups.note_check.text import Note, Sentence

_OTHER_LANGUAGES = word_set(
    "asante asanteni ahsante ahsanteni assante shukran shukria shukriya shukrani nashukuru nimeshukuru tunashukuru ninashukuru "
    "dhanyavad dhanyavaad dhanyawad dhanyabad nandri merci danke bedankt dank gracias obrigado obrigada grazie tack takk kiitos "
    "spasibo arigato arigatou xiexie salamat dziekuje tesekkurler tesekkur diolch maith murakoze webale weebale erokamano siyabonga ngiyabonga "
    "enkosi dankie aitah multumesc hvala efharisto toda gamsahamnida kamsahamnida mahalo wambweso orio kongoi nikushukuru natoa "
    "daalu dalu daalunu imela nagode godiya medaase medaasi akpe oyiwala zikomo tatenda ndatenda maita mazvita leboha leboga ndiyabulela inkomu "
    "ameseginalehu mahadsanid galatoomi dhonnobad dhonnobaad dhanyabaad dhanyavadalu dhanyavaadagalu nanni aabhar abhari istuti sukriya meherbani "
    "teshekkur sagol faleminderit paldies aciu koszonom kosz dekuji dakujem blagodarya diky efcharisto eskerrik trugarez buiochas "
    "taing fa'afetai fakaaue vinaka mauruuru salamat maraming arkun khopkhun gratias merciii thx thnx"
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
    r" (?:cheers (?:for|to you|again)|ta (?:for|again|very much|so much|muchly)|na gode|e se|e ose|tapadh (?:leat|leibh)|nga mihi|maraming salamat|moran taing"
    r"|terima kasih|go raibh|(?<!would )(?:god )?bless you (?:[^ ,]+ ){0,2}for|(?:much|greatly) obliged|i am obliged (?:to you|for)|tip of the hat to you|hats off to you"
    r"|(?:kind|good|generous|thoughtful|gracious|sweet|decent|lovely|nice|considerate|big) of (?:you|everyone|everybody|the panel|the team)"
    r"(?! (?:all )?to (?:consider|give me the job|go|nod))"
    r"|(?:do not|will not|never) take (?:it|that|this|any of it|your [^ ,]+|the [^ ,]+) (?:[^ ,]+ ){0,3}for granted"
    r"|i (?:really |truly |deeply |so |very much |greatly )?(?:value|valued|treasure|treasured|cherish|cherished) (?:your|the|that you|how|our|every)"
    r"|(?:it|that|this|which|time|kindness|welcome|patience|words) (?:really |truly )?(?:means|meant|mean) (?:a lot|so much|a great deal|the world|much|more) (?:to (?:me|us|a)|that you|when you|how you|that m[rs]+)"
    r"|i (?:was|am) (?:so |very |really |deeply |quite )?touched (?:that|by your|by the way you)|i am (?:so |very |most )?glad of (?:the|your)"
    r"|i (?:shall not|will not|shall never|will never|can not) forget (?:your|that|such|the) (?:[^ ,]+ )?(?:kindness|generosity|welcome|patience)"
    r"|(?:overwhelmed|humbled|moved|warmed) by your (?:kindness|generosity|welcome)|your kindness (?:was|is|meant|means|warmed)|you are a (?:star|saint|gem|legend) for"
    r"|acknowledge your (?:kindness|help)|in your debt"
    r"|you (?:were|have been|are|all were|both were) (?:[^ ,]+ ){0,2}(?:kind|generous|gracious|hospitable|helpful)(?! (?:enough|not|about|when|but)(?: |$)| to (?:let|not|say))) "
)  # fmt: skip
_WISHED = re.compile(r" (?:would|will|shall|should|might|could)(?: [^ ,]+){0,3} $")
_LASTING = re.compile(r" (?:always|forever|ever|like to (?:say|express)|never forget) ")
_HELD_BACK = re.compile(
    r" (?:no|not|without|instead of|never|nor|hardly)(?: (?:to|a|word of|any|been|say|so|much|need|very|really|feel)){0,2} $"
)
_NOT_ENOUGH = re.compile(r" (?:enough|properly|yet|earlier|sooner|sufficiently|more) ")
_TO_WHOM = re.compile(r"^ (?:(?:you|all|so much|very much|a lot) ){0,3}")
_WITHOUT = re.compile(r" (?:without|remiss (?:[^ ]+ ){0,3}not|rude (?:[^ ]+ ){0,3}not|forget to|fail to|not fail to) $")
_OTHERS = (
    " my ", " our ", " them ", " him ", " her ", " me ", " their ", " his ", " those ",
)  # fmt: skip
_THEIRS = re.compile(
    r"(?:^| )(?:rarely|seldom|often|always|who|they|he|she|customers|clients|patients|children|visitors|families|parents|guests|people|users|neighbours|him to|her to|them to) (?:were |was |are |is |had |have |(?:so|already|very|always|most|just|really|only|all) )*$"
)
_CARD = re.compile(
    r"^(?: you| yous)? (?:wall|walls|card|cards|note|notes|letter|letters|list|lists|scheme|day|journal|journals|offering|gift|page|party|parties|evening|dinner|event|speech)(?: |$)"
)
_TO_READER = re.compile(
    r"^ to (?:you|yourself|yourselves|your|all|everyone|everybody|both|the (?:[^ ]+ )?(?:panel|team|board|committee|three|two|four|five|pair|lot|whole)|mr|mrs|ms|dr|miss|sir|madam) "
)
_TO_HAVE = re.compile(r"^ to (?:have|be|get|receive|hear|see|learn|meet) ")
_UNDERSTOOD = re.compile(
    r"^ (?:fully |well )?that (?:you (?:have|are|may|must|will|need|get|can not) (?!(?:taken|given|made|been|shown|told|let|had|kept|put|found|come) )|there |it |this |not "
    r"|the (?:[^ ,]+ ){1,4}?(?:is|are|has|have|may|might|must|will|would|can|could|needs?|takes?|do|does) )"
)
_TO_COME = re.compile(r"^ (?:i|we) (?:would|will|shall|should) be ")
_JOB = re.compile(
    r" in advance(?: (?:for|of|if)? ?(?:(?:offering|giving|hiring|choosing|selecting|picking|making|the (?:job|offer|post|role|position|opportunity to (?:work|join))"
    r"|(?:a|your) (?:positive|favourable|favorable|quick|prompt|kind consideration of my)|considering|employing|granting|taking me).*)?| (?:,|and) .*)?$"
)


def gives_thanks_below(note: Note) -> bool:
    """Say whether the writer thanks or appreciates the reader below the body, or in another script anywhere."""
    if any(_thanks(sentence) for sentence in note.closing):
        return True
    own = " ".join(line.text for line in note.lines)
    return any(script in own for script in _SCRIPTS)


def thanks_in(sentence: Sentence) -> bool:
    """Say whether this sentence thanks the reader."""
    return _thanks(sentence)


def names_thanks(sentence: Sentence) -> bool:
    """Say whether a word of thanks stands in the sentence, whoever is thanked: then the rules alone decide."""
    return not _NAMED.isdisjoint(sentence.words)


_NAMED = word_set("thank thanks thanked thanking appreciate appreciated appreciation grateful thankful gratitude")


def _thanks(sentence: Sentence) -> bool:
    words = sentence.words
    for at, word in enumerate(words if not _WORDS.isdisjoint(words) else ()):
        check = _CHECKS.get(word)
        if (word in _OTHER_LANGUAGES and not _is_surname(sentence, at)) or (
            check
            and check(" " + " ".join([*words[max(0, at - 6) : at], ""]), " " + " ".join([*words[at + 1 : at + 12], ""]))
        ):
            return True
    return bool(_PHRASES.search(sentence.text))


def _is_surname(sentence: Sentence, at: int) -> bool:
    """Say whether a word of thanks is somebody's name: "Gloria Asante"."""
    before, word = sentence.tokens[at - 1], sentence.tokens[at]
    return at > 0 and word.is_title and before.is_title and before.word not in _OTHER_LANGUAGES


def _thank(left: str, right: str) -> bool:
    if right.startswith(" god and you "):
        return True
    if right.startswith((" god ", " goodness ", " heavens ", " allah ", " be to ", *_OTHERS)) or left.endswith(
        (" you ", " they ", " who ", " people ", " letter of ", " sign of ", " we give ", " expect ")
    ):
        return left.endswith((" owe you ", " offer you ", " send you ", " bring you "))
    if _CARD.match(right) or _THEIRS.search(left) or _JOB.match(_TO_WHOM.sub(" ", right)):
        return False
    if _HELD_BACK.search(left) and not _NOT_ENOUGH.search(right) and not _WITHOUT.search(left):
        return False
    if right.startswith((" to ", " go to ", " also to ", " go also to ")):
        right = right[right.index(" to ") :]
        return bool(
            _TO_READER.match(right)
            or (
                not right.startswith(tuple(f" to{whom}" for whom in _OTHERS))
                and re.search(
                    r" (?:my|many|sincere|pass|give|send|special|big|warm|best|say|extend|convey|heartfelt|on) $", left
                )
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
    if _HELD_BACK.search(left) or _THEIRS.search(left) or _CARD.match(right) or _TO_COME.match(right):
        return False
    if (_OF_OTHERS.match(right) and not left.endswith((" am ", " are "))) or (
        _SOME.search(left) and _NOUN.match(right)
    ):
        return False
    if right.startswith(" to ") and not _TO_READER.match(right) and not _TO_HAVE.match(right):
        return False
    return not _WISHED.search(left) or bool(_LASTING.search(left))


_OF_OTHERS = re.compile(
    r" (?:(?!thanks |regards |wishes |greetings |acknowledgements |compliments |respects |always |as |is |was |this |yours |for )[a-z]+s|[a-z]*people|children|[a-z]*men|[a-z]*folk|they|he|she|faces?|smiles?) "
)
_SOME = re.compile(
    r" (?:the|every|each|one|some|many|his|her|their|such|another) $| (?<!am )(?<!from )(?<!as )(?<!remain )a $"
)
_NOUN = re.compile(
    r" (?!for |to |that |and |you |thank|i |candidate |applicant |heart |note |of |about |indeed )[a-z]+ "
)
"""Whose gratitude it is: "grateful patients", "a grateful widow"; "a grateful candidate" is the writer."""


def _appreciate(left: str, right: str) -> bool:
    if left.endswith((" you ", " they ", " we all ", " customers ", " people ", " not ", " music ", " art ", " wine ")):
        return False
    if (left.endswith(" to ") and not re.search(r" (?:say|want|wish|like|wanted) ", left)) or _UNDERSTOOD.match(right):
        return False
    return _grateful(left, right)


_CHECKS = {
    "thanked": _thanked, "thank": _thank, "thanks": _thank, "thanking": _thank,
    "grateful": _grateful, "thankful": _grateful, "gratefully": _grateful, "gratitude": _grateful, "indebted": _grateful, "obliged": _grateful,
    "appreciate": _appreciate, "appreciated": _appreciate, "appreciative": _appreciate, "appreciation": _appreciate,
    "appreciating": _appreciate,
}  # fmt: skip
_WORDS = _OTHER_LANGUAGES | _CHECKS.keys()
