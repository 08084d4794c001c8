"""Sorts the sentences of a note: talk about the mistake, correction or added answer, or anything else.

Both counts rest on it: `dwelling` (talk about the mistake) and `too_long` (both kinds together). A sentence belongs to
a passage because of what it says itself, or because it goes on with the one before.
"""

import re
from dataclasses import dataclass, replace
from enum import Enum

from followups.note_check.apology import apologises
from followups.note_check.corrections import OPENER
from followups.note_check.mishaps import BROODING, MISHAP_TOLD
from followups.note_check.self_deprecation import deprecates
from followups.note_check.text import Sentence
from followups.note_check.thanks import thanks_in


class Kind(Enum):
    MISTAKE = "mistake"
    CORRECTION = "correction"
    OTHER = "other"


@dataclass(frozen=True)
class Passage:
    """One sentence with what it is; `opens` if it begins a correction of its own."""

    sentence: Sentence
    kind: Kind
    is_apology: bool
    is_self_deprecation: bool
    opens: bool = False


_PRAISE = re.compile(
    r" (?:fine|good|great|superb|excellent|neat|smart|bold|brilliant|clever|lovely|wonderful|remarkable|beautiful|impressive|amazing|fantastic|marvellous|marvelous|terrific|splendid|delightful|charming|memorable"
    r"|inspiring|fascinating|interesting|exciting|promising|sensible|admirable|ingenious|elegant|striking|unforgettable|magical|fun|joy|treat|beauty|gem|masterpiece|best|favourite|favorite|inspiration|intriguing|appealing"
    r"|refreshing|thoughtful|generous|helpful|useful|valuable|moving|touching|tempting|worthwhile|ambitious|brave|vital|timely|exactly what|just what|dream|thrilling|tasty|delicious|spectacular|stunning|outstanding"
    r"|sounds|sounded|smelled|tasted|appeals|idea|makes sense|made sense|stayed with|stays with|reminded|reminds|caught my|won me|convinced|suits|belongs|is new to me|is close to my heart|close to my heart|dear to me) "
)
_SHIFT = re.compile(
    r" (?:enjoyed|enjoy|liked|loved|love|i like|impressed|impressive|impress|interesting|interests|interested|fascinating|fascinated|look forward|looking forward"
    r"|excited|exciting|keen|eager|glad|delighted|pleased|pleasure|inspiring|inspired|lovely|wonderful|remarkable|clever|beautiful|admire|admired|hope to hear"
    r"|hope to see|hope to meet|hope we|would be happy|happy to|would love|would like to (?:work|join|help|see|visit|learn|hear)|available|stayed with me|attached|struck me|great to|good to|nice to"
    r"|confident|confirmed my|best wishes|sounds fun|sounds|appeals|appealed|memorable|a joy|a treat|delight|hope that helps|welcome the|motivated|convinced|would suit|i hope this helps|stays with me"
    r"|i have enclosed|i enclose|here is the|here are the|works for me|suits me|see you|i keep|i still|speak soon|all the best|reminded me|taught me|i can start|references|referees|link to my|links to my|link you|link is)"
    r" "
)
_CAUSE = re.compile(
    r" (?:because|due to|owing to|traffic|train|trains|bus|matatu|boda|flight|tram|car|taxi|tyre|puncture|jam|jams|road|roads|sick|ill|illness|unwell|fever|tired|exhausted|slept|sleep"
    r"|hospital|doctor|clinic|headache|migraine|jet|flu|medication|alarm|silent|clock|timezone|power|electricity|outage|blackout|shedding|network|internet|router|wifi|connection|signal"
    r"|battery|charger|laptop|computer|camera|microphone|mute|muted|setting|settings|glasses|hands|breath|voice|nerves|nervous|stress|stressed|pressure|panic|mother|father|wife|husband|son|daughter|child|baby|toddler"
    r"|kids|sister|brother|dog|cat|neighbour|neighbours|neighbor|builders|drilling|rain|rained|storm|strike|accident|breakdown|broke down|first interview|never (?:done|been|had|did|happened|happens)"
    r"|knew (?:it|the)|the night before|that morning|all night|all day|mistake|mistakes|error|blunder|embarrass\w*|ashamed|wrong|unlike me|not like me|usually|normally|happened|happens|reason|fault"
    r"|excuse|blame|unavoidable|late|delay|delayed|held up|stuck|lost|misread|misheard|overslept|phone|rang|ringing|reception|explain why|funeral|burial|bereavement|surgery|pills|cold|cough|allergy) "
)
_LINKED = re.compile(r"^ (?:it|this|that|she|he|they|there|then|and|but|so|also|still|even|since|the (?:reason|truth|fact|cause|whole|moment|worst)|what happened|i (?:had|have since|have never|just|could not|did not|was not|never|simply|really|still|know|knew|also|was|felt|feel|tried|thought|should|think|guess|suppose|am not|do not|have (?:been|changed|bought|apologi\w+|set|learnt|learned|ordered|fixed|spoken|moved|replaced|asked|told)|ran|left|got|went|forgot|will (?:make|not|be sure|ensure|never|replace|pay|bring|do))|my|our|normally|usually|unfortunately|sadly|nothing|nobody|no one|in my (?:defence|defense)|as you|by then|by the time|please|hopefully|i hope (?:you|this|that|it)|i promise|rest assured|next time) ")  # fmt: skip
_REQUEST = re.compile(
    r"^ (?:i|we|hopefully|please|kindly)(?: [^ ,]+){0,5} (?:consider|reschedule|rescheduling|understand|still|second|another|chance|forgive|again|overlook|against|reflect|happen) "
)
_FACT = re.compile(
    r" , not (?:[^ ,]+ ?){1,4}$| not (?:[^ ,]+ ){1,5}but |^ (?:it|they|that|he|she|the [^ ]+(?: [^ ,]+)?) (?:is|are) (?!my |because |not like|unlike|no )"
    r"|^ (?:the|my) (?:right|correct|actual|true|exact) |^ (?:at|in|as|during) [^ ]+(?: [^ ]+){0,4} (?:i|we) "
)


