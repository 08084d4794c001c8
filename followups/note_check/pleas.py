"""Phrases that ask to be forgiven, overlooked, not judged, borne with."""

from followups.note_check.classes import CLASSES
from followups.note_check.phrases import Phrases

_OWN = "me|my|myself|our|us|the|this|that|any|these|all|if|how|it|typos|mistakes|errors|what|such|for|having|any"
_CLASSES = CLASSES | {
    "own": _OWN,
    "hoping": "hope|hoping|trust|pray|wish|ask|asking|request|requesting|beg|begging|urge|implore|plead|pleading|appeal|hopefully|want|would_like|rely|like",
    "polite": "please|kindly|do|pls|and|but|so|again|just|humbly|then|also|kindest|tafadhali|friends|ps|p|s",
    "mercy": "pardon|forgiveness|indulgence|understanding|mercy|leniency|clemency|patience|grace",
    "seek": "beg|seek|ask|crave|request|plead|implore|asking|begging|seeking|pleading|requesting|hope|hoping|appeal|count|rely|counting|relying|ask_you|need",
    "sin": "inconvenience|inconveniences|delay|confusion|mistake|error|trouble|noise|interruption|lateness|disturbance|mix|misunderstanding|tone|remark|joke|words|comment|outburst|behaviour|behavior|conduct|absence|impression|late|silence|manner|language|rudeness|attitude|way",
    "doing": "being|keeping|causing|saying|making|arriving|interrupting|leaving|calling|talking|speaking|having|losing|answering|writing|putting|wasting|disturbing|failing|forgetting|bothering|troubling|joining|turning|raising|using|laughing|snapping|swearing|cutting|overrunning",
}

