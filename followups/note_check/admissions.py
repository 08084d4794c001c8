"""Plain admissions: the few ways of running oneself down that need no reading of what stands around them.

`reading.py` weighs all cues of a sentence, so many innocent ones can outvote a plain one. What is found here is never outvoted:
the subject is the writer, the verb says how it went or how one was seen, and nothing denies it, supposes it or puts it into another time.
"""

import re

from followups.note_check import lexicon
from followups.note_check.classes import word_set
from followups.note_check.features import is_of_old
from followups.note_check.tags import SMALL
from followups.note_check.text import Sentence

_DEGREE = r"(?:(?:a|an|the|so|very|really|rather|quite|pretty|bit|little|completely|totally|absolutely|just|only|such|most|deeply|truly|utterly|rather|somewhat|terribly|honestly|frankly|actually|now|still|too|like|as|more than|kind of|sort of) ){0,3}"
_KNOW = r"(?:must |may |might |probably |surely |clearly |have |will |certainly |definitely |obviously ){0,3}"
_BAD = (
    r"(?:abysmal|awful|clueless|clumsy|daft|dim|disjointed|dreadful|dull|dumb|embarrassed|embarrassing|flustered|foolish|forgettable|hopeless|idiotic|ignorant|"
    r"inarticulate|incoherent|incompetent|mortified|muddled|naive|out of my depth|pathetic|poor|rambling|rude|rubbish|scatterbrained|shambolic|silly|sloppy|stupid|tactless|"
    r"terrible|tongue tied|unprepared|unprofessional|useless|vague|wooden|woeful|amateur|bore|bundle of nerves|bag of nerves|disaster|disgrace|embarrassment|failure|"
    r"fool|fraud|idiot|mess|novice|nervous wreck|shambles|wreck|weak|average|mediocre|ordinary|out of place|out of my league)"
)
_SEEN = r"(?:sounded|sound|seemed|seem|looked|look|appeared|appear|came across|come across|came over|presented)"
_SHAME = (
    r"(?:ashamed|embarrassed|mortified|foolish|stupid|an idiot|a fool|like an idiot|like a fool|humiliated|sick about)"
)
_POORLY = r"(?:abysmally|appallingly|atrociously|awfully|badly|dreadfully|horribly|miserably|poorly|terribly|woefully)"
_DID = r"(?:did|do|doing|performed|perform|performing|answered|answer|answering|spoke|speak|speaking|presented|present|presenting|explained|explain|explaining|interviewed|interview|put it|came across|went|sang|played|taught|handled \w+|did on \w+|fared|coped)"

_WELL = rf"(?:(?:so|very|really|rather|quite|all|still|now|not) )?(?:{'|'.join(sorted(lexicon.GOOD))}|long|attached|there|noted|recorded|included|wanted|needed|late|due|here)"
_CALM = r"(?:better|more|as|clearer|quicker|faster|calmer|sharper|stronger|fuller|bolder|braver|firmer|cleverer|smarter|wiser|brighter|sounder|less|differently|properly|justice)"
_AGAIN = r"(?:rambled|waffled|froze|blanked|panicked|stammered|stuttered|mumbled|babbled|dithered|floundered|gabbled|flopped|bombed|choked|blathered|burbled|spluttered|flailed|crumbled|flunked|faltered|bumbled|bungled it|blew it|fluffed it|messed up|tensed up|clammed up|dried up|seized up|went blank|went to pieces|fell apart)"
_MINE = "|".join(sorted(lexicon.PERFORMANCE | lexicon.FACULTY | lexicon.ABILITY))