# One sentence of this is enough to begin talk about a mistake: something went amiss, in the past, around the writer.
_AMISS = re.compile(
    r" (?:wrong|wrongly|late|spilled|spilt|dropped|knocked|rang|buzzed|beeped|barked|sneezed|cough|coughed|coughing|spoiled|spoilt|ruined|hiccups|hoarse|yawned|stain|stained|forgot|forgotten|broke|broken|stuck|missed|silence|blank|joke"
    r"|outburst|slipped|tripped|crashed|froze|frozen|failed|cut out|cut off|disconnected|interrupted|swore|cried|tears|fainted|snapped|misread|misheard|mixed up|muddled|confused|tore|ripped|shouted|guilty"
    r"|should not have|should never have|would not (?:take|open|load|start|work|connect|play)|could not (?:open|hear|see|find|remember|explain|speak|connect|join|unmute|finish|focus)|can not (?:explain|think why|say why|understand)|do not know (?:why|what|how)|in circles|fell flat|on my mind"
    r"|called (?:twice|me|three|during|in the middle)|walked out|over and over|locked out|ran out|went off|went down|went dead|overslept|leaked|burst|collapsed|trainers|sandals|jeans|slippers|unshaven|limped|sweat|sweating"
    r"|mistake|blunder|gaffe|lapse|oversight|mishap|accident|incident|misunderstanding|mess|awkward|clumsy|embarrass[^ ]*|went over my time|ran over|talked over|laughed at|snort|burped|stomach|rumbled|vomit[^ ]*|threw up|nosebleed) "
)
_AROUND_ME = re.compile(r" (?:i|my|me|mine) |^ (?:about|as for) ")
_ELSEWHERE = re.compile(
    r"^ (?:you|your|he|his|she|her|they|their|we|our|thank|thanks|when i was|as a|years ago|last year|in \d|in my) | (?:how you|you (?:told|said|described|asked|mentioned|spoke|showed|explained)|as you|your (?:story|account|son|daughter|team|company)|used to|years ago|taught me|worth it) "
)
_RECALLS = re.compile(
    r"^ (?:you (?:also |then |had |all )?(?:asked|wondered|wanted to know|enquired|inquired) (?:why|how|whether|if|what|who|when|where|me|about|for) )"
)
_OWN_FAULT = re.compile(
    r" i (?:[^ ,]+ ){0,2}(?:should not have|should never have|ought not to have|had no business) |^ (?:about|as for|regarding|concerning) (?:my|the|that) (?:[^ ,]+ ){0,1}"
    r"(?:silence|phone|outburst|noise|lateness|late arrival|coffee|stain|laugh|tears|cup|glass|cough|coughing|remark|joke|slip|blunder|mishap|incident|mess|moment|gaffe|dog|child|baby|alarm|interruption) "
    r"|^ (?:the|my) joke (?:[^ ,]+ ){0,5}(?:fell|landed|went|was) |^ (?:the|my|that) (?:remark|comment|joke|phone|word|words|question) (?:[^ ,]+ ){0,4}(?:slipped|fell|rang|came out|burst) "
)
_WRONG = re.compile(r" (?:wrong|wrongly|misread|misheard|mixed|confused|muddled|mistaken|mistake|misunderstood) ")
_FACTUAL = re.compile(
    r" (?:wrong|said|gave|named|called|number|figure|name|answer|answers|question|mixed|confused|mixing|confusing|diagram|date|year|told|mistake|error|misspoke|stated|quoted|temperature|calculation|spelled|spelt|incorrect) "
)


