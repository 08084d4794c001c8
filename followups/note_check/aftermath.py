"""What follows a mistake in plain words: what it came from, what it did to the writer afterwards, and what a letter says of itself.

`reading.py` weighs all cues of a sentence. These few shapes are too plain to be outvoted by the topic they are told with; each
asks for a mistake, by name or just before, so that the same words about a good day mean nothing.
"""

import re

from followups.note_check import lexicon
from followups.note_check.classes import word_set
from followups.note_check.features import turns_away
from followups.note_check.tags import CLASSES
from followups.note_check.text import Sentence

_SLIP = (
    r"(?:mistakes?|errors?|slips?|mix up|mixup|mixing up|muddle|blunder|confusion|oversight|lapse|gaffe|typo|misreading|miscounting|misquote|misspelling|omission|silence|lateness"
    r"|late arrival|leaving out|forgetting|missing|skipping|(?:broken|wrong|spilled|spilt|cracked|burnt|missed|dropped|forgotten|mistaken|incorrect|false|botched|spoiled|spoilt) [a-z]+)"
)
_CAME = (
    r"(?:was caused|were caused|happened|happens|came (?:about|from|of|out of)|comes from|began|started|arose|arises|stemmed|stems|crept in|sprang|originated|is down to|was down to"
    r"|was due|is due|was because|is because|lies with|lay with|goes back|had (?:its|their) (?:root|origin|cause)|would not have happened|would never have happened|was owing|grew out of)"
)
_CAUSE = re.compile(
    rf"^ (?:(?!who |when |if |you |they |he |she )[a-z0-9']+ ){{0,3}}{_SLIP} (?:(?!{_CAME} |, )[a-z0-9']+ ){{0,9}}{_CAME} "
)
_NAMED = re.compile(
    r" (?:wrong|off|out by|mistaken|incorrect|inaccurate|false|out of date|outdated|in error|an error|a mistake|a slip|belongs to|was from|comes from|not right|mixed up|muddled) "
)
_REASON = re.compile(
    r"^ (?:and )?(?:(?:it|that|this) (?:only |just |all |simply )?(?:happened|happens|came about|was|is) (?:only |just |simply )?because (?:i|my|of my) "
    r"|(?:the|my) (?:only |one |real )?(?:reason|cause|explanation) (?:is|was) (?!you |your ))"
)
_GOES_ON = r"(?:thinking|going|coming|hearing|seeing|turning|replaying|playing|chewing|mulling|brooding|worrying|fretting|stewing|wondering|dwelling|kicking|running)"
_OWN_FAULT = re.compile(
    r" (?:(?:that|this|it) (?:is|was) what (?:i|you|one) (?:get|gets|got|deserve|deserved) (?:for|when|if) |(?:that|this) is what comes (?:of|from) |serves? me right |(?:that|this|it) will teach me |should have known better |my own (?:[a-z]+ )?fault |nobody s fault but mine )"
)
_WRONG_THING = re.compile(
    r" i (?:left|gave|sent|used|brought|showed|quoted|handed|put|drew|filled|read|cited|uploaded|submitted|printed|took)(?: [a-z0-9]+){0,6} (?:was|were|is|belongs|belonged|came|comes) (?:[a-z]+ ){0,2}(?:for|from|to|of|in) (?:another|a different|somebody else|someone else|the wrong|an older|an old|last [a-z]+ s|the other) "
)
_HOW_LATE = re.compile(
    r"^ (?:and |but )?(?:the|my) (?:only |one |real )?(?:reason|cause|explanation) (?:why |that )?i (?:was|came|arrived|got|reached|missed|gave|said|could not|did not|had to|kept|dropped|broke|left (?:early|late|so|before|without)|forgot|answered|wrote|looked|sounded|seemed) (?:[a-z0-9]+ ){0,9}?(?:is|was) (?:that|because|simply|just|an?|the|my) "
)
_SINCE = r"(?:ever since|since|all night|all evening|all weekend|all day|all the way|half the night|every night|every evening|every hour|every day|in bed|in the shower|in my head|in my sleep|till (?:dawn|two|three|four|late)|until (?:dawn|two|three|four|late)|at night|that night|the whole way|for hours|for days)"
_LINGERS = re.compile(
    "|".join(
        (
            rf"(?: i| have| had| and| but|^) (?:kept|keep|been|still) {_GOES_ON} ",
            r" (?:kept|keeps|keeping|has kept|had) me (?:up|awake|from sleep|tossing|turning) ",
            r" (?:it|this|that|the (?:face|faces|look|looks|moment|noise|number|pause|picture|question|scene|sight|silence|sound|sum|thing|thought|wrong [a-z]+|word|words)|which) (?:has |have |had |still |just )?(?:stayed|stays|sat|sits|been|was|is|hung|travelled|followed|gone|went|came|rode) (?:\w+ )?(?:with|on|over|round|around|home with) (?:me|my mind|my head|my chest|my stomach) ",
            rf" i (?:have |had |still )?(?:thought|think|heard|hear|seen|see|replayed|replay|gone|went|go|turned|played|relived|lay|lain|mulled|brooded|worried|could not stop|can not stop) (?:[a-z0-9']+ ){{0,9}}{_SINCE} ",
            r"^ (?:and |but )?(?:all (?:night|evening|weekend|day|morning|the way|through)|the (?:whole|entire) (?:way|journey|night|evening|weekend)|half the night|ever since|for (?:days|hours)|since then|in (?:my|the) (?:head|bed|shower))(?: [a-z]+){0,5}? i (?:could |can |have |had |still |only |just |kept )*(?:see|saw|seen|seeing|hear|heard|hearing|feel|felt|read|reading|think|thought|thinking) ",
            r" (?:could|can|did|have) not (?:really |quite )?(?:sleep|slept|stop thinking|let (?:it|that) go|shake (?:it|that)|get (?:it|that) out of|put (?:it|that) (?:down|out of)) ",
        )
    )
)
_ITSELF = re.compile(
    r" (?:(?:length|hour|lateness|time|shortness|brevity|typing|spelling|typos|state|format) of (?:this|my|the) (?:mail|email|e mail|message|note|letter|text|reply)"
    r"|in (?:this|my) (?:mail|email|e mail|message|note|letter|text)"
    r"|(?:this|my|a|the|such a|so) (?:very |rather |so |too )?(?:long|late|short|second|brief|delayed|hasty) (?:mail|email|e mail|message|note|letter|text|reply|answer|response)"
    r"|(?:many|several|two|three|double|repeated) (?:mails|emails|messages|texts|pings|calls(?! (?:that|which|came|coming|from|on|in|i (?:had|took|got))))"
    r"|(?:taking|took|waiting|waited|being|been) (?:\w+ ){0,3}(?:to write|to reply|to answer|writing|replying)"
    r"|(?:this|it) (?:is|was|comes|came) (?:coming |sent |typed |written |dictated )?(?:from (?:my|a|the) (?:phone|mobile|tablet|bus|train|car)|on (?:my|a) (?:phone|mobile|tablet)|by (?:phone|text|hand))"
    r"|(?:late|slow|long|delay|delayed|tardy) (?:in |to )?(?:writing|replying|reply|response|sending|thanking|getting back)"
    r"|(?:writing|replying|sending|mailing|emailing|texting|typing) (?:this |you |to you )?(?:so |on |from |by |in |at |late))"
)

