"""Answers that a writer announces: what follows "You asked how …" is an added answer, whatever its own words say."""

import re

from followups.note_check.features import blames, tells_nothing, turns_away
from followups.note_check.text import Sentence

_ANNOUNCES = re.compile(
    "|".join(
        (
            r" you (?:also |then |had |have )?(?:asked|ask|wanted to know|were asking|wondered|raised) (?:me )?(?:how|what|why|whether|about|for|if|which|where|when|who) ",
            r" (?:as|like) you (?:had |have )?(?:asked|requested|wanted|wished)(?: (?:for|me|about))? $",
            r" (?:on|about|to|for|as for|regarding|as to|more on|concerning) (?:your|the|that) (?:[a-z]+ ){0,3}question ",
            r" (?:answer|finish|complete|return to|come back to|go back to|expand on|elaborate on|take up) (?:your|the|that|my) (?:[a-z]+ ){0,3}(?:question|point|answer|reply|example) ",
            r" question (?:about|on|of|how|what|why|whether|was) ",
            r" i (?:have|had) (?:two|three|four|some|a few|several) (?:more |further |small |quick )?(?:additions|answers|points|things to add) ",
            r" i (?:would|d|want to|wish to|should) (?:like to )?add (?:a few|some|several|two|three|four|\\d) ",
            r" there (?:are|were) (?:some |a few |two |three |several )(?:points|things|facts|answers) i ",
            r" (?:some|two|three|several) (?:answers|points) i (?:would|d|want|wish) ",
            r" (?:more|further|fuller) (?:on|about|thoughts on|detail on|details on) the ",
            r" i (?:thought|have thought|ve thought|was thinking) (?:further|more|again|some more|a bit more) (?:about|on|of) (?:your|the|how) ",
            r" (?:another|second|further|longer|good|proper) (?:think|thought) (?:about|on|over|of) (?:your|the|how|what|that) ",
            r" (?:may i|can i|could i|let me|allow me to|permit me to|i want to|i would like to|i wish to|here is|here are|i have) (?:[a-z]+ ){0,3}?(?:fuller|full|complete|better|proper|further|longer) (?:answers?|reply|replies|version|list|account) ",
            r" (?:add|adding|supplement|supplementing|complete|completing|finish|finishing|extend) (?:to )?(?:what i (?:told|said|gave|answered)|my (?:answer|reply|list)) ",
            r" what i (?:should|could|would|ought to|meant to|wanted to|intended to) (?:have )?(?:say|said|answer|answered|add|added|reply|replied|tell|told|mention|mentioned) ",
            r" there (?:is|was) (?:something|more|one thing|one more thing) (?:else |that )?i (?:would|should|want|wanted|wish|meant|forgot|left) ",
        )
    )
)


_STATED = re.compile(
    r" i (?:[a-z]+ )?(?:said|told|gave|quoted|named|called|described|listed|cited|stated|put|answered|claimed|wrote|mentioned|spoke of|dated|placed) "
)
_FACT = re.compile(
    r"^ (?:in fact |actually |but |and |no )?(?:it|they|that|he|she|the (?:right|correct|true|real|actual|exact|proper) [a-z]+(?: [a-z]+)?) (?:is|are|was|were) (?!why |where |how )"
)


_TRUE = re.compile(
    r" (?:it|they|that|he|she) (?:is|are|was|were|should|has) | (?:correct|right|true|actual|proper|not|rather than) "
)


def states(sentence: Sentence) -> bool:
    """Say whether a sentence tells what the writer said, and not what is so."""
    return bool(_STATED.search(sentence.text)) and not _TRUE.search(sentence.text)


def puts_right(before: Sentence, sentence: Sentence) -> bool:
    """Say whether a sentence gives the fact for what the one before says was stated: "I said oak. It was ash"."""
    return bool(_STATED.search(before.text) and _FACT.search(sentence.text)) and not turns_away(sentence)


_PRESENTS = re.compile(
    r"^ (?:i|my name is [a-z]+(?: [a-z]+)?(?: ,| and)? i) (?:was (?:at|in|interviewed (?:at|for|in|by)|there for|the [a-z]+ (?:person|candidate|one|lady|man|guy)|one of the [a-z]+ (?:at|in))|attended|came (?:for|to|in for)|had|sat|interviewed (?:at|for|with)) "
    r"(?:(?:my|the|your|an|a) )?(?:[a-z]+ ){0,4}?(?:interview|interviews|interviewed|panel|assessment|trial|round|test)(?: [a-z0-9]+){0,8} $"
)