def passages(sentences: list[Sentence]) -> list[Passage]:
    """Sort the sentences of a note's body, in their order."""
    sorted_: list[Passage] = []
    state, paragraph, factual, aside = Kind.OTHER, -1, False, False
    for sentence in sentences:
        is_same = sentence.paragraph == paragraph
        paragraph = sentence.paragraph
        passage = _passage(sentence, state, is_same, factual)
        if aside and passage.kind is Kind.MISTAKE:
            sorted_[-1] = replace(sorted_[-1], kind=Kind.MISTAKE)
        aside = False
        if passage.kind is Kind.OTHER and _RECALLS.search(sentence.text):
            state = Kind.CORRECTION
        elif passage.kind is Kind.OTHER and state is Kind.MISTAKE and is_same and _is_aside(sentence):
            aside = True
        elif passage.kind is not Kind.OTHER or len(sentence.words) > 2:
            if passage.kind is not state:
                factual = bool(_FACTUAL.search(sentence.text))
            state = passage.kind
        sorted_.append(passage)
    return sorted_


def _is_aside(sentence: Sentence) -> bool:
    """Say whether a short plain sentence may belong to the talk about a mistake, if that goes on after it."""
    text = sentence.text
    return len(sentence.words) <= 9 and not (
        _turns_to_reader(text) or _SHIFT.search(text) or _PRAISE.search(text) or thanks_in(sentence)
    )