_ADMITS = re.compile(
    "|".join(
        (
            rf" i {_KNOW}{_SEEN} {_DEGREE}{_BAD} ",
            rf" i (?:am|m|was|felt|feel|have been|was feeling|am feeling|was left|went home) {_DEGREE}{_SHAME} (?!by your|by the|for|to hear|to learn|that you|by how kind|if)",
            rf" i was {_DEGREE}(?:bundle of nerves|bag of nerves|nervous wreck|out of my depth|shambles|disaster|mess|rubbish|hopeless|useless|pathetic|dreadful|abysmal|brutal|terrible|awful)(?! (?:at|loser|with) ) ",
            rf" i (?:was|felt) {_DEGREE}{_BAD} (?:that day|that morning|that afternoon|on the day|on the phone|on camera|in there|in the (?:interview|room|test|trial|exercise|second half|first half|end)|yesterday|today|throughout|all through|from start to finish) ",
            rf" (?:i|of me|for|me) {_KNOW}{_DID} (?:(?:so|very|really|rather|quite|pretty|too) ){{0,2}}{_POORLY} (?!of |about |need|want)",
            r" (?:did|done|do|doing) (?:my ?self|meself) (?:no|few|little|any) (?:favours|favors|justice|credit) ",
            r" i let (?:my ?self|you|the panel|everyone|everybody|the side) down (?!on|from|to|into|by|the|with a|onto)",
            r" (?:not|n't|never) (?:do|did|done|doing) (?:my ?self|meself) (?:any )?(?:justice|favours|favors|credit) ",
            rf" i {_KNOW}(?:disappointed|bored|confused|exasperated|wasted|annoyed|frustrated|let down) (?:you|the panel|everybody|everyone|your time|them) ",
            r" i (?:\w+ )?(?:do|did) not (?:really |quite )?deserve (?:this|the|such a|your|to be) (?!thanks|praise|kindness|welcome)",
            rf" i (?:am|m) only {_DEGREE}(?:average|mediocre|ordinary|poor|weak) ",
            r" my (?!end |connection |signal |line |phone |wifi |internet |battery |laptop )[a-z]+ (?:is|are|was|were) (?:\w+ ){0,1}(?:weaker|poorer|worse|below (?:par|standard|what|the)|not up to|not good enough|rusty|weak|poor|lacking) ",
            r" (?:show|showed|shown|see|saw|seen|give|gave|given|at|was|display) (?:you |them )?(?:not )?my (?:worst|weakest) ",
            r" (?:not|n't|never) (?:think i )?(?:show|showed|shown|see|saw|seen|give|gave|given|at|present|presented) (?:you |them )?my (?:best|strongest|finest|true)",
            rf" i (?:\w+ )?wish i (?:had|would|could have|would have) (?:been|had|done|answered|given|spoken|performed|explained|presented|prepared|played|sung|shown|put|handled|expressed) (?:\w+ ){{0,4}}{_CALM} (?!of |time )",
            rf"^ (?:and |but |so |well )?(?:then )?i (?:then |just |totally |completely |really |simply |honestly ){{0,2}}{_AGAIN} (?:a lot |badly |completely |on |away |a bit |rather |throughout |again )?$",
            rf" (?:sorry|apologize|apologies|apology|pardon|forgive|excuse|ashamed) (?:\w+ ){{0,2}}(?:my|me) (?:\w+ ){{0,1}}(?:bad|brutal|feeble|rambling|shaky|clumsy|muddled|sloppy|stumbling|wobbly|hesitant|{_BAD[3:]} (?!connection|line|signal|internet|network|phone|camera|audio|sound|timing|weather|handwriting|cold|cough|throat|voice|back|knee|and )",
            r" (?:show|see|hear|shown|prove|demonstrate) (?:you |them )?what i (?:can|am) (?:really |truly |actually |properly )(?:do|capable) ",
            r" (?:not|hardly|never|far from|nowhere near) (?:really |quite |exactly )?(?:the|an?) (?:first |last |sort of |kind of )?(?:impression|start|picture|image|standard|introduction|way|note|performance|version|account|side|face|self|candidate|person) (?:of (?:me|myself) )?(?:that |which )?i (?:[a-z]+ )?(?:wanted|want|hoped|hope|meant|intended|wish|wished|like|aim|aimed|expect|expected|planned) ",
            r" (?:that|which|it|this) (?:was|is) (?:(?!not |never )[a-z]+ ){0,2}(?:careless|unprofessional|foolish|silly|stupid|thoughtless|rude|inexcusable|sloppy|unacceptable|unforgivable|clumsy|inconsiderate|disrespectful|irresponsible) (?:and [a-z]+ )?(?:of me|on my part|from me) ",
            rf" my (?:[a-z]+ )?(?:{_MINE}) (?:is|are|was|were|must have been) (?:so |very |really |rather |quite |pretty |just |simply |too |rather ){{0,2}}(?:awful|bad|brutal|confused|dreadful|hopeless|rubbish|shocking|terrible|wooden) ",
            rf" my (?:{_BAD[3:-1]}) (?:and |but |, ){{1,2}}(?:{_BAD[3:-1]}|confused|confusing|long|hurried) (?:{_MINE}) ",
            r" (?:makes|made|make|making|must make|must have made) me (?:look|seem|sound|appear|come across|look like|seem like) (?!good|great|forward|at|for|into|back|through|over|round|up)",
            r" i (?:am|m|was|felt|feel|would be) (?:nowhere|nothing|a nobody|no match|not a patch) ",
            r" (?:so|far|way|miles|much|well|light years|leagues|streets|long) (?:ahead of|above|beyond|better than) (?:me|my level|my league|my reach|anything i|what i) ",
            r" i (?:would |will |might |may |could |should |shall |am |m |was )?(?:be )?(?:the one )?(?:hold|holding|held|drag|dragging|dragged|slow|slowing|slowed) (?:you|the others|the rest|others|everyone|everybody|the team|the class|them|people) (?:back|down) ",
            r" (?:gave|given|giving|offered|left|leaving) (?:you|them|the panel) (?:with )?(?:(?:so|precious|very|too|rather|all too) )?(?:little|nothing|not much) (?:to (?:work with|go on|judge|write down)|of (?:substance|use|value)) ",
            r" (?:was|were) (?:\w+ ){0,2}[a-z]+ and i know (?:it|that|this) ",
            r" i (?:am|m) (?:\w+ ){0,1}(?:no good|not (?:very |much |so |any |really |that )?good|hopeless|terrible|rubbish|useless|bad) (?:at|with|in) (?!the moment|least|present|all)",
            r" (?:was|is|were) not (?:very |really |at all |so |particularly |exactly |the most )?(?:professional|good|kind|right|proper|polite|clever|smart|wise|mature|tactful|fair|responsible|sensible) (?:thing )?(?:of me|on my part|from me) ",
            r" (?:performed|did|was|were|answered|worked|fell|came|scored|played|spoke) (?:(?:well|far|much|quite|somewhat|clearly|a bit|a little) )?(?:below|under|beneath|short of) (?:my (?:usual|best|normal|own|true|real|level|standard|standards)|par|expectations?|standard|what i can) ",
            rf" i (?:gave|made|offered|wrote|drew|presented|produced|delivered|played|sang|taught) (?:you |them )?(?:a|an|such a|only a|some|quite a|rather a) (?:very |rather |really |so |quite )?{_BAD} (?:(?:and|,) [a-z]+ )?(?:{_MINE}|estimate|estimates|guess|guesses|figure|plan|model|proposal|list) ",
            rf" my (?:[a-z]+ )?(?:{_MINE}|level|cv|years) (?:is|are|was|were) (?:still |just |perhaps |probably |maybe |rather )?(?:too|so very|far too|much too) (?:little|low|short|small|thin|basic|limited|few|slow|simple) ",
            r" (?:can|could|did|may|might|do|will|would) not (?:really |quite )?(?:have )?(?:made|make|left|leave|given|give|create|created) (?:you )?(?:a |the |an |my )?(?:very |particularly |really |so |such a |most )?(?:good|great|best|better|strong|strongest|favourable|favorable|right|nice) (?:first )?(?:impression|account of) ",
            r" i was (?:\w+ ){0,2}(?:rubbish|hopeless|useless|terrible|awful|bad|poor|dreadful|shocking|pathetic|weak|slow|clumsy|lost) (?:at|in|on|with|during) (?:the|that|your|this|my) (?:[a-z]+ ){0,3}?(?:test|task|question|questions|exercise|interview|round|part|case|trial|demonstration|demo|presentation|quiz|problem|drill|roleplay|role play) ",
            r"^ (?:the|my|that) (?:[a-z]+ )?[a-z]+ (?:was|were) (?:simply |just |frankly )?(?:a |an )?(?:complete |total |absolute |utter |real )?(?:disgrace|shambles|embarrassment) ",
            r" deserved (?:better|more|a better [a-z]+) than (?:what |the [a-z]+ |anything )?i (?:gave|managed|offered|had|played|showed|brought|delivered|could) ",
            r" (?:fell|went|came) (?:apart|to pieces|to bits) on me ",
            r" i (?:was|felt|am|became) (?:\w+ ){0,3}(?:bundle|bag|ball) of nerves ",
            rf" (?:it|that|this|which) (?:was|is|felt) {_DEGREE}(?:embarrassing|mortifying|humiliating|excruciating) (?:to (?!see|hear|read|learn|watch)|for me |how i |when i |that i )",
            rf" i felt {_DEGREE}(?:small|tiny|(?:an|two|three) inch(?:es)? (?:tall|high)) (?!beside|under|in|among|next|below|before|at|between|against)",
            rf"^ (?:and |but )?i (?:know|am aware|realize|fear|admit|confess|am afraid) (?:that )?my (?:[a-z]+ )?(?:{_MINE}) (?:was|were|is|are) (?!{_WELL} )(?:[a-z]+ ){{1,2}}$",
            rf" i was {_DEGREE}(?:awful|bad|dreadful|hopeless|no good|pathetic|poor|rubbish|terrible|useless) at [a-z]+ing (?:my|myself|the|that|this|what|why|how) ",
            r" i (?:then |just |totally |completely |really |rather |clearly ){0,2}(?:waffled|dithered|floundered|babbled|flubbed|fluffed|bungled|botched|flunked|tensed up|clammed up|dried up|went blank) (?:on|over|at|when|in|about|through|during|the|your|my) ",
            r" i (?:[a-z]+ )?(?:talked|spoke|went on|chatted|joked) (?:way |far |much |a bit |a little |rather |for )?too (?:much|long|fast|loud|loudly|quietly|quickly|softly|little) ",
            r" my (?:very |rather |so )?(?:broken|limited|rusty|halting) (?:english|french|german|kiswahili|swahili|hindi|spanish|arabic|grammar) ",
            r" i (?:am|was|have|had) (?:[a-z]+ ){0,2}(?:all (?:fingers and )?thumbs|two left (?:hands|feet)) ",
            r" (?:everyone|everybody|the others|the rest|all of them|each of them)(?: (?!who )[a-z]+){0,5}? (?:looked|seemed|sounded|was|were|is|are)(?: [a-z]+){0,3}? (?:more|better|[a-z]+er)(?: [a-z]+){0,2}? than (?:i|me) ",
            r" you (?:must|may|might|will|probably) (?:well )?(?:have )?(?:think|thought|wonder|wondered|be thinking|be wondering) (?:that )?(?:how |whether |if |why )?i (?:ever|was (?:a|an|not)|am (?:a|an|not)) ",
            rf" i {_KNOW}(?:was|am|be|been) (?:probably |easily |surely |by far |perhaps |certainly )?(?:the|your) (?:very )?(?:weakest|worst|poorest|slowest|dullest|clumsiest|shakiest|sloppiest|rustiest|dimmest|greenest|least (?!likely)[a-z]+) ",
            r" my (?:[a-z]+ )?(?:tongue|mind|brain|brains|hands?|fingers|knees|legs|mouth|nerves?|head|wits|courage|confidence) (?:[a-z]+ ){0,2}?(?:betray(?:s|ed)|fail(?:s|ed)|desert(?:s|ed)|abandon(?:s|ed)|forsook|forsakes|lets? me down|turn(?:s|ed) (?:in)?to (?:ice|jelly|lead|mush|porridge|soup|stone|straw|water|wood)) ",
            rf" (?:my [a-z]+|i|{_MINE}) (?:[a-z]+ ){{0,6}}?(?:am|came|fall|falls|far|fell|is|was|way|were|well) (?:below|beneath|short of|under) (?:what|the (?:standard|level)(?: that)?) (?:you|your) ",
            r" (?:saw|met|caught|had|found) (?:only )?me (?:in (?:bits|pieces|tears|a state|such a state)|at my (?:worst|lowest|weakest)|on (?:a|an|such a) (?:very |really )?(?:bad|off|poor|weak) day|not at my best) ",
            rf" my (?:[a-z]+ )?(?:{_MINE}|english|brain|mind|head) (?:became|was|went|turned|fell to|dropped to|came to|is) (?:almost |just |simply |totally |completely )?(?:zero|nil|nought|nothing|nowhere|gone) ",
            r" (?:could have kicked|kicking|kick) my ?self | (?:own|only have|have only) my ?self to blame ",
            r" i (?:am|m|was|feel|felt|am afraid i am) (?:[a-z]+ ){0,1}?not (?:really |quite |yet |very |at all |half |nearly |anywhere near |simply |just ){0,2}(?:bright|brave|clever|competent|confident|experienced|fast|fit|fluent|good|intelligent|knowledgeable|qualified|quick|sharp|skilful|skilled|smart|steady|strong|talented|trained|tough|up to it) enough (?:in|at|with|on|under|before|for) (?!me |now |today )",
            r" i (?:am|m|was|feel|felt|get|got|become|became) (?:[a-z]+ ){0,1}?(?:too|much too|far too|way too|always too|still too|so very|just too) (?:clumsy|dull|dumb|foolish|forgetful|ignorant|inexperienced|lazy|nervous|poor|shaky|shy|slow|soft|stupid|timid|unskilled|unsteady|untrained|weak|green|raw) (?:in|at|under|with|for|on|before|when) (?!fever|flu|pain|hunger|cold|the cold|bed|hospital|grief|joy|me )",
            r" i (?:have|had) (?:[a-z]+ )?(?:little|no|not (?:much|enough|any)|so little|too little|hardly any) (?:of an? |of a )?(?:aptitude|brain|brains|ear|eye|feel|flair|gift|head|knack|mind|skill|talent|wits) (?:for|in|with) ",
            r" i (?:am|m|was) (?:[a-z]+ )?(?:less than (?:what )?you|not (?:yet |really |quite |even )?(?:at|on|up to|of) (?:the|your) (?:[a-z]+ )?(?:level|standard|class|calibre|quality)) ",
            r" i (?:made|make|have made) (?:a )?(?:complete |total |right |proper |real |such )?(?:a )?(?:fool|idiot|mess|hash|hames|pig s ear|spectacle|dog s dinner) of (?!the first|it and)",
        )
    )
)
# Asked for politely, in an "if" or a "would", it is asked for all the same.
_PLEAS = re.compile(
    "|".join(
        (
            r" (?:give|given|grant|granted|allow|allowed|have|get|love|like|want|hope for|ask for|beg for|deserve|offer) (?:\w+ ){0,3}(?:another|a second|one more) (?:chance|shot|go|try|crack|attempt|opportunity to show) (?!to (?:see|hear|visit|meet|talk|come))",
            r" (?:another|a second|one more|a further|a fresh) (?:opportunity|chance) to (?:show|be interviewed|interview|prove|explain|try|sit|take|demonstrate|answer|present|redo|be seen|be tested) ",
            r" (?:let me|allow me to|permit me to|(?:could|can|may|might) i|if i (?:could|may|might)|chance (?:to|for me to|i could)|me to) (?:[a-z]+ )?(?:redo|re do|retake|re take|resit|re sit|repeat|rerun) (?:the|my|that|this|your) (?:[a-z]+ ){0,2}?(?:test|practical|exam|exercise|task|interview|audition|demo|demonstration|trial|presentation|question|round|part|bit|drill|lesson|section|drive|paper|piece|talk|assessment|simulation|case|pitch) ",
            r" (?:consider|hope|kindly|please|allow|let|possible) (?:\w+ ){0,4}(?:reschedule|rescheduling) (?:me|my|the interview|our interview) ",
        )
    )
)
_SUPPOSED = re.compile(
    r" (?:unless|would be|would have been|should you|might be|when i was|used to|as a (?:child|teenager|boy|girl|student|trainee|junior|beginner|young [a-z]+)|at school|never|until|in those days|at that age|in my first|for (?:letting|giving)) "
)
_IDIOM = re.compile(
    r" (?:failing (?:that|this|which|all else)|(?:got|get|gets|getting) (?:a |such a |a real |a great )kick out of|(?:i (?:wish|want|would like) to|(?:may|can|could|might) i|let me|allow me to|permit me to) (?:add|complete|finish|correct|expand|return|round|give (?:you )?(?:a )?(?:fuller|full|complete|further|longer) (?:answer|answers|account|list|reply))) "
)
_WONT = re.compile(r" (?:am|is|are) used to ")
_NEXT = re.compile(r"^ (?:and |but |so )?then ")
_ASKED = re.compile(r" if | (?:question|remark|point|concern|worry|doubt)s? (?:[a-z]+ ){0,3}?(?:whether|that|about) ")
"""Supposed, or in somebody else's mouth: "Your question whether my sample is weak"."""
_ME = word_set("i me my mine myself we us our")