_EXPLAINS = re.compile(
    "|".join(
        (
            r"^ (?:and |but )?i had (?!to |a |an |the |hoped |hope |my )[a-z]+ ",
            r"^ (?:and |but )?i (?:think|suppose|guess|believe|imagine|must|may)(?: that)?(?: i)? (?:was|had been|have been) [a-z]+ing ",
            r"^ (?:the|my) (?:only |one |real )?(?:reason|cause|explanation) (?:is|was) ",
            r"^ (?:and |but |so )?(?:it|that|this|they|the reason|the cause|what) (?:[a-z]+ ){0,3}?(?:because|due|happened|happens|came (?:from|of|out|about)|comes (?:from|of)|caused|slipped|escaped|went (?:clean |clear |straight |right )?out) ",
            r"^ (?:i|it|that) (?:only |did not |never )?(?:[a-z]+ )?(?:realize|realized|noticed|dawned|spotted|hit|occurred|struck|clicked|remembered) ",
            r"^ (?:i|it) (?:only |never )?(?:came to (?:me|my mind|mind)|occurred to me) ",
            r" without (?:noticing|realizing|knowing|checking|looking) ",
        )
    )
)
_NOTICED = re.compile(
    r"^ (?:and |but )?i (?:had )?(?:only |did not |never )(?:even )?(?:realize|realized|notice|noticed|see|saw|spot|spotted|find out|found out|discover|discovered|remember|remembered) (?:[a-z]+ ){0,6}?(?:when|until|after|once|as|later|afterwards|at) "
    r"|^ (?:and |but )?(?:it|that|this) had nothing to do with "
)
_ORIGIN = re.compile(
    r"^ (?:and |so |but )?(?:that|this|it|which) (?:is|was|must be|must have been) (?:[a-z]+ )?(?:where|how|why) (?:[a-z0-9']+ ){1,7}?(?:from|about|in|up|wrong|so|happened|arose|started|began|slipped|said|gave|wrote) "
)
_MEETING = r"(?:(?:video|phone|online|panel|zoom|teams|first|second|trial) )?(?:interview|call|appointment|meeting|slot|panel|shift|trial|assessment|test|session|conversation|chat|start|beginning)"
_LATE = re.compile(r" (?:late|delayed|lateness|tardy|missed the (?:bus|train|start|beginning|first [a-z]+)) ")
_ABSENT = re.compile(
    "|".join(
        (
            rf" (?:missing|missed|miss|not attending|not (?:make|making)|not (?:come|coming|turn up|turning up|show up|showing up) (?:to|for)|failing to (?:attend|come to|make)|failed to (?:attend|come to|make)|forgetting|forgot) (?:the|my|our|your|this|that|today s|yesterday s) (?:[a-z]+ ){{0,2}}?{_MEETING} ",
            r" (?:no show|my absence|not (?:show|turn|be|being) (?:up|there|present)|not (?:appear|attend)) ",
        )
    )
)
_WHY = re.compile(
    r" (?:describe|explain|mention|set out|tell you|say) how (?:the|my|this|that|it) (?:[a-z]+ )?(?:came to be|came about|happened|got (?:lost|left|broken|mixed)|went (?:wrong|missing|astray)|ended up) "
    r"| (?:explain|say|tell you|know|to say|account for) (?:why|how it was that) i (?:was|came|arrived|got|had|did|missed|could|left|turned|never|kept|only|not) "
    r"| (?:explain|tell you|say) (?:to you )?(?:what (?:happened|went wrong)|how (?:it|that|this) (?:happened|came about)) "
)
_ABOUT = re.compile(
    r"^ (?:about|regarding|concerning|as for) (?:(?:me|my) [a-z]+ing (?!up |forward )"
    r"|(?:the|my|that|those) (?:[a-z]+ ){1,3}(?:that |which )?i (?:left|forgot|broke|lost|dropped|spilled|spilt|missed|knocked|burnt|burned|tore|mixed|skipped|got wrong|never) )"
)
_STORY = re.compile(
    r"^ (?:and |but |so |then |by then |sadly |unfortunately |apparently )?(?:i|my [a-z]+|our [a-z]+|the [a-z]+(?: [a-z]+)?(?: (?:at|in|on|to|from) (?:the |my |our )?[a-z]+)?|there|it|he|she|they|we|nobody|(?:a|an|one) [a-z]+(?: [a-z]+)?) (?:[a-z]+ly |then |also |even |still |just )?(?:had|was|were|did|took|got|fell|went|came|ran|broke|became|lost|left|forgot|thought|wrote|read|slept|woke|put|set|kept|could|only [a-z]+|never [a-z]+|[a-z]+ed) "
)
_TRAVEL = word_set(
    "bus buses train trains tram taxi cab matatu okada danfo trotro boda metro ferry car bicycle bike lift road roads bridge traffic jam lorry tanker lorries tyre tire puncture "
    "strike flood flooded diversion detour accident motorway highway junction roundabout ticket platform station satnav alarm engine signal conductor checkpoint"
)
_CAME_AFTER = re.compile(
    r"^ (?:and |but )?(?:i was(?! (?:born|educated|trained|taught|raised|part|responsible|in charge|at the time))|i had (?:been|just|not|slept|left|lost|had)|i did not (?:see|know|think|hear|notice|mean|check|look|want)|(?:it|that|this) (?:was|came) (?:a |the |an |not |only |purely |simply |just |down |all )*(?:after|before|on top|at the end|leftover|left over|habit|slip|result|old|because|from|heat|nerves|tiredness|stress|moment|out of)) "
)
_WENT = re.compile(
    r" (?:because|(?:made|left) me (?:forget|lose|freeze|miss|panic|stumble|rush|shake|late|nervous|anxious|blank|feel)|ran out|could not|forgot|lost my|lost the|kept|was too|was so|had not|never got|did not (?:sleep|hear|see|read|know|manage|get|finish|think)|only got|got (?:stuck|lost|confused|muddled|carried away|distracted|mixed up)|froze|went blank|caught me (?:unawares|off guard|by surprise|out)|turn me away|lost (?:\w+ ){0,3}of your time) "
)
_EVENT = (
    CLASSES["MACHINE"]
    | CLASSES["KIN"]
    | _TRAVEL
    | {"noise", "barking", "coffee", "spill", "spilled", "ill", "sick", "fever", "migraine"}
)
_ME = word_set("i me my")
_TALK = CLASSES["SAY"] | CLASSES["ASK"] | {"talked", "discussed", "showed", "met"}