def _passage(sentence: Sentence, state: Kind, is_same_paragraph: bool, factual: bool) -> Passage:
    apology, low = apologises(sentence), deprecates(sentence)
    text, keys = sentence.text, sentence.keys
    if len(sentence.words) < 3 and not (apology or low):
        return Passage(sentence, Kind.OTHER, False, False)
    if apology or low:
        return Passage(sentence, Kind.MISTAKE, apology, low)
    thanks = thanks_in(sentence)
    if not thanks and _OWN_FAULT.search(text):
        return Passage(sentence, Kind.MISTAKE, False, False)
    if not thanks and BROODING.search(text, keys):
        return Passage(sentence, Kind.MISTAKE, False, False)
    shifts = thanks or bool(_SHIFT.search(text)) or (bool(_PRAISE.search(text)) and not _MINE.search(text))
    opener = OPENER.search(text, keys) if not thanks else None
    if opener and not shifts and " , " not in text and _WRONG.search(text) and _PAST.search(text):
        return Passage(sentence, Kind.MISTAKE, False, False)
    if opener and (not shifts or opener.start() < 25):
        return Passage(
            sentence,
            Kind.CORRECTION,
            False,
            False,
            opens=state is not Kind.CORRECTION or not is_same_paragraph or _is_new(text),
        )
    if not shifts and (MISHAP_TOLD.search(text, keys) or _is_amiss(text)):
        return Passage(sentence, Kind.MISTAKE, False, False)
    if state is Kind.MISTAKE and _goes_on_about_mistake(sentence, shifts, factual):
        return Passage(sentence, Kind.CORRECTION if factual and _FACT.search(text) else Kind.MISTAKE, False, False)
    if state is Kind.CORRECTION and is_same_paragraph and not shifts and not _turns_to_reader(text):
        return Passage(sentence, Kind.CORRECTION, False, False, opens=_is_new(text))
    return Passage(sentence, Kind.OTHER, False, False)


_MINE = re.compile(r" (?:i|my|me) ")


def _is_amiss(text: str) -> bool:
    return (
        bool(_AMISS.search(text) and _AROUND_ME.search(text) and _PAST.search(text))
        and not _ELSEWHERE.search(text)
        and not _ACHIEVED.search(text)
    )


def _is_new(text: str) -> bool:
    return text.startswith((" i also ", " also ", " and ", " another ", " secondly ", " in addition ", " one more "))


def _turns_to_reader(text: str) -> bool:
    return bool(re.search(r" (?:you|your|yours) ", text)) or text.startswith(
        (" i hope ", " i am ", " i will ", " i shall ")
    )


_PAST = re.compile(
    r" (?:was|were|had|did|could|would not|came|went|ran|got|left|took|broke|fell|rang|froze|lost|forgot|kept|felt|thought|knew|found|saw|said|told|made|put|sat|stood|began|slept|woke|met|hit|cut|let|set|gave"
    r"|swam|spun|shook|stuck|flew|blew|tore|wore|rose|hung|rode|paid|chose|spoke|wrote|drew|bit|hid|shut|burst|hurt|cost|drank|ate|threw|grew|stole|sang|became|swore|fought|bent|built|began|dug|held|led|lent|quit|sank|shot|slid|spent|swept|taught|won|wound|has|have"
    r"|heard|read|sent|brought|spilt|blew|drove|flew|caught|meant|have (?:been|not|never|since|already|changed|bought|ordered|spoken|gone)|has (?:been|since|never|not|repaired)|[^ ,]{2,}ed) "
)
_ACHIEVED = re.compile(
    r" i (?:also |then |personally )?(?:led|ran (?:a|an|the|such|two|three)|managed (?:a|an|the|two|three|over)|built|trained|wrote|designed|launched|introduced|handled|supervised|organised|organized|won|taught|worked|coordinated"
    r"|developed|reduced|increased|raised|saved|grew|set up|created|implemented|improved|delivered|catalogued|completed|earned|started (?:a|the)|founded|oversaw|published) "
)


def _goes_on_about_mistake(sentence: Sentence, shifts: bool, factual: bool) -> bool:
    """Say whether the sentence after talk about a mistake tells more of it: what came before, what it felt like."""
    text = sentence.text
    if shifts or sentence.is_question or _ACHIEVED.search(text):
        return False
    if _REQUEST.search(text) or BROODING.search(text, sentence.keys):
        return True
    if re.match(r" i (?:only )?hope (?:[^ ,]+ ){1,6}(?:not|no|undamaged|dried|recovered) ", text):
        return True
    if text.startswith(
        (" i hope ", " you ", " your ", " i look ", " i would ", " please ", " i will be ", " at ", " in my ", " as a ")
    ):
        return False
    if factual and _FACT.search(text):
        return bool(_LINKED.match(text))
    return bool(_LINKED.match(text) or _CAUSE.search(text) or _PAST.search(text))