def admits(sentence: Sentence) -> bool:
    """Say whether the sentence runs the writer down in plain words."""
    text = sentence.text
    if _PLEAS.search(text):
        return True
    found = _ADMITS.search(text)
    if not found:
        return False
    if _ASKED.search(text[: found.start() + 1]):
        return False
    clause = text[: found.end() - 1] + text[found.end() - 1 :].partition(" , ")[0] + " "
    clause = _WONT.sub(" ", _NEXT.sub(" ", clause))
    return not _SUPPOSED.search(clause) and not is_of_old(clause.split())


_ASKS_ITSELF = re.compile(
    r"^ (?:and |but |i mean |really |honestly |, )*(?:what (?:sort|kind) of (?:an? )?(?:[a-z]+ ){1,3}?(?:(?:do|does|did|can|could|would) not|forgets|loses|misses|drops|mixes|needs|gets|goes|says|calls|confuses) "
    r"|who (?:on earth )?(?:forgets|mixes|confuses|does (?:that|such)|says (?:that|such)|gets (?:that|this|it|such))|how (?:on earth )?(?:could|can|did) (?:i|one|anyone|anybody) |what was i (?:thinking|doing)|why (?:on earth )?(?:did|could|would) i )"
)
_BARE = (
    SMALL
    | lexicon.BAD
    | lexicon.BAD_NOUN
    | lexicon.PERFORMANCE
    | word_set(
        "stuff effort job error mistake slip thing move display proper total complete absolute utter level lad mate eh"
    )
) - word_set(
    "you your he she they his her their we am is are was were be been has have had do does did will would can could"
)
LONGEST_BARE = 7


