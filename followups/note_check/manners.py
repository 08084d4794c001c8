"""Finds what puts a reader off: asking for the job, gifts, running somebody down. Warnings only."""

from followups.note_check.classes import CLASSES
from followups.note_check.phrases import Phrases

_CLASSES = CLASSES | {
    "awful": "terrible|toxic|incompetent|useless|horrible|awful|lazy|rude|stupid|unprofessional|boring|disorganised|disorganized|chaotic|clueless|idiot|idiots|nightmare|dishonest|corrupt|abusive"
    "|unfair|mean|unbearable|crooks|thieves|liars|liar|bully|bullies|ignorant|mess|joke|jerk|dreadful|dull|unqualified|weak|arrogant|greedy|cheap|slow_and|hopeless|pathetic",
    "work": "boss|manager|employer|company|colleagues|colleague|team|supervisor|job|firm|workplace|ceo|director|school|hospital|office|coworkers|head",
}

PRESSURE = Phrases(
    """
    hope|wish|pray|praying|hoping|want ~3 get|land|receive|win|be_given ~1 the|this|your|a ~1 job|post|position|role|offer
    give|grant|offer ~1 me ~1 the|this|a|that ~1 job|post|position|role|chance|opportunity
    please|kindly ~2 hire|employ|select|choose|pick|shortlist|consider me|my
    hire|choose|pick|select me
    in advance for ~2 offering|hiring|giving|choosing|selecting|job|offer|considering
    i ~2 need|deserve|want ~1 this|the ~1 job|post|position|role|work
    when can|do|will|should i start
    have|got|received|holding|hold ~2 another|other|competing ~2 offer|offers
    let me know|hear|reply|respond|answer|decide|confirm ~4 asap|urgently|immediately|soonest|by_tomorrow|by_friday|by_monday|by_end|without_delay
    you will not|never regret
    my family|children|parents|kids ~2 depend|depends|rely|relies|need
    i ~3 jobless|unemployed|desperate|out_of_work
    waiting|await|awaiting|expecting ~3 positive|favourable|favorable ~1 reply|response|answer|feedback|decision
    second|another|one_more|last chance ~2 to|please|$
    hope|hoping|ask|give|beg ~4 second|another|one_more|last chance
    consider ~1 rescheduling|reconsidering
    i ~1 beg you
    do the needful
    best|perfect|only|right candidate|person|man|woman for ~2 job|post|position|role
    """.splitlines(),
    _CLASSES,
)

GIFT = Phrases(
    """
    small|little|a|the|this|token ~1 gift|gifts|present|hamper|voucher
    token of ~2 appreciation|gratitude|thanks
    box|bottle|basket|bouquet|packet|tin|jar of ~1 chocolate|chocolates|wine|whisky|whiskey|flowers|fruit|champagne|tea|coffee|biscuits|honey|sweets|cakes|roses|gin
    buy|treat|take|invite|shout|stand you ~4 lunch|dinner|coffee|drink|drinks|beer|meal|nyama|supper
    lunch|dinner|coffee|drink|drinks is|are on me
    gift card|voucher|certificate
    sent|send|sending|brought|bring|bringing|enclosed|enclose|left|leave|leaving|dropped|attached ~3 chocolates|flowers|wine|gift|cake|hamper|airtime|money|cash|tickets
    kitu kidogo
    small something
    something small for you
    """.splitlines(),
    _CLASSES,
)

BAD_MOUTHING = Phrases(
    """
    my ~1 current|former|last|previous|old|present|ex {work} ~3 is|was|are|were @ {awful}
    my ~1 current|former|last|previous|old|present|ex {work} ~4 not|never ~2 respect|pay|listen|value|know|care|trust|manage|anything|clue
    my {work} ~2 is|was|are|were @ {awful}
    {awful} boss|manager|employer|workplace|colleagues|supervisor|coworkers|company
    other|rest|fellow|competing|rival|remaining candidates|applicants|interviewees ~3 {awful}|not|less|lack|worse|inferior
    hate|hated|despise|sick_of|fed_up_with|tired_of|loathe ~1 my ~2 {work}
    unlike|better_than ~1 other|the ~1 candidates|applicants|competitors
    you|interviewer|colleague|recruiter|receptionist|panel|he|she|they ~1 was|were|is|are @ rude|incompetent|unprofessional|boring|disorganised|disorganized|useless|stupid|lazy|arrogant
    cannot|can_not stand ~1 my ~1 {work}
    """.splitlines(),
    _CLASSES,
)
