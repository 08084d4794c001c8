"""Phrases that open a correction or an added answer."""

from followups.note_check.classes import CLASSES
from followups.note_check.phrases import Phrases

OPENER = Phrases(
    """
    ^ ~1 to ~1 answer|complete|finish|clarify|expand|correct|elaborate|supplement|return|add|conclude|clear|respond|reply|follow ~2 the|your|my|that|to|on|up|one|properly|question|a|what|something|this|more
    ^ ~1 coming|going|returning|getting|circling|turning back|to ~1 to|your|the|my ~8
    ^ to come|go|return|get ~1 to|back ~2 your|the|my|that ~3 question|answer|point|topic|matter|example
    ^ ~1 back to the|your|my
    ^ ~1 on|regarding|concerning|about|re|as_for|as_to|with_regard_to|with_respect_to|in_answer_to|in_response_to|in_reply_to|further_to|with_reference_to ~5 question|questions|answer|point|figure|figures|date|dates|example|case|number|query|puzzle|problem|topic|task ~10 , ~3
    ^ ~1 in|further answer|response|reply|addition to ~3 question|answer|point|query
    ^ ~1 on|regarding|concerning|about|re|as_for|as_to ~2 question|answer|query
    i ~2 forgot|omitted|neglected|failed|missed ~1 to|a|mentioning ~1 mention|say|add|tell|bring|raise|name|include|note|point|chance|explain|share|state
    i @ forgot ~1 one
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
    CLASSES,
)