def _stays_told(sentence: Sentence) -> bool:
    """Say whether a sentence goes on telling: it does not turn to the reader, to praise or plans, and asks nothing."""
    return not turns_away(sentence) and not sentence.is_question


def _is_wordless(sentence: Sentence) -> bool:
    """Say whether something happened in a sentence rather than was said, asked or shown."""
    return _TALK.isdisjoint(sentence.words)


def names_cause(sentence: Sentence) -> bool:
    """Say whether a mistake is the subject and the verb tells where it came from: "The mix-up began with …"."""
    text = sentence.text
    return bool(_CAUSE.match(text) or _HOW_LATE.match(text) or _ABOUT.match(text)) or bool(
        _WHY.search(text) or _WRONG_THING.search(text)
    )


def names_error(sentence: Sentence) -> bool:
    """Say whether a correction also speaks of the mistake itself: "The year I gave was wrong, it was 2016"."""
    return bool(_NAMED.search(sentence.text))


def lingers(sentence: Sentence) -> bool:
    """Say whether something goes on in the writer's mind. What it is, the sentence before says."""
    if _OWN_FAULT.search(sentence.text):
        return True
    return bool(_LINGERS.search(sentence.text)) and (not turns_away(sentence) or bool(_SAW_IT.search(sentence.text)))