def presents(sentence: Sentence) -> bool:
    """Say whether a writer only says who she is: "I was at the warehouse interview on Friday"."""
    return bool(_PRESENTS.match(sentence.text)) and tells_nothing(sentence)


_OFFERS = re.compile(
    r"^ (?:and |but |also )?(?:my|the|our|a|an|there) .* if (?:you|it|that) (?:would|want|wish|need|care|is|are|helps)(?: |$)"
)


def offers(sentence: Sentence) -> bool:
    """Say whether a sentence leaves a thing to the reader: "My plans are on the desk if you want a look"."""
    return bool(_OFFERS.match(sentence.text)) and not blames(sentence)


_PROMISES = re.compile(
    r" (?:i (?:will|shall|am going to|can) (?:also |then |now |gladly |certainly |personally |just )?(?:bring|call (?:by|in|at)|carry|collect|come (?:by|in|with)|deliver|drop|email|forward|hand|leave|mail|pass by|post|produce|scan|send|submit|upload)"
    r"|(?:you asked (?:me )?for|you (?:wanted|requested|needed)) (?:[a-z]+ ){0,6}?(?:is|are|will be|goes|go) (?:attached|enclosed|on (?:its|their) way|in the post|below|with you|at your|ready)) "
)
_HANDS_OVER = re.compile(
    r" (?:here (?:is|are) (?:[a-z]+ )?(?:what|everything|all(?: that)?|the (?:things|papers|documents|details|references|contacts|numbers|files|links|bits|bobs))|the (?:things|papers|documents|details|references|contacts|files|links)) (?:that )?you (?:had )?(?:asked|wanted|requested|needed)(?: (?:me|for|from|of))* (?:,|$)"
)


def promises(sentence: Sentence) -> bool:
    """Say whether a sentence promises or hands over a thing: "I will drop a copy at the gate"; a fact that is put right is more."""
    return bool(_PROMISES.search(sentence.text) or _HANDS_OVER.search(sentence.text)) and tells_nothing(sentence)


_WENT_WELL = re.compile(
    r"^ (?:and |so |well |, )*(?:i (?:really |honestly |do )?(?:think|thought|believe|hope|felt|feel|guess|reckon|trust) (?:that )?)?(?:it|that|this|everything|things|all|the [a-z]+(?: [a-z]+)?|my [a-z]+|i) (?:all |really |seemed to )?(?:went|go|goes|did|was|came|felt|passed|ran|has gone|have gone) (?:off )?(?:very |really |quite |so |pretty |fairly |rather |all )?(?:well|good|ok|okay|fine|great|smoothly|alright|right|nicely|brilliantly|swimmingly) (?:for (?:me|us|both)|yesterday|today|on [a-z]+|last [a-z]+|i (?:think|thought|hope|feel|felt)|and [a-z ]+)?\s?$"
)
_GOOD_TO = re.compile(
    r"^ (?:and |so |very |really |also |it was )*(?:good|great|nice|lovely|fun|brilliant|wonderful|super|interesting) to (?:see|meet|hear|visit|stand|walk|taste|watch|learn|find|be|sit|talk|look|catch) "
)
_WOULD_MISS = re.compile(
    r" (?:should|would|will|shall|might|may|could) (?:[a-z]+ )?miss (?!(?:the|our|my|your|this) (?:[a-z]+ )?(?:appointment|call|deadline|interview|meeting|session|slot|start|trial) )"
)


def is_at_ease(sentence: Sentence) -> bool:
    """Say whether a sentence says that it went well, was good to see, or what one would miss from home: none is a slip."""
    text = sentence.text
    if _GOOD_TO.match(text):
        return tells_nothing(sentence)
    return bool(_WENT_WELL.match(text) or _WOULD_MISS.search(text)) and not blames(sentence)


def announces(sentence: Sentence) -> bool:
    """Say whether the sentence names a question of the interview that is now answered."""
    return bool(_ANNOUNCES.search(sentence.text)) and not promises(sentence)