_IS_SHAME = re.compile(
    rf"(?:^| ,| [a-z]+) (?:and |but |so |honestly )?(?:that|it|this) (?:is|was|feels|felt) {_DEGREE}(?:embarrassing|excruciating|humiliating|inexcusable|laughable|mortifying|pathetic|pitiful|shameful|unforgivable|unprofessional)(?: really| i know| indeed| honestly)? $"
)
"""After a mistake: "For a proofreader, that is mortifying"."""


def blames_itself(sentence: Sentence) -> bool:
    """Say whether a sentence that follows a mistake asks how one could, calls it a shame, or is a bare word of blame: "Pathetic, really"."""
    words = sentence.words
    is_bare = (
        len(words) <= LONGEST_BARE
        and _BARE.issuperset(words)
        and not (lexicon.BAD | lexicon.BAD_NOUN).isdisjoint(words)
    )
    return is_bare or bool(_ASKS_ITSELF.match(sentence.text) or _IS_SHAME.search(sentence.text))


_SPARES = re.compile(
    r"^ (?:but |so |and |oh )?(?:please |kindly )?(?:do not|never|no need to|there is no need to|you need not) (?:even |ever )?(?:hurry|rush|trouble (?!yourself with someone)|bother|wait|reply|answer|write|come|call|go to|feel (?:pressed|obliged|rushed|hurried|you have)|stop|change|cut|put yourself) "
)
"""What the reader is spared: "Do not hurry on my account"."""
_IS_BLANK = re.compile(
    rf"^ (?:and |but )?(?:the|my|that|this|both|one|half) (?!(?:[a-z]+ )?(?:{_MINE}|face) (?:was|were|is|are|came|turned) |(?:[a-z]+ )?(?:brain|face|head|memory|mind|performance|voice) )(?:[a-z0-9]+ ){{1,7}}?(?:was|were|is|are|came up|came out|turned out|arrived|printed) (?:[a-z]+ly |all |quite |half |still |just )?(?:blank|black|broken|corrupt|corrupted|cut off|damaged|dead|empty|flat|frozen|illegible|incomplete|locked|missing|silent|unreadable|unsigned|upside down|wrong|not (?:attached|charged|closed|fastened|in|loaded|locked|on|plugged in|saved|screwed on|shut|signed|there|tied|working)(?: (?:fully|properly|quite|right|tight|tightly|well))?)(?: (?:on|in|at|when|by|for|from) (?!my )(?:[a-z]+ ){{1,4}})?(?: |$)$"
)
"""What was wrong with a thing: its being blank blames nobody."""


def is_about_another(sentence: Sentence) -> bool:
    """Say whether blame in a sentence falls on somebody else, or is none: "He was hopeless", "Failing that, …", "I want to add …"."""
    return bool(_IDIOM.search(sentence.text) or _SPARES.match(sentence.text) or _IS_BLANK.match(sentence.text)) or (
        sentence.words[:1] in (["she"], ["he"], ["they"]) and _ME.isdisjoint(sentence.words)
    )