_SAW_IT = re.compile(
    r" (?:see|saw|seen|seeing|hear|heard|hearing|feel|felt|read|picture|think|thought|thinking) (?:of |about |over )?(?:that|it|this|those) | me (?:up|awake) | sleep "
)


def gives_reason(sentence: Sentence) -> bool:
    """Say whether a sentence gives the reason of what the one before tells: "It happened because …", "The reason was …"."""
    return bool(_REASON.search(sentence.text))


def turns_over(sentence: Sentence) -> bool:
    """Say whether something went round in the writer's mind; "kicking myself" is blame."""
    return "kicking" not in sentence.words and lingers(sentence)


def explains(sentence: Sentence) -> bool:
    """Say whether a sentence goes on to what came before, or when one noticed: "I had …", "It slipped …", "It dawned on me …"."""
    if _NOTICED.search(sentence.text):
        return True
    return bool(_EXPLAINS.search(sentence.text)) and not turns_away(sentence)


_ALIKE = re.compile(
    r"^ (?:and |but )?(?:the two|both|they|these|those|all of them|either|one|each)(?: [a-z]+){0,5}? (?:are|is|was|were|look|looked|looks|have|had|has|lie|lay|stand|stood|hang|hung|share|shared|overlap|overlapped|sound|sounded|called|begin|began|end|ended|come|came) (?:[a-z]+ ){0,5}?(?:alike|both|same|identical|similar|twins?|next to|beside|side by side|one another|each other|together|name|colour|color|letter|number|for a (?:while|year|month|time)) "
)


def likens(sentence: Sentence) -> bool:
    """Say whether a sentence tells how alike two things are: after one was taken for the other it is the reason."""
    return bool(_ALIKE.match(sentence.text)) and not turns_away(sentence)


def begins_tale(sentence: Sentence) -> bool:
    """Say whether a sentence announces how a mistake came about: "Let me say how the file came to be missing"."""
    return bool(_WHY.search(sentence.text)) and not sentence.is_question


def tells_origin(sentence: Sentence) -> bool:
    """Say whether a sentence names what came before as the source: "That is where the old figure came from"."""
    return bool(_ORIGIN.search(sentence.text)) and not turns_away(sentence)


