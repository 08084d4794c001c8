"""Sorts the sentences of a note: talk about the mistake, correction or added answer, or anything else.

Both counts rest on it: `dwelling` (talk about the mistake) and `too_long` (both kinds together). A sentence belongs to
a passage because of what it says itself, or because it goes on with the one before.
"""

import re
from dataclasses import dataclass, replace
from enum import Enum

from followups.note_check.apology import apologises
from followups.note_check.classes import CLASSES
from followups.note_check.phrases import Phrases
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


_CLASSES = CLASSES | {
    "slip": "mistake|slip|blunder|gaffe|error|mishap|answer|moment|remark|comment|joke|silence|lateness|faux|stumble|fumble|failure|outburst|embarrassment"
    "|reaction|tone|wording|words|incident|spill|stain|mess|mix",
    "machine": "phone|alarm|dog|cat|camera|internet|connection|network|wifi|wi_fi|laptop|computer|battery|audio|mic|microphone|sound|video|line|zoom|screen|power"
    "|electricity|toddler|baby|son|daughter|child|children|kids|neighbour|neighbours|neighbor|call|stomach|tie|shirt|shoe|zip|headset|router|earphones|speaker",
    "broke": "rang|went_off|barked|failed|dropped|froze|died|crashed|cut|broke|broken|disconnected|interrupted|cried|screamed|shouted|came_in|walked_in|burst"
    "|kept|was_off|was_down|went_down|went_dead|was_muted|collapsed|rumbled|vibrated|buzzed|beeped|jumped|ripped|tore|split|lagged|stopped|ran_out|refused|hung",
}
_MISHAP = Phrases(
    """
    i @ ~1 arrived|came|joined|logged|showed|turned|got|reached|appeared|called|dialled|started|submitted|sent|was|been ~5 late
    i @ running|ran late
    i @ kept ~3 waiting
    i ~2 overslept|oversleep|spilled|spilt|spill|yawned|swore|cursed|cried|fainted|sneezed|coughed|interrupted|snapped|laughed|burped|giggled|tripped|fell|hiccuped
    i ~2 knocked ~3 over|off|down
    i ~2 broke|dropped|tore|scratched|smashed the|your|a|that|one ~2 cup|mug|glass|pen|vase|plate|projector|marker|chair|water|tea|coffee|phone|folder|papers|door|window|picture
    i ~2 missed ~2 interview|call|appointment|slot|meeting|start|deadline|train|bus|turn|exit|first
    i ~2 called|named|addressed ~4 wrong|instead
    i ~2 got|went|walked|took|turned|dialled|used|clicked|came|opened|read|heard|brought|wore|sent ~3 wrong ~1 name|room|building|office|door|floor|link|day|time|train|bus|address|file|place|platform|street|turn|shoes
    i ~2 forgot ~2 name|turn|mute|unmute|bring|switch|silence|charge|id|certificates|cv|portfolio|documents
    i ~2 lost my temper|voice|cool|place|thread|train
    i ~2 had to ~2 leave|go|run|hang|rush|step|drop
    i ~3 could not ~2 hear|see|connect|join|log|unmute|find ~2 you|office|link|building|room|question|in|back|entrance|mute
    my ~2 {machine} ~3 {broke}
    my ~1 {machine} ~2 was|were|is|got|kept|went ~2 lost|poor|weak|bad|unstable|slow|down|off|dead|dropping|muted|faulty|low|flat|breaking|patchy|cutting|failing|disturbing|acting
    the ~1 {machine} that|which ~1 {broke}
    {machine} kept ~1 dropping|cutting|freezing|ringing|barking|crying|failing|buffering|interrupting
    about the|my ~1 {mishap}|{slip}
    about ~4 i spilled|spilt|broke|knocked|dropped|made|said|missed|forgot|gave
    as|about|regarding|concerning for? ~1 my|the ~2 late|lateness|phone|coffee|arrival|interruption|noise|absence|spill|laugh|outburst
    what|the_thing|the_remark|the_comment|the_joke i said about|to|at|was ~4 wrong|harsh|rude|stupid|silly|clumsy|tactless|inappropriate|unkind|thoughtless|out
    i ~3 not ~3 have|had ~1 said|done|made|laughed|spoken|interrupted|told
    i ~3 should not have
    i ~2 made ~3 mistake|error|slip|blunder|mistakes|errors|gaffe|faux
    my|the mistake|blunder|gaffe|slip|outburst|lateness|interruption|silence|faux ~3 was|is|came|happened|seemed|made|that|i
    that|it ~1 was ~2 my ~1 fault|mistake|doing|oversight
    the coffee|tea|water|cup|glass|mug|phone i|that ~1 knocked|spilled|spilt|broke|dropped|rang
    took the|a wrong
    i ~2 missed ~1 the|half|part|most|some|ten|five|fifteen|twenty ~2 minutes|first|start|beginning|introduction|part
    i should never
    my ~2 {machine} ~1 would|did|could|was not ~1 start|work|connect|open|load|charge|switch|turn|respond|hold|off
    stain|mud|crumbs|ink|spot on my
    yesterday|friday|monday|tuesday|wednesday|thursday|that|my 's? ~1 outburst|silence|mishap|blunder|incident|slip|gaffe|muddle|mix
    i ~2 forgot your|his|her|the ~1 name|names|surname
    i ~2 burst into|out
    i ~2 ran|run out of|over
    i ~2 walked|came|burst in on|late
    i ~2 got lost|stuck|held|delayed|caught
    i ~2 sat|stepped|leaned|trod|bumped on|into ~2 your|the|a
    i ~1 had ~2 muted|forgotten|overslept|misread|misheard|misunderstood|left ~3
    i ~2 misread|misheard|misunderstood
    """.splitlines(),
    _CLASSES,
)
_BROODING = Phrases(
    """
    i @ bad|terrible|awful|guilty|horrible|dreadful|sick|low|miserable|wretched|rotten|uneasy|uncomfortable|upset|devastated|heartbroken|crushed|dismayed|distraught|remorseful about|that|for|over|at|when|because|ever|since|inside|now|and|to|all|after|afterwards|$
    i @ feeling ~1 bad|terrible|awful|guilty|horrible|dreadful|sick|low|miserable
    it|this|that ~2 bothers|bothered|bothering|troubled|troubles|troubling|upset|upsets|gnaws|gnawing|eats|eating|weighs|weighed|weighing|nags|nagging|plagues|plagued|worried|worries|worrying|tormented|torments|hurt|hurts|stings|stung|haunts ~1 me|on
    weighs|weighed|weighing|preyed|preying|playing|heavy ~2 on my
    i @ replay|replayed|replaying|relive|relived|reliving|ruminating|obsessing|brooding|agonising|agonizing|fretting|worrying|stewing|dwelling|overthinking
    i @ ~2 thinking|think|going|coming|went|go|turning|running|seeing|hearing|see|hear ~1 about|back|over|it|of ~3 my|that ~2 {slip}|mistake|question
    i @ ~2 thinking|think about|of what|how|why ~3 i ~3 said|did|answered|should|could
    i @ going|went|turning|running|thinking|turned ~2 over ~3 in my
    i ~2 been|keep|kept going|gone over|through|back ~2 my|the|that|it|what|every|over|to
    been on my mind
    i ~3 not ~1 explain|tell|say|imagine why|how|what i
    i ~1 keep|kept|keeping hearing|seeing|replaying|picturing =6 $
    kept|keeps|keep seeing|hearing|thinking ~2 the|your|that|my ~1 stain|face|faces|moment|silence|mistake|look|answer
    i ~3 not ~1 slept|sleep|eaten|eat|stop|stopped|rest|relax|forgive|forget ~1 since|well|at|much|last|thinking|properly|a|myself|it|because|$
    i ~2 lost|losing sleep
    i ~2 hardly|barely|scarcely ~1 slept|sleep|ate
    i ~2 lay|lain|lying|was|been awake
    i ~2 cried|wept|crying|tears ~1 on|all|in|when|after|for|at
    i ~2 not ~1 know|understand|explain|sure what|why|how ~2 i|came ~1 said|did|over|answered|forgot|happened|froze|wrote|made|got|mixed|chose|could
    what came over
    wish|wished ~3 take|turn ~2 back
    my ~2 heart|stomach sank|sinks|dropped|turned
    ever since|all night|all weekend|all week i ~2 been|have|thought|worried|felt
    i ~3 thought|worried|agonised|agonized|fretted about|over ~2 it|this|that|nothing ~1 all|ever|else|since|the_whole|every
    the thought|memory of ~2 it|my|that ~3 me|makes|still
    """.splitlines(),
    _CLASSES,
)
_OPENER = Phrases(
    """
    ^ ~1 to ~1 answer|complete|finish|clarify|expand|correct|elaborate|supplement|return|add|conclude|clear|respond|reply|follow ~2 the|your|my|that|to|on|up|one|properly|question|a|what|something|this|more
    ^ ~1 coming|going|returning|getting|circling|turning back|to ~1 to|your|the|my ~8
    ^ ~1 back to the|your|my
    ^ ~1 on|regarding|concerning|about|re|as_for|as_to|with_regard_to|with_respect_to|in_answer_to|in_response_to|in_reply_to|further_to|with_reference_to ~5 question|questions|answer|point|figure|figures|date|dates|example|case|number|query|puzzle|problem|topic|task ~10 , ~3
    ^ ~1 in|further answer|response|reply|addition to ~3 question|answer|point|query
    ^ ~1 on|regarding|concerning|about|re|as_for|as_to ~2 question|answer|query
    i ~2 forgot|omitted|neglected|failed|missed ~1 to|a|mentioning ~1 mention|say|add|tell|bring|raise|name|include|note|point|chance|explain|share|state
    i @ forgot ~1 about|the|one|that
    i ~2 not ~2 mention|say|add|tell|bring|include|mentioned|said|told|finish|cover|explain|give|name
    i ~2 should|could|ought|might|meant ~1 to? have ~1 said|mentioned|added|explained|told|described|answered|given|named|made|included|stated|pointed
    i ~2 meant|intended|wanted to ~1 say|mention|tell|add|answer|explain|give
    i ~4 to ~1 add|correct|clarify|complete|expand|elaborate|supplement|amend|straighten|rectify|set
    i should|must|can|may|might|could|will|would ~1 add|mention|clarify|correct|explain ~1 that|to|on|about|one|my|the|,
    one ~2 thing|point|fact|detail|item|addition|more ~4 add|mention|left|missing|forgot|correct|worth|omitted|out
    ^ ~2 quick|small|brief|short|one|minor|slight|tiny|a|the|my ~1 correction|clarification|addition|addendum|supplement|amendment|footnote|rectification
    ^ correction|clarification|addendum|addition|erratum
    in addition|answer|fuller to ~1 my|your answer|question
    i ~2 got|had|have|gave|said|put|stated|quoted|wrote ~6 wrong
    i @ wrong|mistaken|incorrect|imprecise|inaccurate about|on|in|when|there|with|, ~10
    i ~2 misspoke|misstated|misremembered|misquoted|mixed|confused|misread|understated|overstated|miscounted|misheard|swapped|mislabelled|miscalculated|misnamed|transposed|misjudged
    i ~2 said|told|gave|named|quoted|called|mentioned|wrote|stated|described|put|answered|claimed ~8 , ~9 is|was|are|were|should|correct|right|in|actually|meant|not
    i ~2 said|told|named|quoted|called|wrote|stated ~6 but|when|instead|while|whereas ~4 is|was|are|should|meant|of|actually|correct
    what i ~2 meant|should|wanted|left|ought
    the|my ~1 correct|right|actual|exact|true|full|fuller|complete|better|proper|precise|missing ~1 answer|figure|number|date|name|year|term|word|version|formula|part|title|value|one|response|rate|sum|amount|total|percentage ~4 is|was|are|,|should|to|would
    i ~2 left ~4 out
    it|that|this|they|which should ~1 be|have|read
    on ~1 reflection|second_thoughts|thinking|rereading
    ^ ~2 thinking|having|after|thought ~4 about|over|on|of|thinking|reflecting ~4 question|answer|it|point|asked
    you ~1 asked|wondered|wanted|enquired|inquired ~12 , ~1 the|it|i|we|yes|no|in|my|at|they|there|this|that
    when you asked ~12
    let|allow me ~1 add|clarify|correct|explain|answer|complete|expand|finish|elaborate|try
    for ~1 completeness|the_record|clarity
    the ~1 answer ~6 is|was|would
    here is|are ~2 fuller|full|better|complete|rest|missing|answer|corrected
    not ~4 but ~2 one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve
    wish ~1 i ~1 had ~1 mentioned|said|told|added|asked|named|explained
    i ~2 owe you ~2 answer|figure|number|date|name
    i ~2 promised ~3 look|check|find|confirm|come|answer
    i ~2 have|had since ~1 checked|looked|confirmed|remembered|found|read
    i ~2 checked|looked|remembered ~4 , ~4 is|was|are|were
    my ~1 answer|reply|response|example|explanation|figure ~6 left|omitted|missed|should|lacked|incomplete|was_incomplete|partial|only|could
    to ~1 put|set ~3 right|straight
    more precisely|exactly
    to be precise|exact|clear|accurate|fair
    """.splitlines(),
    _CLASSES,
)
_PRAISE = re.compile(
    r" (?:fine|good|great|superb|excellent|neat|smart|bold|brilliant|clever|lovely|wonderful|remarkable|beautiful|impressive|amazing|fantastic|marvellous|marvelous|terrific|splendid|delightful|charming|memorable"
    r"|inspiring|fascinating|interesting|exciting|promising|sensible|admirable|ingenious|elegant|striking|unforgettable|magical|fun|joy|treat|beauty|gem|masterpiece|best|favourite|favorite|inspiration|intriguing|appealing"
    r"|refreshing|thoughtful|generous|helpful|useful|valuable|moving|touching|tempting|worthwhile|ambitious|brave|vital|timely|exactly what|just what|dream|thrilling|tasty|delicious|spectacular|stunning|outstanding"
    r"|sounds|sounded|smelled|tasted|appeals|idea|makes sense|made sense|stayed with|stays with|reminded|reminds|caught my|won me|convinced|suits|belongs|deserves|needs|is new to me|is close to my heart|close to my heart|dear to me) "
)
_SHIFT = re.compile(
    r" (?:enjoyed|enjoy|liked|loved|love|i like|impressed|impressive|impress|interesting|interests|interested|fascinating|fascinated|look forward|looking forward"
    r"|excited|exciting|keen|eager|glad|delighted|pleased|pleasure|inspiring|inspired|lovely|wonderful|remarkable|clever|beautiful|admire|admired|hope to hear"
    r"|hope to see|hope to meet|hope we|would be happy|happy to|would love|would like to (?:work|join|help|see|visit|learn|hear)|available|stayed with me|attached|struck me|great to|good to|nice to"
    r"|confident|confirmed my|best wishes|sounds fun|sounds|appeals|appealed|memorable|a joy|a treat|delight|hope that helps|welcome the|motivated|convinced|would suit|i hope this helps|stays with me"
    r"|i have enclosed|i enclose|here is the|here are the|works for me|suits me|see you|speak soon|all the best|reminded me|taught me|i can start|references|referees|link to my|links to my|link you|link is)"
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
    r" (?:wrong|wrongly|late|spilled|spilt|dropped|knocked|rang|buzzed|beeped|barked|sneezed|coughed|coughing|hiccups|hoarse|yawned|stain|stained|forgot|forgotten|broke|broken|stuck|missed|silence|blank|joke"
    r"|outburst|slipped|tripped|crashed|froze|frozen|failed|cut out|cut off|disconnected|interrupted|swore|cried|tears|fainted|snapped|misread|misheard|mixed up|muddled|confused|tore|ripped|shouted|guilty"
    r"|should not have|should never have|could not (?:open|hear|see|find|remember|explain|speak|connect|join|unmute|finish|focus)|can not (?:explain|think why|say why|understand)|do not know (?:why|what|how)|in circles|fell flat|on my mind"
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
    if apology or low:
        return Passage(sentence, Kind.MISTAKE, apology, low)
    thanks = thanks_in(sentence)
    if not thanks and _OWN_FAULT.search(text):
        return Passage(sentence, Kind.MISTAKE, False, False)
    if not thanks and _BROODING.search(text, keys):
        return Passage(sentence, Kind.MISTAKE, False, False)
    shifts = thanks or bool(_SHIFT.search(text)) or (bool(_PRAISE.search(text)) and not _MINE.search(text))
    opener = _OPENER.search(text, keys) if not thanks else None
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
    if not shifts and (_MISHAP.search(text, keys) or _is_amiss(text)):
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
    r" (?:was|were|had|did|could|came|went|ran|got|left|took|broke|fell|rang|froze|lost|forgot|kept|felt|thought|knew|found|saw|said|told|made|put|sat|stood|began|slept|woke|met|hit|cut|let|set|gave"
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
    if _REQUEST.search(text) or _BROODING.search(text, sentence.keys):
        return True
    if text.startswith(
        (" i hope ", " you ", " your ", " i look ", " i would ", " please ", " i will be ", " at ", " in my ", " as a ")
    ):
        return False
    if factual and _FACT.search(text):
        return bool(_LINKED.match(text))
    return bool(_LINKED.match(text) or _CAUSE.search(text) or _PAST.search(text))
