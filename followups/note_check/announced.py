"""Answers that a writer announces: what follows "You asked how …" is an added answer, whatever its own words say."""

import re

from followups.note_check.text import Sentence

_ANNOUNCES = re.compile(
    "|".join(
        (
            r" you (?:also |then |had |have )?(?:asked|ask|wanted to know|were asking|wondered|raised) (?:me )?(?:how|what|why|whether|about|for|if|which|where|when|who) ",
            r" (?:on|about|to|for|as for|regarding|as to|more on|concerning) (?:your|the|that) (?:[a-z]+ ){0,3}question ",
            r" question (?:about|on|of|how|what|why|whether|was) ",
            r" i (?:have|had) (?:two|three|four|some|a few|several) (?:more |further |small |quick )?(?:additions|answers|points|things to add) ",
            r" i (?:would|d|want to|wish to|should) (?:like to )?add (?:a few|some|several|two|three|four|\\d) ",
            r" there (?:are|were) (?:some |a few |two |three |several )(?:points|things|facts) i ",
            r" (?:some|two|three|several) (?:answers|points) i (?:would|d|want|wish) ",
            r" (?:more|further|fuller) (?:on|about|thoughts on|detail on|details on) the ",
            r" i (?:thought|have thought|ve thought|was thinking) (?:further|more|again|some more|a bit more) (?:about|on|of) (?:your|the) ",
        )
    )
)


def announces(sentence: Sentence) -> bool:
    """Say whether the sentence names a question of the interview that is now answered."""
    return bool(_ANNOUNCES.search(sentence.text))