def is_event(sentence: Sentence) -> bool:
    """Say whether something happened to the writer that can be told at length: a machine, a journey, somebody at home."""
    return not _EVENT.isdisjoint(sentence.words) or bool(_WHY.search(sentence.text))


def tells_story(sentence: Sentence) -> bool:
    """Say whether a sentence goes on to tell how it was with the writer: after an apology that is its reason."""
    return bool(_CAME_AFTER.search(sentence.text)) and _is_wordless(sentence) and _stays_told(sentence)


def tells_how(sentence: Sentence) -> bool:
    """Say whether a sentence tells how it came that something went badly: after words against oneself it is talk about the same."""
    is_bad = " i was " in sentence.text and not lexicon.BAD.isdisjoint(sentence.words)
    return bool(is_bad or _WENT.search(sentence.text)) and not _ME.isdisjoint(sentence.words) and _stays_told(sentence)


def goes_on(sentence: Sentence) -> bool:
    """Say whether a sentence points to what was just named as the cause: "It has the old postcode"."""
    return sentence.words[:1] in (["it"], ["they"], ["that"], ["this"], ["those"]) and not turns_away(sentence)


def goes_on_telling(sentence: Sentence) -> bool:
    """Say whether a story that has begun goes on: somebody did something, and it is not turned to the reader."""
    shapes = (_STORY, _ORIGIN, _WENT)
    return any(shape.search(sentence.text) for shape in shapes) and _is_wordless(sentence) and _stays_told(sentence)


def was_late(sentence: Sentence) -> bool:
    """Say whether a sentence names a delay or an absence; what it says of whom, its reading knows."""
    return bool(_LATE.search(sentence.text) or _WHY.search(sentence.text)) or was_absent(sentence)


def was_absent(sentence: Sentence) -> bool:
    """Say whether a sentence names an interview at which somebody was not."""
    return bool(_ABSENT.search(sentence.text))


_GAINED = re.compile(
    r" i (?:[a-z]+ )?(?:learned|learnt|found out|heard|saw|discovered|gained) (?:more|a lot|a great deal|much|so much|plenty|something|things) "
)


def tells_way(sentence: Sentence) -> bool:
    """Say whether a sentence tells what stood in the way: after "I was late", a blocked bridge or a fall at home is the reason."""
    if _GAINED.search(sentence.text):
        return False
    told = not _TRAVEL.isdisjoint(sentence.words) or (_STORY.search(sentence.text) and _is_wordless(sentence))
    return bool(told) and "will" not in sentence.words and _stays_told(sentence)


_BACK = re.compile(
    r"(?: (?:for|about|over|of) (?:this|that|it|these|those|which|the same|all this|all that|such)(?: [a-z]+){0,3} | (?:excuse|forgive|pardon|overlook|regret) (?:me |us )?(?:this|that|it)(?: [a-z]+){0,2} )$"
)
_SLIPPED = (
    CLASSES["ERR"]
    | CLASSES["OMIT"]
    | CLASSES["MISHAP"]
    | lexicon.FAIL
    | lexicon.FAIL_ANYWHERE
    | {"not", "never", "after", "instead", "late", "without"}
)
_IT_MAKES = (["it"], ["that"], ["this"], ["which"], ["and", "it"], ["and", "that"])


def points_back(sentence: Sentence) -> bool:
    """Say whether an apology is for what the sentence before it tells: "Kindly forgive me for this confusion"."""
    return bool(_BACK.search(sentence.text))


def tells_slip(sentence: Sentence) -> bool:
    """Say whether the writer did, or did not do, what an apology behind it is for; a circumstance has no "I"."""
    words = sentence.words
    return "i" in words and not _SLIPPED.isdisjoint(words) and not (turns_away(sentence) or sentence.is_question)


def blames_what_came_before(sentence: Sentence, before: Sentence) -> bool:
    """Say whether words against the writer are about what she did just before: "I ground the gears. It made me look a novice"."""
    return (
        (sentence.words[:1] in _IT_MAKES or sentence.words[:2] in _IT_MAKES)
        and before.words[:1] == ["i"]
        and not (turns_away(before) or before.is_question)
    )


def is_about_letter(sentence: Sentence) -> bool:
    """Say whether an apology is for the letter itself: its length, its hour, its spelling."""
    return bool(_ITSELF.search(sentence.text))