PLEAS = Phrases(
    """
    ^ {polite}? {polite}? {polite}? forgive|pardon|excuse {own}
    ^ {polite}? {polite}? {polite}? overlook|look_past|look_beyond|see_past {own}
    ^ {polite}? {polite}? {polite}? bear with me|my|us|this|the
    please|kindly|tafadhali forgive|pardon|excuse|overlook {own}
    ^ please|kindly|pls do? forgive|pardon|excuse|overlook
    {hoping} ~2 you|panel|committee|they ~5 forgive|pardon|excuse|overlook me|my|the|this|that|any|our|it|these|if|how|what
    {hoping} ~2 you|panel|committee|they ~5 forgive|pardon|excuse|overlook $|a|an|such|his|one|some|of|her|for|and
    hope|hoping|trust|hopefully|pray ~9 be forgiven|excused|overlooked|pardoned
    i =3 apologetic about|for|that|over
    i =2 apologies for|that|about|to|if
    ^ ~3 regret|regretting the|any|my ~2 {sin}
    my ~2 regret|regrets|remorse for|at|over|about|that|regarding
    request|requesting|seek|beg|ask ~3 apology|apologies
    i =4 regretful|remorseful|contrite
    {hoping} ~2 you|panel|committee|they ~4 look|see past|beyond|over|through
    {hoping} ~2 you|panel|committee|they ~4 bear with me|my|this|us
    {hoping} ~2 you|panel|committee|they ~4 not judge|hold|blame|take|think|mark|penalize|penalise|be ~2 me|my|it|this|that|against|less|ill|badly|harshly|too|offended|off|unkindly
    {hoping} ~2 you|panel|committee|they ~4 make|show allowance|allowances|leniency|mercy
    {hoping} ~2 you|panel|committee|they ~4 be lenient|patient|merciful|gentle|forgiving|understanding|kind ~2 with|about|towards|of|on|enough
    {hoping} ~2 you|panel|committee|they ~4 disregard|ignore|forget my|that|how|what ~4 {mishap}|answer|nerves|nervousness|silly|stupid|blunder|performance|start
    {hoping} ~2 you|panel|committee|they ~3 not mind ~4 {mishap}|length|long|lengthy|late|delay|short|informal
    {hoping} ~2 you|panel|committee|they ~3 not let ~4 {mishap}|answer|nerves|performance|count|spoil|put|influence|affect|overshadow
    {hoping} ~2 you|panel|committee|they ~2 understand ~8 late|missed|delay|nervous|lateness|mistake|unwell|sick|error|failed|absent|absence
    {hoping} ~2 you ~3 give me the benefit
    ^ {polite}? {polite}? could|can|would|will|may you ~3 forgive|pardon|excuse|overlook|disregard {own}
    you ~3 find it in ~2 heart
    you will ~2 have to? forgive|pardon|excuse|bear me|my|with|the
    if you ~2 can|could|would|will ~3 forgive|pardon|excuse|overlook|bear {own}|with
    be ~2 able to forgive|pardon|excuse|overlook {own}
    {seek} ~4 forgiveness|indulgence|mercy|leniency|clemency
    beg|ask|seek|request|crave|asking|begging|seeking ~3 your|you|for|are ~3 understanding|patience
    count|rely|counting|relying on your understanding|patience|indulgence
    beg|ask|seek|crave|request|begging|seeking ~4 pardon
    i ~3 beg|begging|ask|asking|request|requesting|seek|seeking|crave|plead|pleading you? for|your|an|the|some|much? my|your|an|a|kind|some|much|great|big? excuse|excuses
    i ~3 beg|begging|ask|asking|request|requesting|plead|pleading you? excuse|excuses for|that|because
    i ~3 excuse me|myself for|that|because
    i ~3 excuse me|myself very|so much for|that|because
    please|kindly give|grant|accept ~1 excuse|excuses|pardon|forgiveness for|that|because|$
    hope ~2 to be forgiven|excused|pardoned
    {seek} ~2 to be forgiven|excused|pardoned
    may i|we be forgiven|excused|pardoned
    ^ {polite}? {polite}? do not judge|hold|blame|mind|penalize|penalise|mark ~1 me|my|it|this|that|the|against|what|how
    please|kindly ~1 do not judge|hold|blame|think|take|mark|mind|penalize|penalise|let ~4 me|my|it|this|against|less|ill|badly|offence|amiss|wrong|the|worse|personally|that
    please|kindly ~2 not judge|hold|penalize|blame ~4 me|my|against
    please|kindly do not be offended|angry|upset|annoyed|too|disappointed|cross|mad|put
    please|kindly take|mean no offence|offense
    please|kindly ignore|disregard|forget my ~2 {mishap}|answer|nerves|nervousness|silly|stupid|blunder|performance|performance
    please|kindly be lenient|patient|gentle|merciful|understanding|forgiving|kind with|about|towards|of|on|to ~1 me|my|the|this
    please|kindly be lenient|merciful|patient|understanding $
    please|kindly make allowance|allowances
    please|kindly give me the benefit
    please|kindly understand ~6 late|missed|delay|nervous|nerves|mistake|unwell|sick|error|failed|lateness
    please|kindly adjust with|to|my
    please|kindly go easy
    please|kindly have mercy|patience|pity
    please|kindly show ~1 mercy|leniency|understanding|patience
    no offence|offense|harm ~2 meant|intended|taken
    meant|mean|intended no offence|offense|harm|disrespect
    did not mean|intend ~4 offend|rude|disrespect|disrespectful|offence|insult|hurt
    i ~3 regret ~2 my|the|any|this|that {sin}
    i ~3 regret ~3 {doing}
    i ~3 regret that? i was|kept|made|said|called|left|arrived|interrupted|lost|raised|spoke|caused|came|failed|forgot|missed
    i ~3 regret what|how i
    i ~3 regret ~4 {sin} $
    ^ @ regret the|any ~2 {sin}
    is|are|was|were|be ~2 regretted
    my bad
    mea culpa
    mille|mil excuses|disculpas|perdones|excusas
    tut mir ~3 leid
    je m'excuse|mexcuse
    veuillez m'excuser
    lo siento
    mi dispiace
    chiedo scusa|venia
    het spijt me
    vraiment navre|navree
    je suis ~2 navre|navree
    a thousand pardons
    i ~3 plead guilty
    hope|hoping|hopefully|trust i ~4 forgiven|excused|pardoned
    hope|trust|hopefully|hoping ~3 will|does|can|may|would ~1 not ~2 held|hold|count|taken|reflect|used|weigh|be_held against ~1 me
    hope ~5 not ~2 held against me
    against me $
    eat humble pie
    make amends
    mercy of you|the ~4 over|for|about
    throw|threw|throwing myself on|upon your|the ~1 mercy
    {hoping}|please|kindly|could|can|may|might ~9 turn ~2 blind|deaf eye|ear
    {hoping}|please|kindly|may|might|can|let ~4 veil ~3 drawn
    draw|drawing a veil over my|the|that|it
    {hoping}|please|kindly|entreat|may|can|only ~9 put|wiped out of your|their mind|minds|heads
    {hoping}|entreat|may ~6 regard|view|look|treat|look_on ~3 leniency|lenience|leniently|indulgence|indulgently|mercy
    {hoping} ~4 find|found it in ~3 heart|hearts
    {hoping} ~3 ignore|disregard the ~2 {mishap}|yelling|shouting|screaming|dog|cat|kids|baby|rooster|mess
    {hoping} ~3 that? you not look|dwell at|on my|the
    bear with a|an|one ~4 who|whose|like
    no vex
    pasensya|pasensiya|jammer
    gabh ~1 leithsceal
    duizend excuses
    hundred|thousand|million|many sorries
    can|could you ~1 ever forgive
    owe ~3 sorry
    hope|trust ~3 no hard feelings
    hope ~3 was|were not offended|offensive|offend|upset
    ^ no hard feelings
    """.splitlines(),
    _CLASSES,
)
